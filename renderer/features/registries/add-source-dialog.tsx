import { useState } from 'react';
import { useCall, useCommand } from '../../client/use-call.ts';
import { useText } from '../../locales/use-text.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/fields.tsx';
import { ErrorCard } from '../../ui/states.tsx';
import { LayoutChoice } from './layout-choice.tsx';
import { SourceForm, sourceColours, type SourceDraft } from './source-form.tsx';

interface AddSourceDialogProps {
  readonly isOpen: boolean;
  /** Host to start with, from a pasted reference. */
  readonly host: string | undefined;
  readonly onClose: () => void;
  readonly onAdded: (sourceId: string) => void;
}

/** Adds a registry, or asks for a layout in a folder or an archive. Nothing is sent to the registry by that. */
export function AddSourceDialog(props: AddSourceDialogProps) {
  return props.isOpen ? <Body key={props.host} {...props} /> : null;
}

function Body({ isOpen, host: proposed = '', onClose, onAdded }: AddSourceDialogProps) {
  const t = useText();
  const count = useCall('registries.listSources', {}).data?.sources.length ?? 0;
  const [host, setHost] = useState(proposed);
  const [draft, setDraft] = useState<SourceDraft>({
    alias: '',
    colour: sourceColours[(count + sourceColours.length - 1) % sourceColours.length] ?? sourceColours[0],
    plainHttp: 'auto',
    customCaPem: '',
    proxy: '',
  });
  const add = useCommand('registries.addRegistry');
  const submit = () => {
    const { alias, customCaPem, proxy, ...rest } = draft;
    const optional = { ...(alias && { alias }), ...(customCaPem && { customCaPem }), ...(proxy && { proxy }) };
    add.mutate({ host: host.trim(), ...rest, ...optional }, { onSuccess: ({ id }) => onAdded(id) });
  };
  const footer = (
    <>
      <Button onPress={onClose}>{t('ui.cancel')}</Button>
      <Button variant="primary" isDisabled={host.trim() === '' || add.isPending} onPress={submit}>
        {t('registries.add')}
      </Button>
    </>
  );
  return (
    <Dialog title={t('registries.addTitle')} isOpen={isOpen} onClose={onClose} footer={footer}>
      {add.error && <ErrorCard error={add.error} />}
      <TextField
        autoFocus
        mono
        label={t('registries.addHost')}
        hint={t('registries.addHostHint')}
        placeholder="localhost:5000"
        value={host}
        onChange={setHost}
        maxLength={300}
        onEnter={() => {
          if (host.trim() !== '') submit();
        }}
      />
      <SourceForm isRegistry draft={draft} onChange={setDraft} />
      <LayoutChoice onAdded={onAdded} />
    </Dialog>
  );
}
