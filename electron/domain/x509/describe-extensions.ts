import type { CertificateExtension, CertificateExtensionName } from '../../../shared/model/certificate.ts';
import { toGoName, parseName } from './distinguished-name.ts';
import { DerError, DerReader, derTag, parseDerInteger, parseDerOid } from './der-reader.ts';
import { extendedUsageNames } from './extended-usage-names.ts';
import type { ParsedCertificate } from './parsed-certificate.ts';

const maxValues = 50;
const maxHexBytes = 64;
const generalNames: Readonly<Record<number, string>> = {
  0x81: 'email',
  0x82: 'DNS',
  0x86: 'URI',
  0x87: 'IP',
  0x88: 'OID',
};
const directoryNameTag = 0xa4;
const accessMethods: Readonly<Record<string, string>> = {
  '1.3.6.1.5.5.7.48.1': 'OCSP',
  '1.3.6.1.5.5.7.48.2': 'CA issuers',
};

type Describe = (value: Uint8Array, certificate: ParsedCertificate) => readonly string[];

function toHex(bytes: Uint8Array): string {
  const hex = Buffer.from(bytes.subarray(0, maxHexBytes)).toString('hex');
  return bytes.length > maxHexBytes ? `${hex}… (${bytes.length} bytes)` : hex;
}

function toIpAddress(content: Uint8Array): string {
  if (content.length === 4) return content.join('.');
  const groups = Buffer.from(content).toString('hex').match(/.{4}/g) ?? [];
  return groups.map((group) => group.replace(/^0{1,3}/, '')).join(':');
}

function toGeneralName(tag: number, content: Uint8Array): string {
  if (tag === directoryNameTag) return `DN: ${toGoName(parseName(content))}`;
  const kind = generalNames[tag];
  if (kind === 'IP') return `IP: ${toIpAddress(content)}`;
  if (kind === 'OID') return `OID: ${parseDerOid(content)}`;
  return kind === undefined ? toHex(content) : `${kind}: ${Buffer.from(content).toString('latin1')}`;
}

/** The items of a SEQUENCE OF. */
function mapItems<T>(value: Uint8Array, toItem: (items: DerReader) => T): T[] {
  const items = new DerReader(value).enter(derTag.sequence, 'extension');
  const found: T[] = [];
  while (!items.isAtEnd && found.length < maxValues) found.push(toItem(items));
  return found;
}

const describeNames: Describe = (value) =>
  mapItems(value, (names) => {
    const { tag, content } = names.readAny();
    return toGeneralName(tag, content);
  });

const describePolicies: Describe = (value) =>
  mapItems(value, (items) => parseDerOid(items.enter(derTag.sequence, 'policy').readContent(derTag.oid, 'policy')));

const describeAccess: Describe = (value) =>
  mapItems(value, (items) => {
    const description = items.enter(derTag.sequence, 'access');
    const method = parseDerOid(description.readContent(derTag.oid, 'access'));
    const { tag, content } = description.readAny();
    return `${Object.hasOwn(accessMethods, method) ? accessMethods[method] : method}: ${toGeneralName(tag, content)}`;
  });

const describeBasicConstraints: Describe = (_, { basicConstraints }) => [
  `CA: ${basicConstraints?.ca === true}`,
  ...(basicConstraints?.pathLength === undefined ? [] : [`pathLength: ${basicConstraints.pathLength}`]),
];

const describeSubjectKeyId: Describe = (value) => [
  toHex(new DerReader(value).readContent(derTag.octetString, 'key id')),
];

const describeAuthorityKeyId: Describe = (value) => {
  const id = new DerReader(value).enter(derTag.sequence, 'key id').readOptional(0x80);
  return id ? [toHex(id)] : [];
};

const describeNameConstraints: Describe = (value) => {
  const constraints = new DerReader(value).enter(derTag.sequence, 'constraints');
  const lists = [
    ['permitted', constraints.readOptional(0xa0)],
    ['excluded', constraints.readOptional(0xa1)],
  ] as const;
  return lists.flatMap(([kind, list]) => {
    const reader = new DerReader(list ?? new Uint8Array());
    const found: string[] = [];
    while (!reader.isAtEnd && found.length < maxValues) {
      const { tag, content } = reader.enter(derTag.sequence, 'constraint').readAny();
      const isRange = tag === 0x87;
      const half = content.length / 2;
      const name = isRange
        ? `IP: ${toIpAddress(content.subarray(0, half))}/${toIpAddress(content.subarray(half))}`
        : toGeneralName(tag, content);
      found.push(`${kind} ${name}`);
    }
    return found;
  });
};

/** What is known of each extension: the name that people call it by, and how its value is told (RFC 5280, section 4.2). */
const known: Readonly<Record<string, readonly [CertificateExtensionName, Describe]>> = {
  '2.5.29.14': ['subjectKeyIdentifier', describeSubjectKeyId],
  '2.5.29.15': ['keyUsage', (_, { keyUsage }) => [...(keyUsage?.usages ?? [])]],
  '2.5.29.17': ['subjectAltName', describeNames],
  '2.5.29.18': ['issuerAltName', describeNames],
  '2.5.29.19': ['basicConstraints', describeBasicConstraints],
  '2.5.29.30': ['nameConstraints', describeNameConstraints],
  '2.5.29.31': ['crlDistributionPoints', (_, { crlUrls }) => crlUrls],
  '2.5.29.32': ['certificatePolicies', describePolicies],
  '2.5.29.35': ['authorityKeyIdentifier', describeAuthorityKeyId],
  '2.5.29.37': [
    'extKeyUsage',
    (_, { extendedKeyUsage }) =>
      (extendedKeyUsage?.oids ?? []).map((oid) =>
        Object.hasOwn(extendedUsageNames, oid) ? `${extendedUsageNames[oid]} (${oid})` : oid,
      ),
  ],
  '2.5.29.54': [
    'inhibitAnyPolicy',
    (value) => [
      String(Number.parseInt(parseDerInteger(new DerReader(value).readContent(derTag.integer, 'count'), 'count'), 16)),
    ],
  ],
  '1.3.6.1.5.5.7.1.1': ['authorityInfoAccess', describeAccess],
  '1.3.6.1.5.5.7.48.1.5': ['ocspNoCheck', () => []],
};

/** The value as text; what cannot be read, or is not known, as the beginning of its bytes. */
function describeValue(describe: Describe | undefined, value: Uint8Array, certificate: ParsedCertificate): string[] {
  try {
    if (describe) return describe(value, certificate).slice(0, maxValues);
  } catch (error) {
    if (!(error instanceof DerError)) throw error;
  }
  return [toHex(value)];
}

/** Every extension of a certificate, in its order, by name where it has one, its value in words that are the same in every language. */
export function describeExtensions(certificate: ParsedCertificate): CertificateExtension[] {
  return certificate.extensions.map(({ oid, critical, value }) => {
    const [name, describe] = (Object.hasOwn(known, oid) ? known[oid] : undefined) ?? [];
    return { oid, ...(name && { name }), critical, values: describeValue(describe, value, certificate) };
  });
}
