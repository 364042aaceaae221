import { useMemo } from 'react';
import type { Certificate } from '../../../shared/model/certificate.ts';
import { useCall } from '../../client/use-call.ts';

/** A certificate and where it was met. */
export interface KnownCertificate {
  readonly certificate: Certificate;
  /** Keys and stores that hold it. */
  readonly places: readonly string[];
}

/** Every certificate of the keys and the trust stores, each once. */
export function useKnownCertificates(): readonly KnownCertificate[] {
  const keys = useCall('keys.listKeys', {}).data?.keys;
  const stores = useCall('trustStores.listStores', {}).data?.stores;
  return useMemo(() => {
    const found = new Map<string, { certificate: Certificate; places: string[] }>();
    const add = (certificate: Certificate, place: string) => {
      const known = found.get(certificate.sha256) ?? { certificate, places: [] };
      if (!known.places.includes(place)) known.places.push(place);
      found.set(certificate.sha256, known);
    };
    for (const { name, chain } of keys ?? []) for (const certificate of chain) add(certificate, name);
    for (const { type, name, files } of stores ?? [])
      for (const { certificates } of files) for (const certificate of certificates) add(certificate, `${type}:${name}`);
    return [...found.values()];
  }, [keys, stores]);
}
