import { useMemo } from 'react';
import type { Certificate } from '../../../shared/model/certificate.ts';
import type { TriedSigner } from '../../../shared/model/signer-trial.ts';
import { useCall } from '../../client/use-call.ts';
import { useText } from '../../locales/use-text.tsx';

/** Somebody whose signatures a statement may be tried with. */
export interface Signer {
  readonly id: string;
  readonly commonName: string;
  /** Where the certificate is from. */
  readonly origin: string;
  readonly signer: TriedSigner;
}

function toSigner(chain: readonly Certificate[], origin: string, scheme?: TriedSigner['scheme']): Signer[] {
  const [leaf] = chain;
  if (!leaf) return [];
  const signer = { subject: leaf.subject, chain: chain.map(({ sha256 }) => sha256), ...(scheme && { scheme }) };
  return [{ id: `${leaf.sha256} ${chain.length}`, commonName: leaf.commonName, origin, signer }];
}

/** The user's own keys, the signers of signatures seen lately, and certificates in trust stores; each chain once. */
export function useSigners(): readonly Signer[] {
  const t = useText();
  const keys = useCall('keys.listKeys', {}).data?.keys;
  const seen = useCall('impact.listSigners', {}).data?.signers;
  const stores = useCall('trustStores.listStores', {}).data?.stores;
  return useMemo(() => {
    const own = (keys ?? []).flatMap(({ chain }) => toSigner(chain, t('policyTrial.signerKey')));
    const signed = (seen ?? []).flatMap(({ chain, scheme, name }) =>
      toSigner(chain, t('policyTrial.signerSignature', { name }), scheme),
    );
    const trusted = (stores ?? []).flatMap(({ type, name, files }) =>
      files.flatMap(({ certificates }) =>
        certificates.flatMap((certificate) =>
          toSigner([certificate], t('policyTrial.signerStore', { store: `${type}:${name}` })),
        ),
      ),
    );
    return [...new Map([...trusted, ...signed, ...own].reverse().map((signer) => [signer.id, signer])).values()];
  }, [keys, seen, stores, t]);
}
