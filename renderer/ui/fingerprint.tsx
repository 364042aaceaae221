import { useText } from '../locales/use-text.tsx';
import styles from './certificate.module.css';
import { CopyButton } from './copy.tsx';

/** A whole SHA-256 fingerprint in groups of four, copied without the spaces. */
export function Fingerprint({ sha256 }: { readonly sha256: string }) {
  const t = useText();
  const groups = sha256.match(/.{1,4}/g) ?? [];
  return (
    <div className={styles.fingerprint}>
      <span className="mono" aria-label={sha256}>
        {groups.slice(0, 8).join(' ')}
        <br />
        {groups.slice(8).join(' ')}
      </span>
      <CopyButton text={sha256} label={t('certificates.copyFingerprint')} />
    </div>
  );
}
