import { useMemo } from 'react';
import { useCall } from '../../client/use-call.ts';
import { toIdentityParts, type NamePart } from '../../../shared/model/distinguished-name.ts';

/** A certificate that an identity can be made from. */
export interface KnownCertificate {
  readonly commonName: string;
  readonly subject: string;
  readonly parts: readonly NamePart[];
  /** Whether it is one of the user's own keys. */
  readonly isOwn: boolean;
}

/** The certificates of the user's keys, then those in trust stores; each subject once. */
export function useKnownCertificates(): readonly KnownCertificate[] {
  const keys = useCall('keys.listKeys', {}).data?.keys;
  const stores = useCall('trustStores.listStores', {}).data?.stores;
  return useMemo(() => {
    const own = (keys ?? []).flatMap(({ chain }) =>
      chain.slice(0, 1).map((certificate) => ({ certificate, isOwn: true })),
    );
    const trusted = (stores ?? [])
      .flatMap(({ files }) => files)
      .flatMap(({ certificates }) => certificates.map((certificate) => ({ certificate, isOwn: false })));
    const bySubject = new Map<string, KnownCertificate>();
    for (const { certificate, isOwn } of [...own, ...trusted]) {
      const { subject, commonName } = certificate;
      const parts = toIdentityParts(subject);
      if (parts && !bySubject.has(subject)) bySubject.set(subject, { commonName, subject, parts, isOwn });
    }
    return [...bySubject.values()];
  }, [keys, stores]);
}
