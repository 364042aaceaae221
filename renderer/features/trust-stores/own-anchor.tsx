import type { Certificate } from '../../../shared/model/certificate.ts';
import { useText } from '../../locales/use-text.tsx';
import { Callout } from '../../ui/states.tsx';
import styles from './trust-stores.module.css';

/** What it means to trust a certificate that signs itself and issues no other; nothing for authorities. */
export function OwnAnchor({ isCa, isSelfSigned }: Pick<Certificate, 'isCa' | 'isSelfSigned'>) {
  const t = useText();
  if (isCa || !isSelfSigned) return null;
  return (
    <div className={styles.own}>
      <Callout tone="plain" title={t('trustStores.ownTitle')}>
        <p>{t('trustStores.ownText')}</p>
      </Callout>
    </div>
  );
}
