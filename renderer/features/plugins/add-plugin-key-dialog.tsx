import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useCall, useCommand } from '../../client/use-call.ts';
import { useText } from '../../locales/use-text.tsx';
import { Button } from '../../ui/button.tsx';
import { Checkbox, SelectField } from '../../ui/choices.tsx';
import { CommandLine } from '../../ui/copy.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/fields.tsx';
import { Section } from '../../ui/page.tsx';
import { PairsField, toRecord, type Pair } from '../../ui/pairs-field.tsx';
import { ErrorCard } from '../../ui/states.tsx';
import { vendorOf, type Vendor } from './vendors.ts';

interface AddPluginKeyDialogProps {
  /** The plugin that is chosen at first. */
  readonly plugin: string;
  /** Names of the installed ones. */
  readonly plugins: readonly string[];
  readonly onClose: () => void;
}

interface Form {
  readonly plugin: string;
  readonly name: string;
  readonly id: string;
  /** Values of the settings that the vendor's plugin is known to have. */
  readonly known: Readonly<Record<string, string>>;
  readonly more: readonly Pair[];
  readonly makeDefault: boolean;
}

function toConfig({ known, more }: Form, vendor: Vendor | undefined): Record<string, string> {
  const own = vendor?.settings.flatMap(({ key }) => (known[key] ? [[key, known[key]] as const] : [])) ?? [];
  return { ...Object.fromEntries(own), ...toRecord(more) };
}

/** Lists a key that a plugin keeps; for the plugins of known vendors with their own settings and the form of their ids. */
export function AddPluginKeyDialog({ plugin, plugins, onClose }: AddPluginKeyDialogProps) {
  const t = useText();
  const navigate = useNavigate();
  const [form, setForm] = useState<Form>({ plugin, name: '', id: '', known: {}, more: [], makeDefault: false });
  const add = useCommand('keys.addPluginKey');
  const vendor = vendorOf(form.plugin);
  const config = toConfig(form, vendor);
  const [name, id] = [form.name.trim(), form.id.trim()];
  const isMissing = vendor?.settings.some(({ key, isRequired }) => isRequired && !config[key]) ?? false;
  const isReady = name !== '' && id !== '' && form.plugin !== '' && !isMissing && (vendor?.isKeyId(id) ?? true);
  const request = { name, plugin: form.plugin, id, config, makeDefault: form.makeDefault };
  const plan = useCall('keys.planPluginKey', request, { enabled: isReady, keepPrevious: true });
  const change = (changes: Partial<Form>) => {
    add.reset();
    setForm((now) => ({ ...now, ...changes }));
  };
  const submit = () =>
    add.mutate(request, {
      onSuccess: (key) => {
        onClose();
        void navigate({ to: '/keys', search: { key: key.name } });
      },
    });
  const footer = (
    <>
      <Button onPress={onClose}>{t('ui.cancel')}</Button>
      <Button variant="primary" isDisabled={!isReady} isPending={add.isPending} onPress={submit}>
        {t('plugins.addKeyVerb')}
      </Button>
    </>
  );
  return (
    <Dialog isOpen wide onClose={onClose} title={t('plugins.addKeyTitle')} footer={footer}>
      <p className="sub">{t('plugins.addKeyText')}</p>
      <Fields form={form} plugins={plugins} vendor={vendor} onChange={change} />
      {isReady && plan.data && (
        <Section title={t('plugins.commands')}>
          <CommandLine command={plan.data.command} />
        </Section>
      )}
      {add.isError && <ErrorCard error={add.error} />}
    </Dialog>
  );
}

interface FieldsProps {
  readonly form: Form;
  readonly plugins: readonly string[];
  readonly vendor: Vendor | undefined;
  readonly onChange: (changes: Partial<Form>) => void;
}

function Fields({ form, plugins, vendor, onChange }: FieldsProps) {
  const t = useText();
  const id = form.id.trim();
  return (
    <>
      <SelectField
        label={t('plugins.plugin')}
        value={form.plugin === '' ? null : form.plugin}
        onChange={(plugin) => onChange({ plugin, known: {} })}
        choices={plugins.map((plugin) => ({ id: plugin, label: vendorOf(plugin)?.title ?? plugin, text: plugin }))}
      />
      <TextField
        autoFocus
        label={t('plugins.keyName')}
        value={form.name}
        maxLength={64}
        onChange={(name) => onChange({ name })}
      />
      <TextField
        mono
        label={t('plugins.keyId')}
        value={form.id}
        maxLength={2048}
        hint={vendor ? t('plugins.idExample', { example: vendor.idExample }) : t('plugins.idHint')}
        fault={vendor && id !== '' && !vendor.isKeyId(id) ? t(`plugins.id_${vendor.about}`) : undefined}
        onChange={(text) => onChange({ id: text })}
      />
      {vendor?.settings.map(({ key, isRequired, example }) => (
        <TextField
          key={key}
          mono
          label={isRequired ? t('plugins.settingRequired', { key }) : t('plugins.setting', { key })}
          value={form.known[key] ?? ''}
          maxLength={8192}
          placeholder={example}
          onChange={(value) => onChange({ known: { ...form.known, [key]: value } })}
        />
      ))}
      <PairsField
        label={t('plugins.config')}
        keyLabel={t('plugins.configKey')}
        valueLabel={t('plugins.configValue')}
        addLabel={t('plugins.configAdd')}
        removeLabel={(name) => t('plugins.configRemove', { name })}
        hint={t('plugins.configHint')}
        pairs={form.more}
        onChange={(more) => onChange({ more })}
      />
      <Checkbox isSelected={form.makeDefault} onChange={(makeDefault) => onChange({ makeDefault })}>
        {t('plugins.makeDefault')}
      </Checkbox>
    </>
  );
}
