import type { Certificate } from '../../../shared/model/certificate.ts';
import type { SigningKey } from '../../../shared/model/signing-key.ts';
import type { TrustStore } from '../../../shared/model/trust-store.ts';
import type { Translate } from '../../locales/use-text.tsx';
import type { Ending } from '../../ui/expiry-lanes.ts';
import { storeReference, type Place } from './store-words.ts';

/** The id of a place, for lists. */
export function placeId({ store, file, sha256 }: Place): string {
  return `${store} ${file} ${sha256}`;
}

/** Whether two places are the same. */
export function isSamePlace(one: Place, other: Place): boolean {
  return placeId(one) === placeId(other);
}

/** Every certificate of the stores with where it stands. */
function placesOf(stores: readonly TrustStore[]): readonly Place[] {
  return stores.flatMap((store) =>
    store.files.flatMap(({ file, certificates }) =>
      certificates.map(({ sha256 }) => ({ store: storeReference(store), file, sha256 })),
    ),
  );
}

/** Places by their id. */
export function placesById(stores: readonly TrustStore[]): ReadonlyMap<string, Place> {
  return new Map(placesOf(stores).map((place) => [placeId(place), place]));
}

/** The other places of each certificate that stands in more than one, by fingerprint. */
export function findDuplicates(stores: readonly TrustStore[]): ReadonlyMap<string, readonly Place[]> {
  const places = new Map<string, Place[]>();
  for (const place of placesOf(stores)) places.set(place.sha256, [...(places.get(place.sha256) ?? []), place]);
  return new Map([...places].filter(([, found]) => found.length > 1));
}

/** What the anchors of stores are told by. */
interface EndingWords {
  readonly t: Translate;
  readonly isTest: (certificate: Certificate) => boolean;
  /** How many signatures a certificate was seen in, by its SHA-256. */
  readonly seen: ReadonlyMap<string, number>;
}

/** When each anchor ends, and which policies and keys lean on it. */
export function toEndings(
  stores: readonly TrustStore[],
  keys: readonly SigningKey[],
  { t, isTest, seen }: EndingWords,
): readonly Ending[] {
  const keysOf = new Map<string, string[]>();
  for (const { name, chain } of keys)
    for (const { sha256 } of chain) keysOf.set(sha256, [...(keysOf.get(sha256) ?? []), name]);
  return stores.flatMap((store) =>
    store.files.flatMap(({ file, certificates }) =>
      certificates.map((certificate) => ({
        id: placeId({ store: storeReference(store), file, sha256: certificate.sha256 }),
        name: certificate.commonName,
        notAfter: certificate.notAfter,
        isTest: isTest(certificate),
        dependents: [
          t('certificates.dependsStore', { name: storeReference(store) }),
          ...store.usedBy.map((name) => t('certificates.dependsPolicy', { name })),
          ...(keysOf.get(certificate.sha256) ?? []).map((name) => t('certificates.dependsKey', { name })),
          ...(seen.has(certificate.sha256)
            ? [t('certificates.dependsSignatures', { count: seen.get(certificate.sha256) ?? 0 })]
            : []),
        ],
      })),
    ),
  );
}
