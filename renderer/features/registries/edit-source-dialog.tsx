import { useState } from 'react';
import type { Source } from '../../../shared/model/source.ts';
import { useCommand } from '../../client/use-call.ts';
import { useText } from '../../locales/use-text.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorCard } from '../../ui/states.tsx';
import { SourceForm, sourceColours, type SourceDraft } from './source-form.tsx';

interface SourceDialogProps {
  readonly source: Source;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** Changes how a source is shown or spoken to. */
export function EditSourceDialog(props: SourceDialogProps) {
  return props.isOpen ? <Body {...props} /> : null;
}

function Body({ source, isOpen, onClose }: SourceDialogProps) {
  const t = useText();
  const [draft, setDraft] = useState<SourceDraft>({
    alias: source.alias ?? '',
    colour: source.colour ?? sourceColours[0],
    plainHttp: source.plainHttp,
    customCaPem: '',
    proxy: source.proxy ?? '',
  });
  const update = useCommand('registries.updateSource');
  const save = () => {
    const { alias, colour, plainHttp, customCaPem, proxy } = draft;
    const transport = { plainHttp, proxy: proxy || null, ...(customCaPem && { customCaPem }) };
    update.mutate(
      { id: source.id, alias, colour, ...(source.kind === 'registry' ? transport : {}) },
      { onSuccess: onClose },
    );
  };
  const footer = (
    <>
      <Button onPress={onClose}>{t('ui.cancel')}</Button>
      <Button variant="primary" isDisabled={update.isPending} onPress={save}>
        {t('registries.save')}
      </Button>
    </>
  );
  return (
    <Dialog title={t('registries.editTitle', { name: source.name })} isOpen={isOpen} onClose={onClose} footer={footer}>
      {update.error && <ErrorCard error={update.error} />}
      <SourceForm
        isRegistry={source.kind === 'registry'}
        draft={draft}
        onChange={setDraft}
        hasCustomCa={source.hasCustomCa}
        onForgetCa={() => update.mutate({ id: source.id, customCaPem: null }, { onSuccess: onClose })}
      />
    </Dialog>
  );
}
