import { useCall, useCommand } from '../../client/use-call.ts';
import { useText } from '../../locales/use-text.tsx';
import { Segments } from '../../ui/choices.tsx';
import { Section } from '../../ui/page.tsx';
import { Rich } from '../../ui/rich.tsx';
import { Callout } from '../../ui/states.tsx';
import { useTellError } from '../../ui/toast.tsx';
import styles from './settings.module.css';

/** What signing starts with; kept where the notation command keeps it. */
export function SigningDefaults() {
  const t = useText();
  const tellError = useTellError();
  const { data } = useCall('app.readSigningDefaults', {});
  const update = useCommand('app.updateSigningDefaults');
  if (!data) return null;
  const { signatureFormat, unsupportedFormat } = data;
  return (
    <Section level="h2" title={t('settings.signing')}>
      <div className={styles.row}>
        <span aria-hidden>{t('settings.signatureFormat')}</span>
        <Segments
          label={t('settings.signatureFormat')}
          value={unsupportedFormat === undefined ? signatureFormat : null}
          onChange={(format) => update.mutate({ signatureFormat: format }, { onError: tellError })}
          choices={[
            { id: 'jws', label: 'JWS' },
            { id: 'cose', label: 'COSE' },
          ]}
        />
      </div>
      {unsupportedFormat !== undefined && (
        <Callout tone="warn">
          <Rich id="settings.signatureFormatUnsupported" values={{ format: unsupportedFormat }} />
        </Callout>
      )}
      <p className={styles.note}>
        <Rich id="settings.signatureFormatNote" />
      </p>
    </Section>
  );
}
