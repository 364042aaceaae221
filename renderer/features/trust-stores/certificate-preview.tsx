import type { Certificate } from '../../../shared/model/certificate.ts';
import { useFormat } from '../../locales/format.ts';
import { useText } from '../../locales/use-text.tsx';
import { Fingerprint } from '../../ui/fingerprint.tsx';
import { Facts } from '../../ui/page.tsx';
import { Subject } from '../../ui/subject.tsx';
import { TestMark, useIsTest } from '../../ui/test-mark.tsx';
import { Untrusted } from '../../ui/untrusted.tsx';
import { ExpiryChip } from '../../ui/validity.tsx';
import { OwnAnchor } from './own-anchor.tsx';
import styles from './trust-stores.module.css';

/** Certificates as they are about to be trusted: who, until when, and the whole fingerprint. */
export function CertificatePreview({ certificates }: { readonly certificates: readonly Certificate[] }) {
  const t = useText();
  const format = useFormat();
  const isTest = useIsTest();
  return (
    <ul className={styles.previews} aria-label={t('trustStores.found', { count: certificates.length })}>
      {certificates.map((certificate) => (
        <li key={certificate.sha256} className={styles.preview}>
          <header>
            <b>
              <Untrusted text={certificate.commonName} />
            </b>
            {isTest(certificate) && <TestMark />}
            <ExpiryChip {...certificate} />
          </header>
          <Facts
            items={[
              [t('trustStores.subject'), <Subject key="subject" text={certificate.subject} />],
              [
                t('trustStores.issuer'),
                certificate.issuer === certificate.subject ? (
                  t('trustStores.itself')
                ) : (
                  <Subject key="issuer" text={certificate.issuer} />
                ),
              ],
              [t('trustStores.key'), certificate.keyAlgorithm],
              [t('trustStores.until'), format.dateTime(certificate.notAfter)],
            ]}
          />
          <h3>{t('certificates.fingerprint')}</h3>
          <Fingerprint sha256={certificate.sha256} />
          <OwnAnchor {...certificate} />
        </li>
      ))}
    </ul>
  );
}
