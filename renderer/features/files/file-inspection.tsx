import { useState } from 'react';
import { useText } from '../../locales/use-text.tsx';
import { Button } from '../../ui/button.tsx';
import { Segments } from '../../ui/choices.tsx';
import { CommandLine } from '../../ui/copy.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { downloadText } from '../../ui/download.ts';
import { CodeBlock } from '../../ui/page.tsx';
import { ErrorCard } from '../../ui/states.tsx';
import styles from './files.module.css';
import type { Inspected } from './pairing.ts';

type Output = 'json' | 'tree';
const endings = { json: 'json', tree: 'txt' } as const;
const types = { json: 'application/json', tree: 'text/plain' } as const;

/** Leads to what `notation blob inspect` prints of a signature file, to be copied or saved. */
export function FileInspection({ inspected }: { readonly inspected: Inspected }) {
  const t = useText();
  const [isOpen, setOpen] = useState(false);
  const [output, setOutput] = useState<Output>('json');
  const { name, command, inspection } = inspected;
  const close = () => setOpen(false);
  const text = 'error' in inspection ? undefined : inspection[output];
  const save = () => text !== undefined && downloadText(`${name}.${endings[output]}`, text, types[output]);
  const footer = (
    <>
      <Button onPress={close}>{t('ui.close')}</Button>
      <Button variant="primary" isDisabled={text === undefined} onPress={save}>
        {t('artifacts.inspectSave')}
      </Button>
    </>
  );
  return (
    <>
      <Button onPress={() => setOpen(true)}>{t('artifacts.inspect')}</Button>
      <Dialog wide title={t('artifacts.inspectOneTitle')} isOpen={isOpen} onClose={close} footer={footer}>
        <div className={styles.form}>
          <p className="sub">{t('artifacts.inspectText')}</p>
          <div>
            <Segments
              label={t('artifacts.inspectOutput')}
              value={output}
              onChange={setOutput}
              choices={[
                { id: 'json', label: 'JSON' },
                { id: 'tree', label: t('artifacts.inspectTree') },
              ]}
            />
          </div>
          {'error' in inspection ? (
            <ErrorCard error={inspection.error} />
          ) : (
            <CodeBlock text={inspection[output].trimEnd()} label={t('artifacts.inspectCopy')} />
          )}
          <CommandLine command={output === 'json' ? command.replace(' inspect ', ' inspect -o json ') : command} />
        </div>
      </Dialog>
    </>
  );
}
