import type { Artifact, SignatureDetails } from '../../../shared/model/artifact.ts';
import { useText } from '../../locales/use-text.tsx';
import { classes } from '../../ui/classes.ts';
import { CodeBlock, Section } from '../../ui/page.tsx';
import { Callout } from '../../ui/states.tsx';
import { Untrusted } from '../../ui/untrusted.tsx';
import styles from './artifact-page.module.css';

/** What was signed beside what it is attached to. */
export function PayloadTab({
  signature,
  artifact,
}: {
  readonly signature: SignatureDetails;
  readonly artifact: Artifact;
}) {
  const t = useText();
  const real = signature.subject ?? artifact.descriptor;
  const { payload } = signature;
  const rows = [
    [t('artifacts.factDigest'), payload?.digest, real.digest],
    [t('artifacts.factMediaType'), payload?.mediaType, real.mediaType],
    [t('artifacts.factSize'), payload && String(payload.size), String(real.size)],
  ] as const;
  return (
    <div className={styles.spaced}>
      <Callout
        tone={signature.payloadMatchesSubject ? 'ok' : 'bad'}
        title={t(signature.payloadMatchesSubject ? 'artifacts.payloadMatches' : 'artifacts.payloadDiffers')}
      />
      <table className={styles.compare}>
        <thead>
          <tr>
            <td style={{ width: 92 }} />
            <th scope="col">{t('artifacts.payloadSigned')}</th>
            <th scope="col">{t('artifacts.payloadReal')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, signed = '—', found]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td className={classes('mono', signed !== found && styles.differs)}>
                <Untrusted text={signed} />
              </td>
              <td className="mono">
                <Untrusted text={found} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <Section title={t('artifacts.payloadText')}>
        <CodeBlock text={signature.payloadText} label={t('artifacts.rawCopyPayload')} />
      </Section>
    </div>
  );
}
