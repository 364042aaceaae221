import { FlaskConical } from 'lucide-react';
import { createContext, useContext } from 'react';
import { isLabSubject } from '../../shared/model/lab.ts';
import { useText } from '../locales/use-text.tsx';
import styles from './test-mark.module.css';

/** Stands beside everything that is only for trying things out. */
export function TestMark() {
  const t = useText();
  return (
    <span className={styles.mark}>
      <FlaskConical aria-hidden />
      {t('certificates.test')}
    </span>
  );
}

/** What tells a certificate from another. */
interface CertificateId {
  readonly sha256: string;
  readonly subject: string;
}

/** Fingerprints of the certificates that test keys have. */
export const TestCertificates = createContext<ReadonlySet<string>>(new Set());

/** Tells certificates that are only for trying things out: the lab's, and those of test keys. */
export function useIsTest(): (certificate: CertificateId) => boolean {
  const ofTestKeys = useContext(TestCertificates);
  return ({ sha256, subject }) => ofTestKeys.has(sha256) || isLabSubject(subject);
}
