import { useState } from 'react';
import type { Digest } from '../../../shared/model/digest.ts';
import { useCall } from '../../client/use-call.ts';
import { useSettings } from '../../client/use-settings.ts';
import { useText } from '../../locales/use-text.tsx';
import { Button } from '../../ui/button.tsx';
import { Segments } from '../../ui/choices.tsx';
import { CommandLine } from '../../ui/copy.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { downloadText } from '../../ui/download.ts';
import { Loaded } from '../../ui/loaded.tsx';
import { CodeBlock } from '../../ui/page.tsx';
import { Callout, ErrorCard } from '../../ui/states.tsx';
import styles from './artifact-page.module.css';

/** Which signatures are told of. */
export interface InspectionTarget {
  readonly sourceId: string;
  readonly repository: string;
  /** Of the artifact that was signed. */
  readonly digest: Digest;
  /** Only this one. */
  readonly signature?: Digest;
}

type Output = 'json' | 'tree';
const files: Readonly<Record<Output, { file: string; type: string }>> = {
  json: { file: 'inspect.json', type: 'application/json' },
  tree: { file: 'inspect.txt', type: 'text/plain' },
};

/** What `notation inspect` prints, to be copied or saved. */
export function InspectionDialog({
  target,
  isOpen,
  onClose,
}: {
  readonly target: InspectionTarget;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}) {
  const t = useText();
  const [output, setOutput] = useState<Output>('json');
  const { maxSignatures } = useSettings();
  const report = useCall('artifacts.inspectSignatures', { ...target, output, maxSignatures }, { enabled: isOpen });
  const { file, type } = files[output];
  const save = () => report.data && downloadText(file, report.data.text, type);
  return (
    <Dialog
      wide
      title={t(target.signature === undefined ? 'artifacts.inspectTitle' : 'artifacts.inspectOneTitle')}
      isOpen={isOpen}
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t('ui.close')}</Button>
          <Button variant="primary" isDisabled={!report.data} onPress={save}>
            {t('artifacts.inspectSave')}
          </Button>
        </>
      }
    >
      <div className={styles.inspection}>
        <p className="sub">{t('artifacts.inspectText')}</p>
        <Segments
          label={t('artifacts.inspectOutput')}
          value={output}
          onChange={setOutput}
          choices={[
            { id: 'json', label: 'JSON' },
            { id: 'tree', label: t('artifacts.inspectTree') },
          ]}
        />
        <Loaded query={report} rows={6}>
          {({ text, skipped, exceeded, command }) => (
            <>
              {exceeded && <Callout tone="warn">{t('artifacts.inspectExceeded', { count: maxSignatures })}</Callout>}
              {skipped.map(({ manifestDigest, error }) => (
                <ErrorCard key={manifestDigest} error={error} />
              ))}
              <CodeBlock text={text.trimEnd()} label={t('artifacts.inspectCopy')} />
              {command && <CommandLine command={command} />}
            </>
          )}
        </Loaded>
      </div>
    </Dialog>
  );
}
