import { FlaskConical } from 'lucide-react';
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
