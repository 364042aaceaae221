import { Link } from '@tanstack/react-router';
import type { SigningKey } from '../../../shared/model/signing-key.ts';
import { useCall } from '../../client/use-call.ts';
import { useText, type Translate } from '../../locales/use-text.tsx';
import { toVisibleText } from '../../locales/visible-text.ts';
import { buttonLink } from '../../ui/button.tsx';
import { Segments, SelectField } from '../../ui/choices.tsx';
import { PluginConfigField } from '../../ui/option-pairs.tsx';
import { PairsField } from '../../ui/pairs-field.tsx';
import { Callout, ErrorCard } from '../../ui/states.tsx';
import type { SignDraft } from './sign-draft.ts';
import styles from './sign.module.css';
import { TimestampForm } from './timestamp-form.tsx';

interface SignFormProps {
  readonly draft: SignDraft;
  readonly onChange: (draft: SignDraft) => void;
}

/** Which key, how long, by whose clock, and what is signed along. */
export function SignForm({ draft, onChange }: SignFormProps) {
  const t = useText();
  return (
    <div className={styles.form}>
      <KeyChoice draft={draft} onChange={onChange} />
      <FormatChoice draft={draft} onChange={onChange} />
      <div>
        <div className={styles.label}>{t('sign.expiry')}</div>
        <Segments
          label={t('sign.expiry')}
          value={draft.expiry}
          onChange={(expiry) => onChange({ ...draft, expiry })}
          choices={[
            { id: 'never', label: t('sign.expiryNever') },
            { id: 'day', label: t('sign.expiry1d') },
            { id: 'month', label: t('sign.expiry30d') },
            { id: 'year', label: t('sign.expiry1y') },
          ]}
        />
        <div className={styles.hint}>{t('sign.expiryHint')}</div>
      </div>
      <TimestampForm draft={draft.timestamp} onChange={(timestamp) => onChange({ ...draft, timestamp })} />
      <PairsField
        label={t('sign.metadata')}
        keyLabel={t('sign.metadataKey')}
        valueLabel={t('sign.metadataValue')}
        addLabel={t('sign.metadataAdd')}
        removeLabel={(name) => t('sign.metadataRemove', { name })}
        hint={t('sign.metadataHint')}
        pairs={draft.metadata}
        onChange={(metadata) => onChange({ ...draft, metadata })}
      />
      <PluginConfig draft={draft} onChange={onChange} />
    </div>
  );
}

/** The envelope's format; what the settings say, until another is chosen. */
function FormatChoice({ draft, onChange }: SignFormProps) {
  const t = useText();
  const { data } = useCall('app.readSigningDefaults', {});
  const ofSettings = data?.unsupportedFormat === undefined ? data?.signatureFormat : undefined;
  return (
    <div>
      <div className={styles.label}>{t('sign.format')}</div>
      <Segments
        label={t('sign.format')}
        value={draft.format ?? ofSettings ?? null}
        onChange={(format) => onChange({ ...draft, format })}
        choices={[
          { id: 'jws', label: 'JWS' },
          { id: 'cose', label: 'COSE' },
        ]}
      />
      <div className={styles.hint}>{t('sign.formatHint')}</div>
    </div>
  );
}

function noteOn(key: SigningKey, t: Translate): string {
  if (key.problems.length > 0) return t('sign.keyProblem');
  if (key.kind === 'plugin') return toVisibleText(t('sign.keyPlugin', { plugin: key.pluginName ?? '' }));
  const subject = key.chain[0]?.subject ?? '';
  return toVisibleText([key.algorithm, subject].filter(Boolean).join(' · '));
}

function KeyChoice({ draft, onChange }: SignFormProps) {
  const t = useText();
  const { data, error } = useCall('keys.listKeys', {});
  if (error) return <ErrorCard error={error} />;
  if (data?.keys.length === 0) {
    return (
      <Callout
        tone="plain"
        title={t('sign.noKeys')}
        actions={
          <Link to="/keys" className={buttonLink('small')}>
            {t('sign.makeKey')}
          </Link>
        }
      />
    );
  }
  const keys = data?.keys ?? [];
  const chosen = draft.keyName ?? keys.find(({ isDefault }) => isDefault)?.name ?? null;
  return (
    <SelectField
      label={t('sign.key')}
      value={chosen}
      onChange={(keyName) => onChange({ ...draft, keyName })}
      choices={keys.map((key) => ({
        id: key.name,
        label: toVisibleText(key.isDefault ? t('sign.keyDefault', { name: key.name }) : key.name),
        text: noteOn(key, t),
      }))}
    />
  );
}

/** Settings for the plugin that keeps the chosen key, laid over those of the key. */
function PluginConfig({ draft, onChange }: SignFormProps) {
  const t = useText();
  const keys = useCall('keys.listKeys', {}).data?.keys ?? [];
  const chosen = keys.find(({ name, isDefault }) => (draft.keyName === null ? isDefault : name === draft.keyName));
  if (chosen?.kind !== 'plugin') return null;
  return (
    <PluginConfigField
      label={t('sign.pluginConfig')}
      hint={t('sign.pluginConfigHint')}
      pairs={draft.pluginConfig}
      onChange={(pluginConfig) => onChange({ ...draft, pluginConfig })}
    />
  );
}
