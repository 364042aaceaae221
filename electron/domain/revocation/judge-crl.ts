import { toRfc3339 } from '../codec/rfc3339.ts';
import { signedBytesFault } from '../x509/certificate-signature.ts';
import { DerError, DerReader, derTag, parseDerInteger } from '../x509/der-reader.ts';
import type { ParsedCertificate } from '../x509/parsed-certificate.ts';
import { findEntries, type CrlEntry } from './crl-entries.ts';
import { crlOids, timesOf, type Crl, type CrlBundle } from './parse-crl.ts';
import { RevocationFault, type RevocationAnswer } from './revocation-fault.ts';

const certificateHold = 6;
const removeFromCrl = 8;
const readCritical: readonly string[] = [crlOids.issuingDistributionPoint, crlOids.deltaIndicator];

/** Whose certificate is asked about, and when. */
export interface CrlQuestion {
  readonly certificate: ParsedCertificate;
  readonly issuer: ParsedCertificate;
  readonly now: Date;
  readonly authenticSigningTime?: Date | undefined;
}

/** Lists are long and the same for many certificates: whether an issuer signed one is found out once. */
const signed = new WeakMap<Crl, Map<string, string | undefined>>();

async function signatureFaultOf(crl: Crl, issuer: ParsedCertificate): Promise<string | undefined> {
  const known = signed.get(crl) ?? new Map<string, string | undefined>();
  signed.set(crl, known);
  if (!known.has(issuer.sha256)) known.set(issuer.sha256, (await signedBytesFault(crl, issuer))?.message);
  return known.get(issuer.sha256);
}

function mayNotSignLists({ version, basicConstraints, keyUsage }: ParsedCertificate): boolean {
  if (basicConstraints ? !basicConstraints.ca : version === 3) return true;
  return keyUsage !== undefined && keyUsage.usages.size > 0 && !keyUsage.usages.has('cRLSign');
}

function toGoTime(moment: Date): string {
  return `${toRfc3339(moment).replace('T', ' ').replace('Z', '')} +0000 UTC`;
}

/** Signed by the issuer, in date, and without a critical extension that nobody here knows (RFC 5280, section 5.2). */
async function assertValid(crl: Crl, { issuer, now }: CrlQuestion): Promise<void> {
  const fault = mayNotSignLists(issuer)
    ? 'x509: invalid signature: parent certificate cannot sign this kind of certificate'
    : await signatureFaultOf(crl, issuer);
  if (fault !== undefined)
    throw new RevocationFault('badSignature', `CRL is not signed by CA ${issuer.subject}: ${fault},`);
  const { nextUpdate } = crl;
  const times = timesOf(crl);
  if (nextUpdate === undefined) throw new RevocationFault('noNextUpdate', 'CRL NextUpdate is not set', { times });
  if (now > nextUpdate) {
    const message = `expired CRL. Current time ${toGoTime(now)} is after CRL NextUpdate ${toGoTime(nextUpdate)}`;
    throw new RevocationFault('expired', message, { times });
  }
  const unknown = crl.extensions.find(({ oid, critical }) => critical && !readCritical.includes(oid));
  if (unknown)
    throw new RevocationFault('unsupported', `unsupported critical extension found in CRL: ${unknown.oid}`, { times });
}

/** Whether one number in hex is above another. */
function isAbove(left: string, right: string): boolean {
  return BigInt(`0x${left}`) > BigInt(`0x${right}`);
}

function toDecimal(hex: string): string {
  return BigInt(`0x${hex}`).toString();
}

function parseIndicator(delta: Crl): string {
  const value = delta.extensions.find(({ oid }) => oid === crlOids.deltaIndicator)?.value;
  if (value === undefined) throw new RevocationFault('deltaMismatch', 'delta CRL indicator extension is not found');
  try {
    return parseDerInteger(new DerReader(value).readContent(derTag.integer, 'indicator'), 'indicator');
  } catch (error) {
    if (!(error instanceof DerError)) throw error;
    throw new RevocationFault('deltaMismatch', 'failed to parse delta CRL indicator extension', { cause: error });
  }
}

/** A delta must be newer than the base and made for it (RFC 5280, section 5.2.4). The reference stops dead where a number is missing. */
function assertFits(delta: Crl, base: Crl): void {
  if (delta.number === undefined || base.number === undefined) throw new RevocationFault('deltaMismatch');
  const [deltaNumber, baseNumber] = [toDecimal(delta.number), toDecimal(base.number)];
  if (!isAbove(delta.number, base.number)) {
    const message = `delta CRL number ${deltaNumber} is not greater than the base CRL number ${baseNumber}`;
    throw new RevocationFault('deltaMismatch', message);
  }
  const indicator = parseIndicator(delta);
  if (isAbove(indicator, base.number)) {
    const message = `delta CRL indicator ${toDecimal(indicator)} is not less than or equal to the base CRL number ${baseNumber}`;
    throw new RevocationFault('deltaMismatch', message);
  }
}

async function labelled<T>(words: string, task: Promise<T>): Promise<T> {
  try {
    return await task;
  } catch (error) {
    throw error instanceof RevocationFault ? error.after(words) : error;
  }
}

/**
 * Whether a base list and its delta may be judged by.
 *
 * @throws RevocationFault `badSignature`, `noNextUpdate`, `expired`, `unsupported`, `deltaMismatch`
 */
export async function assertValidBundle({ base, delta }: CrlBundle, question: CrlQuestion): Promise<void> {
  await labelled('failed to validate base CRL: ', assertValid(base, question));
  if (delta === undefined) return;
  await labelled('failed to validate delta CRL: ', assertValid(delta, question));
  assertFits(delta, base);
}

/** The first entry that settles it, else the latest of those that come and go; undefined when the certificate is not revoked. */
function findRevocation(entries: readonly CrlEntry[], authenticSigningTime: Date | undefined): CrlEntry | undefined {
  let latest: CrlEntry | undefined;
  for (const entry of entries) {
    const { reason, revokedAt, invalidityDate, fault } = entry;
    if (fault) throw fault;
    if (authenticSigningTime !== undefined && invalidityDate !== undefined && authenticSigningTime < invalidityDate)
      return undefined;
    if (reason !== certificateHold && reason !== removeFromCrl) return entry;
    if (latest === undefined || latest.revokedAt < revokedAt) latest = entry;
  }
  return latest?.reason === certificateHold ? latest : undefined;
}

/**
 * What a valid bundle says of a certificate (RFC 5280, section 6.3): entries of base and delta are read as one list; a hold counts as
 * revoked until it is taken back.
 *
 * @throws RevocationFault `malformed`, `unsupported`; the signal's reason
 */
export async function judgeBundle(
  { base, delta }: CrlBundle,
  { certificate, authenticSigningTime }: CrlQuestion,
  signal: AbortSignal,
): Promise<RevocationAnswer> {
  const entries = [...(await findEntries(base.entries, certificate.serialNumber, signal))];
  if (delta) entries.push(...(await findEntries(delta.entries, certificate.serialNumber, signal)));
  const revocation = findRevocation(entries, authenticSigningTime);
  const times = timesOf(delta ?? base);
  if (revocation === undefined) return { outcome: 'good', times };
  return { outcome: 'revoked', times, revokedAt: revocation.revokedAt };
}
