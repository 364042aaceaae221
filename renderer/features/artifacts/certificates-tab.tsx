import { Link } from '@tanstack/react-router';
import type { SignatureDetails } from '../../../shared/model/artifact.ts';
import { useText } from '../../locales/use-text.tsx';
import { buttonLink } from '../../ui/button.tsx';
import { ChainView } from '../../ui/chain-view.tsx';

/** The chain of a signature, certificate by certificate, and the way to trust where it ends. */
export function CertificatesTab({ signature: { chain } }: { readonly signature: SignatureDetails }) {
  const t = useText();
  const root = chain.at(-1);
  const trust = root && (
    <Link to="/trust-stores" search={{ pem: root.pem }} className={buttonLink('small')}>
      {t('artifacts.trustRoot')}
    </Link>
  );
  return <ChainView chain={chain} actions={trust} />;
}
