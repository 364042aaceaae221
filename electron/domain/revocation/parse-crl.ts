import {
  parseSignatureAlgorithm,
  type CertificateSignatureAlgorithm,
} from '../x509/certificate-signature-algorithm.ts';
import { DerError, DerReader, derTag, parseDerBitString, parseDerInteger } from '../x509/der-reader.ts';
import { parseDerTime } from '../x509/der-time.ts';
import { readExtensionList, type DerExtension } from './extension-list.ts';
import { RevocationFault } from './revocation-fault.ts';

export const crlOids = {
  number: '2.5.29.20',
  deltaIndicator: '2.5.29.27',
  issuingDistributionPoint: '2.5.29.28',
  freshestCrl: '2.5.29.46',
} as const;

/** A certificate revocation list (RFC 5280, section 5.1), its entries not yet looked at. */
export interface Crl {
  readonly bytes: Uint8Array;
  readonly covered: Uint8Array;
  readonly algorithm: CertificateSignatureAlgorithm | undefined;
  readonly value: Uint8Array;
  readonly thisUpdate: Date;
  readonly nextUpdate?: Date;
  /** Its number, lower-case hex without a sign byte. */
  readonly number?: string;
  readonly extensions: readonly DerExtension[];
  /** The entries one after the other. */
  readonly entries: Uint8Array;
}

/** A base list and the changes since. */
export interface CrlBundle {
  readonly base: Crl;
  readonly delta?: Crl;
}

/** Times of a list, for what is told of it. */
export function timesOf({ thisUpdate, nextUpdate }: Crl): Pick<Crl, 'thisUpdate' | 'nextUpdate'> {
  return { thisUpdate, ...(nextUpdate && { nextUpdate }) };
}

function isTime(tag: number | undefined): boolean {
  return tag === derTag.utcTime || tag === derTag.generalizedTime;
}

function readNumber(extensions: readonly DerExtension[]): string | undefined {
  const value = extensions.findLast(({ oid }) => oid === crlOids.number)?.value;
  if (value === undefined) return undefined;
  return parseDerInteger(new DerReader(value).readContent(derTag.integer, 'crl number'), 'crl number');
}

function readCrl(bytes: Uint8Array): Crl {
  const outer = new DerReader(bytes);
  const list = outer.enter(derTag.sequence, 'crl');
  outer.assertAtEnd('the crl');
  const covered = list.readElement(derTag.sequence, 'tbs crl').raw;
  const outerAlgorithm = list.readContent(derTag.sequence, 'algorithm identifier');
  const { bytes: value } = parseDerBitString(list.readContent(derTag.bitString, 'signature'));
  list.assertAtEnd('the crl');

  const tbs = new DerReader(covered).enter(derTag.sequence, 'tbs crl');
  if (tbs.peekTag() !== derTag.integer) throw new DerError('unsupported crl version');
  const version = parseDerInteger(tbs.readContent(derTag.integer, 'version'), 'version');
  if (version !== '01') throw new DerError(`unsupported crl version: ${version}`);
  const innerAlgorithm = tbs.readContent(derTag.sequence, 'signature algorithm identifier');
  if (Buffer.compare(innerAlgorithm, outerAlgorithm) !== 0)
    throw new DerError("inner and outer signature algorithm identifiers don't match");
  tbs.readElement(derTag.sequence, 'issuer');
  const thisUpdate = parseDerTime(tbs.readAny());
  const nextUpdate = isTime(tbs.peekTag()) ? parseDerTime(tbs.readAny()) : undefined;
  const entries = tbs.readOptional(derTag.sequence) ?? new Uint8Array();
  const extensionList = tbs.readOptional(0xa0);
  tbs.assertAtEnd('the tbs crl');
  const extensions = extensionList === undefined ? [] : readExtensionList(extensionList);
  const number = readNumber(extensions);
  const { algorithm } = parseSignatureAlgorithm(innerAlgorithm);
  return {
    bytes,
    covered,
    algorithm,
    value,
    thisUpdate,
    ...(nextUpdate && { nextUpdate }),
    ...(number !== undefined && { number }),
    extensions,
    entries,
  };
}

/**
 * Reads what a list says of itself; its entries, which may be a million, are read by {@link findEntries}. Nothing is checked; the
 * caller bounds its size.
 *
 * @throws RevocationFault `malformed`
 */
export function parseCrl(bytes: Uint8Array): Crl {
  try {
    return readCrl(bytes);
  } catch (error) {
    if (error instanceof DerError) throw new RevocationFault('malformed', `x509: ${error.message}`, { cause: error });
    throw error;
  }
}
