import { Link } from '@tanstack/react-router';
import { Check, X } from 'lucide-react';
import type { ReactNode } from 'react';
import type { SigningKey } from '../../../shared/model/signing-key.ts';
import { useText } from '../../locales/use-text.tsx';
import { Section } from '../../ui/page.tsx';
import { Untrusted } from '../../ui/untrusted.tsx';
import styles from './keys.module.css';
import { useTrustOfKeys } from './use-trust-of-keys.ts';

/** What has to be true for a signature of this key to be trusted on this computer, with the way to make it so. */
export function TrustRules({ signingKey }: { readonly signingKey: SigningKey }) {
  const t = useText();
  const trust = useTrustOfKeys()(signingKey);
  const root = signingKey.chain.at(-1);
  if (!trust || !root) return null;
  const { stores, policies } = trust;
  const holding = Number(stores.length > 0) + Number(policies.length > 0);
  return (
    <Section title={t('keys.toBeTrusted')} note={t('certificates.rulesHold', { count: holding, total: 2 })}>
      <ul className={styles.rules}>
        <TrustRule holds={stores.length > 0} words={t('keys.inStore')} names={stores}>
          <Link to="/trust-stores" search={{ pem: root.pem, type: 'ca', name: signingKey.name }}>
            {t('keys.trustItLink')}
          </Link>
        </TrustRule>
        <TrustRule holds={policies.length > 0} words={t('keys.inPolicy')} names={policies}>
          <Link to="/policies">{t('keys.openPolicies')}</Link>
        </TrustRule>
      </ul>
    </Section>
  );
}

interface TrustRuleProps {
  readonly holds: boolean;
  readonly words: string;
  readonly names: readonly string[];
  /** What leads to it. */
  readonly children: ReactNode;
}

function TrustRule({ holds, words, names, children }: TrustRuleProps) {
  const t = useText();
  const Icon = holds ? Check : X;
  return (
    <li data-holds={holds}>
      <Icon
        role="img"
        aria-hidden={false}
        aria-label={t(holds ? 'certificates.status_holds' : 'certificates.status_broken')}
      />
      <span>{words}</span>
      <em>{holds ? <Untrusted text={names.join(', ')} /> : children}</em>
    </li>
  );
}
