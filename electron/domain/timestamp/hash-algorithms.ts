/** The hashes of message imprints, digests and certificate hashes; nothing weaker is taken, as with the reference. */
export type HashName = 'sha256' | 'sha384' | 'sha512';

const byOid: Readonly<Record<string, HashName>> = {
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
};

/** The hash with this object identifier, or undefined when it is none that counts. */
export function hashOf(oid: string): HashName | undefined {
  return Object.hasOwn(byOid, oid) ? byOid[oid] : undefined;
}

/** The object identifier of a hash. */
export function oidOfHash(hash: HashName): string {
  return Object.keys(byOid).find((oid) => byOid[oid] === hash) ?? '';
}
