import type { CertificateExtension } from '../../shared/model/certificate.ts';
import { useText, type Translate } from '../locales/use-text.tsx';
import styles from './certificate.module.css';
import { Tag } from './chip.tsx';
import { Section } from './page.tsx';
import { Untrusted } from './untrusted.tsx';

/** What an extension is called; one that nobody here knows, by its number. */
export function extensionName({ name, oid }: CertificateExtension, t: Translate): string {
  return name ? t(`certificates.extension_${name}`) : oid;
}

/** Extensions by name, each with its value in words. */
export function CertificateExtensions({ extensions }: { readonly extensions: readonly CertificateExtension[] }) {
  const t = useText();
  if (extensions.length === 0) return null;
  return (
    <Section title={t('certificates.extensions')} note={t('certificates.extensionCount', { count: extensions.length })}>
      <ul className={styles.extensions}>
        {extensions.map((extension) => (
          <li key={extension.oid}>
            <b title={extension.oid}>
              <Untrusted text={extensionName(extension, t)} mono={!extension.name} />
            </b>
            {extension.critical && <Tag>{t('certificates.critical')}</Tag>}
            {extension.values.map((value, index) => (
              <span key={index} className={styles.value}>
                <Untrusted text={value} mono />
              </span>
            ))}
          </li>
        ))}
      </ul>
    </Section>
  );
}
