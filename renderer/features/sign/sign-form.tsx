import { useCall } from '../../client/use-call.ts';
import { useText } from '../../locales/use-text.tsx';
import { Segments } from '../../ui/choices.tsx';
import { PairsField } from '../../ui/pairs-field.tsx';
import { KeyChoice, PluginConfig, type KeyChoiceProps } from './key-choice.tsx';
import styles from './sign.module.css';
import { TimestampForm } from './timestamp-form.tsx';

/** Which key, how long, by whose clock, and what is signed along. */
export function SignForm({ draft, onChange, signs }: KeyChoiceProps) {
  const t = useText();
  return (
    <div className={styles.form}>
      <KeyChoice draft={draft} onChange={onChange} signs={signs} />
      <PluginConfig draft={draft} onChange={onChange} />
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
    </div>
  );
}

/** The envelope's format; what the settings say, until another is chosen. */
function FormatChoice({ draft, onChange }: Omit<KeyChoiceProps, 'signs'>) {
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
