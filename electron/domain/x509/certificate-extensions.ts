import {
  DerError,
  DerReader,
  derTag,
  parseDerBitString,
  parseDerBoolean,
  parseDerInteger,
  parseDerOid,
} from './der-reader.ts';
import { checkOtherExtension } from './other-extensions.ts';
import type { KeyUsageName, ParsedCertificate } from './parsed-certificate.ts';

/** What {@link parseExtensions} finds. */
export type CertificateExtensions = Pick<
  ParsedCertificate,
  'basicConstraints' | 'keyUsage' | 'extendedKeyUsage' | 'extensions' | 'ocspUrls' | 'crlUrls'
>;

const oids = {
  keyUsage: '2.5.29.15',
  basicConstraints: '2.5.29.19',
  crlDistributionPoints: '2.5.29.31',
  extendedKeyUsage: '2.5.29.37',
  authorityInfoAccess: '1.3.6.1.5.5.7.1.1',
} as const;
const ocspMethod = '1.3.6.1.5.5.7.48.1';
const uriTag = 0x86;
const fullNameTag = 0xa0;
const maxExtensions = 200;

/** Bit 0 first (RFC 5280, section 4.2.1.3). */
const keyUsageBits: readonly KeyUsageName[] = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
];

function parseKeyUsage(value: Uint8Array): ReadonlySet<KeyUsageName> {
  const reader = new DerReader(value);
  const { bytes } = parseDerBitString(reader.readContent(derTag.bitString, 'key usage'));
  reader.assertAtEnd('key usage');
  return new Set(keyUsageBits.filter((_, bit) => ((bytes[bit >> 3] ?? 0) & (0x80 >> (bit & 7))) !== 0));
}

function parseBasicConstraints(value: Uint8Array): { ca: boolean; pathLength?: number } {
  const outer = new DerReader(value);
  const reader = outer.enter(derTag.sequence, 'basic constraints');
  outer.assertAtEnd('basic constraints');
  const flag = reader.readOptional(derTag.boolean);
  const ca = flag !== undefined && parseDerBoolean(flag);
  const length = reader.readOptional(derTag.integer);
  reader.assertAtEnd('basic constraints');
  if (length === undefined) return { ca };
  const pathLength = Number.parseInt(parseDerInteger(length, 'path length'), 16);
  if (!Number.isSafeInteger(pathLength)) throw new DerError('malformed basic constraints');
  return { ca, pathLength };
}

function parseExtendedKeyUsage(value: Uint8Array): string[] {
  const outer = new DerReader(value);
  const reader = outer.enter(derTag.sequence, 'extended key usage');
  outer.assertAtEnd('extended key usage');
  const usages: string[] = [];
  while (!reader.isAtEnd) usages.push(parseDerOid(reader.readContent(derTag.oid, 'extended key usage')));
  return usages;
}

function parseUri(content: Uint8Array): string {
  for (const byte of content) if (byte >= 0x80) throw new DerError('malformed URI');
  return Buffer.from(content).toString('latin1');
}

function parseOcspUrls(value: Uint8Array): string[] {
  const reader = new DerReader(value).enter(derTag.sequence, 'authority info access');
  const urls: string[] = [];
  while (!reader.isAtEnd) {
    const description = reader.enter(derTag.sequence, 'authority info access');
    const method = parseDerOid(description.readContent(derTag.oid, 'authority info access'));
    const location = description.readAny();
    if (method === ocspMethod && location.tag === uriTag) urls.push(parseUri(location.content));
  }
  return urls;
}

/** As the reference: of each point's full name, the URIs up to the first name that is none. */
export function parseCrlUrls(value: Uint8Array): string[] {
  const points = new DerReader(value).enter(derTag.sequence, 'CRL distribution points');
  const urls: string[] = [];
  while (!points.isAtEnd) {
    const name = points.enter(derTag.sequence, 'CRL distribution point').readOptional(fullNameTag);
    if (name === undefined) continue;
    const names = new DerReader(name).enter(fullNameTag, 'CRL distribution point');
    for (let uri = names.readOptional(uriTag); uri !== undefined; uri = names.readOptional(uriTag))
      urls.push(parseUri(uri));
  }
  return urls;
}

interface RawExtension {
  readonly critical: boolean;
  readonly value: Uint8Array;
}

function readExtensions(list: Uint8Array): Map<string, RawExtension> {
  const outer = new DerReader(list);
  const reader = outer.enter(derTag.sequence, 'extensions');
  outer.assertAtEnd('extensions');
  const extensions = new Map<string, RawExtension>();
  while (!reader.isAtEnd) {
    const extension = reader.enter(derTag.sequence, 'extension');
    const oid = parseDerOid(extension.readContent(derTag.oid, 'extension OID field'));
    const flag = extension.readOptional(derTag.boolean);
    const value = extension.readContent(derTag.octetString, 'extension value field');
    extension.assertAtEnd('an extension');
    if (extensions.has(oid)) throw new DerError(`certificate contains duplicate extension with OID "${oid}"`);
    if (extensions.size >= maxExtensions) throw new DerError('too many extensions');
    extensions.set(oid, { critical: flag !== undefined && parseDerBoolean(flag), value });
  }
  return extensions;
}

/**
 * The extensions that the certificate requirements speak of, from the content of a certificate's `[3]` element. Others are not
 * judged (signature specification, "Certificate requirements").
 *
 * @throws DerError
 */
export function parseExtensions(list: Uint8Array | undefined): CertificateExtensions {
  const extensions = list === undefined ? new Map<string, RawExtension>() : readExtensions(list);
  const basic = extensions.get(oids.basicConstraints);
  const usage = extensions.get(oids.keyUsage);
  const extended = extensions.get(oids.extendedKeyUsage);
  const access = extensions.get(oids.authorityInfoAccess);
  const points = extensions.get(oids.crlDistributionPoints);
  for (const [oid, { critical, value }] of extensions) checkOtherExtension(oid, critical, value);
  return {
    ...(basic && { basicConstraints: { critical: basic.critical, ...parseBasicConstraints(basic.value) } }),
    ...(usage && { keyUsage: { critical: usage.critical, usages: parseKeyUsage(usage.value) } }),
    ...(extended && { extendedKeyUsage: { critical: extended.critical, oids: parseExtendedKeyUsage(extended.value) } }),
    extensions: Array.from(extensions, ([oid, { critical, value }]) => ({ oid, critical, value })),
    ocspUrls: access ? parseOcspUrls(access.value) : [],
    crlUrls: points ? parseCrlUrls(points.value) : [],
  };
}
