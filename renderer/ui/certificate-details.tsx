import { Link } from '@tanstack/react-router';
import { GitCompareArrows } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Certificate } from '../../shared/model/certificate.ts';
import { useText } from '../locales/use-text.tsx';
import { buttonLink } from './button.tsx';
import styles from './certificate.module.css';
import { CertificateExtensions } from './certificate-extensions.tsx';
import { CertificateRules } from './certificate-rules.tsx';
import { Fingerprint } from './fingerprint.tsx';
import { Facts, Section } from './page.tsx';
import { Subject } from './subject.tsx';
import { Validity } from './validity.tsx';

interface CertificateDetailsProps {
  readonly certificate: Certificate;
  /** Stands after the rules of the certificate: rules of its chain, and what trusts it. */
  readonly children?: ReactNode;
  /** What else can be done with it, at the end. */
  readonly actions?: ReactNode;
}

/** Everything about one certificate: the rules of its role, fingerprint, life, names, extensions, and the way to compare it. */
export function CertificateDetails({ certificate, children, actions }: CertificateDetailsProps) {
  const t = useText();
  const { role, rules, subject, issuer, serialNumber, keyAlgorithm, signatureAlgorithm, pem } = certificate;
  return (
    <>
      <CertificateRules title={t('certificates.rulesOf', { role })} rules={rules} />
      {children}
      <Section title={t('certificates.fingerprint')}>
        <Fingerprint sha256={certificate.sha256} />
      </Section>
      <Validity {...certificate} />
      <Section title={t('certificates.facts')}>
        <Facts
          items={[
            [t('certificates.subject'), <Subject key="subject" text={subject} />],
            [
              t('certificates.issuer'),
              issuer === subject ? t('certificates.itself') : <Subject key="issuer" text={issuer} />,
            ],
            [t('certificates.serial'), <code key="serial">{serialNumber}</code>],
            [t('certificates.key'), keyAlgorithm],
            [t('certificates.signedWith'), signatureAlgorithm],
          ]}
        />
      </Section>
      <CertificateExtensions extensions={certificate.extensions} />
      <div className={styles.actions}>
        <Link to="." search={(now) => ({ ...now, compare: pem })} className={buttonLink('small')}>
          <GitCompareArrows aria-hidden />
          {t('certificates.compare')}
        </Link>
        {actions}
      </div>
    </>
  );
}
