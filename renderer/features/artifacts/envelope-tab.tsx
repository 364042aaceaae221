import type { SignatureDetails } from '../../../shared/model/artifact.ts';
import { useFormat } from '../../locales/format.ts';
import { useText } from '../../locales/use-text.tsx';
import { Tag } from '../../ui/chip.tsx';
import { Facts, Section } from '../../ui/page.tsx';
import { Untrusted } from '../../ui/untrusted.tsx';
import styles from './artifact-page.module.css';
import { TimestampSection } from './timestamp-section.tsx';

/** Longer values, such as certificates, are cut until asked for. */
const shownLength = 200;

interface ShownHeader {
  readonly name: string;
  readonly value: string;
  readonly critical?: boolean;
}

/** What the envelope says, split into what is signed and what is not. */
export function EnvelopeTab({ signature }: { readonly signature: SignatureDetails }) {
  const t = useText();
  const format = useFormat();
  const metadata = Object.entries(signature.userMetadata);
  return (
    <>
      <Facts
        items={[
          [t('artifacts.factFormat'), signature.format.toUpperCase()],
          [t('artifacts.factAlgorithm'), <Untrusted key="algorithm" text={signature.algorithm} />],
          [t('artifacts.factScheme'), <Untrusted key="scheme" text={signature.signingScheme} />],
          [t('artifacts.factSigned'), signature.signingTime && format.dateTime(signature.signingTime)],
          [t('artifacts.factExpiry'), signature.expiry ? format.dateTime(signature.expiry) : t('artifacts.factNever')],
          [t('artifacts.factAgent'), signature.signingAgent && <Untrusted key="agent" text={signature.signingAgent} />],
          [t('artifacts.factSize'), format.bytes(signature.envelope.size)],
        ]}
      />
      <TimestampSection signature={signature} />
      <Section title={t('artifacts.protectedHeaders')}>
        <Headers headers={signature.protectedHeaders} />
      </Section>
      <Section title={t('artifacts.unprotectedHeaders')}>
        <Headers headers={signature.unprotectedHeaders} />
      </Section>
      <Section title={t('artifacts.userMetadata')}>
        {metadata.length === 0 ? (
          <p className="dim">{t('artifacts.noMetadata')}</p>
        ) : (
          <Facts
            items={metadata.map(([name, value]) => [
              <Untrusted key={name} text={name} />,
              <Untrusted key={name} text={value} />,
            ])}
          />
        )}
      </Section>
    </>
  );
}

function Headers({ headers }: { readonly headers: readonly ShownHeader[] }) {
  const t = useText();
  if (headers.length === 0) return <p className="dim">{t('artifacts.noHeaders')}</p>;
  return (
    <div className={styles.headers}>
      {headers.map(({ name, value, critical }, index) => (
        <div key={index}>
          <code>
            <Untrusted text={name} />
          </code>{' '}
          {critical && <Tag>{t('artifacts.critical')}</Tag>}
          <div>
            <Untrusted text={value} limit={shownLength} />
          </div>
        </div>
      ))}
    </div>
  );
}
