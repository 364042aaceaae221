import { useCall } from '../../client/use-call.ts';
import { useText } from '../../locales/use-text.tsx';
import { toVisibleText } from '../../locales/visible-text.ts';
import { Button } from '../../ui/button.tsx';
import { SelectField } from '../../ui/choices.tsx';
import { TextField } from '../../ui/fields.tsx';
import { PluginConfigField, RequiredMetadataField } from '../../ui/option-pairs.tsx';
import { hasHalfPair } from '../../ui/pairs-field.tsx';
import { Callout } from '../../ui/states.tsx';
import { useLasting } from '../../ui/use-lasting.ts';
import styles from './files.module.css';
import { changeEntry } from './files-store.ts';
import { judgeFile, stopFile } from './judge-file.ts';
import type { FileEntry } from './pairing.ts';

const globalPolicy = '*';

/** Which policy the file is judged by, and what else must hold. */
export function VerifyOptionsForm({ entry }: { readonly entry: FileEntry }) {
  const t = useText();
  const { key, options, busy, blob, signature } = entry;
  const statements = useCall('policies.readPolicy', { document: 'blob' }).data?.statements ?? [];
  const change = (changes: Partial<typeof options>) => changeEntry(key, { options: { ...options, ...changes } });
  const isLong = useLasting(busy, 800);
  const isHalf = hasHalfPair(options.metadata, options.pluginConfig);
  const global = statements.find((statement) => statement.globalPolicy === true);
  const choices = [
    { id: globalPolicy, label: t('files.globalPolicy', { name: global?.name ?? '_none' }) },
    ...statements.map(({ name }) => ({ id: name, label: toVisibleText(name) })),
  ].filter(({ id }, index) => id !== globalPolicy || index === 0);
  return (
    <div className={styles.form}>
      <SelectField
        label={t('files.policy')}
        value={options.policyName === '' ? globalPolicy : options.policyName}
        onChange={(id) => change({ policyName: id === globalPolicy ? '' : id })}
        choices={choices}
      />
      <TextField
        mono
        label={t('files.mediaType')}
        hint={t('files.mediaTypeHint')}
        value={options.mediaType}
        maxLength={1024}
        onChange={(mediaType) => change({ mediaType })}
      />
      <RequiredMetadataField pairs={options.metadata} onChange={(metadata) => change({ metadata })} />
      <PluginConfigField
        label={t('verifyForm.pluginConfig')}
        hint={t('verifyForm.pluginConfigHint')}
        pairs={options.pluginConfig}
        onChange={(pluginConfig) => change({ pluginConfig })}
      />
      {isHalf && (
        <Callout compact tone="warn">
          {t('verifyForm.half')}
        </Callout>
      )}
      <div className={styles.verbs}>
        <Button
          variant="primary"
          isDisabled={busy || isHalf || !blob || !signature}
          onPress={() => void judgeFile(key)}
        >
          {t('files.verify')}
        </Button>
        {isLong && <Button onPress={() => stopFile(key)}>{t('artifacts.stopVerifying')}</Button>}
      </div>
    </div>
  );
}
