import { FolderOpen } from 'lucide-react';
import { useState } from 'react';
import { useCall, useCommand } from '../../client/use-call.ts';
import { useText } from '../../locales/use-text.tsx';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/choices.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/fields.tsx';
import { FileInput, type ReadFile } from '../../ui/file-input.tsx';
import { ErrorCard } from '../../ui/states.tsx';

interface AddKeyDialogProps {
  readonly onClose: () => void;
  readonly onAdded: (name: string) => void;
}

interface AddKeyForm {
  readonly name: string;
  readonly keyPem: string;
  readonly chainPem: string;
  readonly makeDefault: boolean;
}

const limit = 262_144;

/** Sorts dropped files by what is in them; the name comes from the key file when there is none yet. */
function withFiles(form: AddKeyForm, files: readonly ReadFile[]): AddKeyForm {
  return files.reduce((result, { name, bytes }) => {
    const text = new TextDecoder().decode(bytes);
    if (!/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text)) return { ...result, chainPem: text };
    const stem = name.replace(/\.[^.]*$/, '');
    return { ...result, keyPem: text, name: result.name === '' ? stem : result.name };
  }, form);
}

/** Lists an existing key with its certificates: pasted, dropped or chosen. */
export function AddKeyDialog({ onClose, onAdded }: AddKeyDialogProps) {
  const t = useText();
  const [form, setForm] = useState<AddKeyForm>({ name: '', keyPem: '', chainPem: '', makeDefault: false });
  const add = useCommand('keys.addKey');
  const native = useCall('app.describeHost', {}, { staleTimeMs: Infinity }).data?.capabilities.includes('nativeDialog');
  const change = (changes: Partial<AddKeyForm>) => {
    add.reset();
    setForm((now) => ({ ...now, ...changes }));
  };
  const isReady = [form.name, form.keyPem, form.chainPem].every((text) => text.trim() !== '');
  const footer = (
    <>
      <Button onPress={onClose}>{t('ui.cancel')}</Button>
      <Button
        variant="primary"
        isDisabled={!isReady}
        isPending={add.isPending}
        onPress={() => add.mutate({ ...form, name: form.name.trim() }, { onSuccess: ({ name }) => onAdded(name) })}
      >
        {t('keys.addVerb')}
      </Button>
    </>
  );
  return (
    <Dialog isOpen wide onClose={onClose} title={t('keys.addTitle')} footer={footer}>
      <p className="sub">{t('keys.addText')}</p>
      <KeyFields form={form} onChange={change} />
      {add.isError && <ErrorCard error={add.error} />}
      {native && <NativeChoice name={form.name.trim()} makeDefault={form.makeDefault} onAdded={onAdded} />}
    </Dialog>
  );
}

interface KeyFieldsProps {
  readonly form: AddKeyForm;
  readonly onChange: (changes: Partial<AddKeyForm>) => void;
}

function KeyFields({ form, onChange }: KeyFieldsProps) {
  const t = useText();
  return (
    <>
      <TextField
        label={t('keys.name')}
        value={form.name}
        onChange={(name) => onChange({ name })}
        maxLength={64}
        autoFocus
      />
      <FileInput
        label={t('keys.chooseFiles')}
        hint={t('keys.dropFiles')}
        accept={['.pem', '.key', '.crt', '.cer']}
        multiple
        limit={limit}
        onFiles={(files) => onChange(withFiles(form, files))}
      />
      <TextField
        lines
        label={t('keys.keyPem')}
        value={form.keyPem}
        onChange={(keyPem) => onChange({ keyPem })}
        placeholder="-----BEGIN PRIVATE KEY-----"
        hint={t('keys.keyPemHint')}
      />
      <TextField
        lines
        label={t('keys.chainPem')}
        value={form.chainPem}
        onChange={(chainPem) => onChange({ chainPem })}
        placeholder="-----BEGIN CERTIFICATE-----"
        hint={t('keys.chainPemHint')}
      />
      <Checkbox isSelected={form.makeDefault} onChange={(makeDefault) => onChange({ makeDefault })}>
        {t('keys.makeDefault')}
      </Checkbox>
    </>
  );
}

interface NativeChoiceProps {
  readonly name: string;
  readonly makeDefault: boolean;
  readonly onAdded: (name: string) => void;
}

/** The desktop can list files where they are, without copying them. */
function NativeChoice({ name, makeDefault, onAdded }: NativeChoiceProps) {
  const t = useText();
  const choose = useCommand('keys.chooseKeyFiles');
  const run = () =>
    choose.mutate({ name, makeDefault }, { onSuccess: ({ key }) => (key ? onAdded(key.name) : undefined) });
  return (
    <div>
      <p className="sub">{t('keys.nativeText')}</p>
      <Button isDisabled={name === ''} isPending={choose.isPending} onPress={run}>
        <FolderOpen aria-hidden />
        {t('keys.nativeVerb')}
      </Button>
      {choose.isError && <ErrorCard error={choose.error} />}
    </div>
  );
}
