import { AppError } from '../../../shared/errors/app-error.ts';
import { toGoQuoted as quote } from '../codec/go-text.ts';
import { toRfc3339 } from '../codec/rfc3339.ts';
import type { Clock, Http, Random } from '../ports.ts';
import type { RevocationChecker } from '../revocation/revocation-checker.ts';
import type { ParsedCertificate } from '../x509/parsed-certificate.ts';
import { askAuthority } from './ask-authority.ts';
import type { HashName } from './hash-algorithms.ts';
import type { TimestampAuthority } from './timestamp-authority.ts';
import { TimestampFault } from './timestamp-fault.ts';
import { toFineTime } from './timestamp-model.ts';
import { createTimestampRequest, type TimestampRequest } from './timestamp-request.ts';
import { parseTimestampResponse } from './timestamp-response.ts';
import { checkAbout, checkTimeWithin, findTimestampingChain, readToken, type ReadToken } from './verify-token.ts';

/** What asking takes of the world. */
export interface TimestampPorts {
  readonly http: Http;
  readonly clock: Clock;
  readonly random: Random;
  /** Asked about the authority's chain, once it leads to the root. */
  readonly revocation: RevocationChecker;
}

/** What is stamped: the signature value as it stands in the envelope, and by what it was made. */
export interface SignatureToStamp {
  readonly value: Uint8Array;
  /** Of the signing key's algorithm. */
  readonly hash: HashName;
  readonly chain: readonly ParsedCertificate[];
}

const nsPerMs = 1_000_000n;

/** The answer must repeat the question: imprint byte for byte, and nonce. */
function checkAnswer({ info }: ReadToken, { rawImprint, nonce }: TimestampRequest): void {
  const refuse = (message: string): TimestampFault => new TimestampFault(`invalid timestamping response: ${message}`);
  if (Buffer.compare(info.rawImprint, rawImprint) !== 0)
    throw refuse('message imprint in response does not match with request');
  if (info.nonce !== nonce)
    throw refuse(`nonce in response ${info.nonce ?? '<nil>'} does not match nonce in request ${nonce}`);
}

function readAnswer(bytes: Uint8Array, request: TimestampRequest, value: Uint8Array, host: string): ReadToken {
  try {
    const response = parseTimestampResponse(bytes);
    if (response.rejected !== undefined)
      throw new AppError('timestamp.rejected', { host, message: `timestamp: ${response.rejected}` });
    const read = readToken(response.token);
    checkAbout(read, value);
    checkAnswer(read, request);
    return read;
  } catch (error) {
    if (!(error instanceof TimestampFault)) throw error;
    throw new AppError('timestamp.badAnswer', { host, message: `timestamp: ${error.message}` }, { cause: error });
  }
}

/** Valid now, as the reference asks, and at the token's own time, as every later verification will. */
function findTrustedChain(read: ReadToken, { root, url }: TimestampAuthority, now: Date): readonly ParsedCertificate[] {
  try {
    findTimestampingChain(read, [root], BigInt(now.getTime()) * nsPerMs);
    return findTimestampingChain(read, [root], read.info.genTimeNs);
  } catch (error) {
    if (!(error instanceof TimestampFault)) throw error;
    const subject = read.signers[0]?.certificate.subject ?? '';
    const details = { host: url.host, subject, message: `timestamp: ${error.message}` };
    throw new AppError('timestamp.notTrusted', details, { cause: error });
  }
}

/** A token outside the signer's validity would never verify: rule V-36, applied before the signature leaves. */
function assertWithinChain({ info }: ReadToken, chain: readonly ParsedCertificate[], host: string): void {
  try {
    checkTimeWithin(info, chain);
  } catch (error) {
    if (!(error instanceof TimestampFault)) throw error;
    const subject = String(error.details['subject']);
    const outside = chain.find((certificate) => certificate.subject === subject) ?? chain[0];
    throw new AppError(
      'timestamp.outsideCertificate',
      {
        host,
        subject,
        time: toFineTime(info.genTimeNs),
        notBefore: outside ? toRfc3339(outside.notBefore) : '',
        notAfter: outside ? toRfc3339(outside.notAfter) : '',
        message: `timestamp: ${error.message}`,
      },
      { cause: error },
    );
  }
}

/** Rule V-06: before a token is put beside a signature, its authority's chain is asked about. */
async function assertNotRevoked(
  chain: readonly ParsedCertificate[],
  host: string,
  checker: RevocationChecker,
  signal: AbortSignal,
): Promise<void> {
  const { result, subject = '' } = await checker.checkChain(chain, { purpose: 'timestamping' }, signal);
  if (result === 'good') return;
  const beginning = `timestamp: timestamping certificate with subject ${quote(subject)}`;
  if (result === 'revoked')
    throw new AppError('timestamp.revoked', { host, subject, message: `${beginning} is revoked` });
  throw new AppError('timestamp.revocationUnknown', {
    host,
    subject,
    message: `${beginning} revocation status is unknown`,
  });
}

/**
 * Asks a timestamp authority for a token over a signature and checks it as a verifier will, before anything leaves (signing
 * workflow, "Timestamp countersignature"): the token's own signature, imprint and nonce, the chain to the one root, its time
 * within the signing certificates, and revocation of the authority's chain.
 *
 * @returns DER of the token
 * @throws AppError `timestamp.*`; the signal's reason
 */
export async function obtainTimestamp(
  authority: TimestampAuthority,
  { value, hash, chain: signingChain }: SignatureToStamp,
  { http, clock, random, revocation }: TimestampPorts,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const { host } = authority.url;
  const request = createTimestampRequest(value, hash, random);
  const answer = await askAuthority(http, authority.url, request.bytes, signal);
  const read = readAnswer(answer, request, value, host);
  const chain = findTrustedChain(read, authority, clock.now());
  assertWithinChain(read, signingChain, host);
  await assertNotRevoked(chain, host, revocation, signal);
  return read.token.raw;
}
