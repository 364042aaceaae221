import { useState, type ReactNode } from 'react';
import type { Certificate } from '../../shared/model/certificate.ts';
import { useText } from '../locales/use-text.tsx';
import { CertificateChain } from './certificate-chain.tsx';
import { CertificateDetails } from './certificate-details.tsx';
import { Section } from './page.tsx';

interface ChainViewProps {
  /** Leaf first. */
  readonly chain: readonly Certificate[];
  /** Stands after the rules of the certificate that is shown. */
  readonly children?: ReactNode;
  /** What can be done with the chain, at the end. */
  readonly actions?: ReactNode;
}

/** A chain as cards, and everything about the certificate chosen; at first the one that signs. */
export function ChainView({ chain, children, actions }: ChainViewProps) {
  const t = useText();
  const [chosen, setChosen] = useState<string | undefined>(undefined);
  const shown = chain.find(({ sha256 }) => sha256 === chosen) ?? chain[0];
  if (!shown) return null;
  return (
    <>
      <Section title={t('certificates.chain')} note={t('certificates.chainCount', { count: chain.length })}>
        <CertificateChain chain={chain} selected={shown.sha256} onSelect={setChosen} />
      </Section>
      <CertificateDetails key={shown.sha256} certificate={shown} actions={actions}>
        {children}
      </CertificateDetails>
    </>
  );
}
