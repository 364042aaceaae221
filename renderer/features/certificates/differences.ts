import type { Certificate, CertificateExtension } from '../../../shared/model/certificate.ts';
import type { MessageKey } from '../../locales/catalogs.ts';

/** One line of a comparison: what it is about, and what either certificate says of it; empty where one says nothing. */
export interface ComparedLine {
  readonly id: string;
  /** A text of the catalog, or the extension that the line is about. */
  readonly label: MessageKey | CertificateExtension;
  readonly left: readonly string[];
  readonly right: readonly string[];
  readonly differs: boolean;
}

type Field = readonly [id: string, label: MessageKey, read: (certificate: Certificate) => readonly string[]];

const fields: readonly Field[] = [
  ['subject', 'certificates.subject', ({ subject }) => [subject]],
  ['issuer', 'certificates.issuer', ({ issuer }) => [issuer]],
  ['serial', 'certificates.serial', ({ serialNumber }) => [serialNumber]],
  ['notBefore', 'certificates.notBefore', ({ notBefore }) => [notBefore]],
  ['notAfter', 'certificates.notAfter', ({ notAfter }) => [notAfter]],
  ['key', 'certificates.key', ({ keyAlgorithm }) => [keyAlgorithm]],
  ['signedWith', 'certificates.signedWith', ({ signatureAlgorithm }) => [signatureAlgorithm]],
  ['fingerprint', 'certificates.fingerprint', ({ sha256 }) => [sha256]],
];

function isSame(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((value, index) => value === right[index]);
}

function extensionValues(extension: CertificateExtension | undefined): readonly string[] {
  if (!extension) return [];
  return extension.critical ? ['critical', ...extension.values] : extension.values;
}

/** Two certificates line by line: names, times, key, and every extension that one of them has. */
export function compareCertificates(left: Certificate, right: Certificate): readonly ComparedLine[] {
  const ofFields = fields.map(([id, label, read]): ComparedLine => {
    const [one, other] = [read(left), read(right)];
    return { id, label, left: one, right: other, differs: !isSame(one, other) };
  });
  const find = ({ extensions }: Certificate, oid: string) => extensions.find((extension) => extension.oid === oid);
  const all = [...left.extensions, ...right.extensions.filter(({ oid }) => !find(left, oid))];
  const ofExtensions = all.map((extension): ComparedLine => {
    const { oid } = extension;
    const [one, other] = [find(left, oid), find(right, oid)];
    const [ofOne, ofOther] = [extensionValues(one), extensionValues(other)];
    const differs = (one === undefined) !== (other === undefined) || !isSame(ofOne, ofOther);
    return { id: oid, label: extension, left: ofOne, right: ofOther, differs };
  });
  return [...ofFields, ...ofExtensions];
}
