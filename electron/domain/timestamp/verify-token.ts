import { createHash } from 'node:crypto';
import { toGoQuoted as quote } from '../codec/go-text.ts';
import { toRfc3339 } from '../codec/rfc3339.ts';
import { toRfc1123 } from '../codec/go-time.ts';
import { buildChains } from '../x509/build-chain.ts';
import { checkTimestampingChain } from '../x509/chain-check.ts';
import type { ParsedCertificate } from '../x509/parsed-certificate.ts';
import { checkSigner, type TokenSigner } from './check-signer.ts';
import { hashOf } from './hash-algorithms.ts';
import { parseTimestampToken, type TimestampToken } from './signed-data.ts';
import { TimestampFault } from './timestamp-fault.ts';
import { parseTstInfo, type TstInfo } from './tst-info.ts';

/** A token whose own signature holds. Nothing says yet what it is about, or that its signer is trusted. */
export interface ReadToken {
  readonly token: TimestampToken;
  readonly info: TstInfo;
  /** Those whose signature over the token holds, at least one. */
  readonly signers: readonly TokenSigner[];
}

const timestamping = '1.3.6.1.5.5.7.3.8';
/** Tokens under the baseline policy (ETSI TS 102 023) that give no accuracy are good to a second. */
const baselinePolicy = '0.4.0.2023.1.1';
const nsPerSecond = 1_000_000_000n;
const nsPerMs = 1_000_000n;

/** The accuracy that counts, in nanoseconds (trust policy specification, "Timestamp countersignature verification"). */
export function accuracyOf({ accuracyNs, policy }: TstInfo): bigint {
  return accuracyNs === 0n && policy === baselinePolicy ? nsPerSecond : accuracyNs;
}

function unverified(message: string, cause?: unknown): TimestampFault {
  return new TimestampFault(`failed to verify signed token: ${message}`, { code: 'tokenInvalid', cause });
}

/** One signer whose signature holds is enough, as with the reference; of several faults the last is told. */
function findSigners(token: TimestampToken): TokenSigner[] {
  let last = unverified('signerInfo not found');
  const signers = token.signers.flatMap((signer) => {
    try {
      return [checkSigner(token, signer)];
    } catch (error) {
      if (!(error instanceof TimestampFault)) throw error;
      last = unverified(error.message, error);
      return [];
    }
  });
  if (signers.length === 0) throw last;
  return signers;
}

/**
 * Whether a token is about a signature and no other (rule V-32): the hash of the value, as it stands in the envelope.
 *
 * @throws TimestampFault
 */
export function checkAbout({ info }: Pick<ReadToken, 'info'>, signature: Uint8Array): void {
  const refuse = (message: string): TimestampFault =>
    new TimestampFault(`invalid TSTInfo: ${message}`, { code: 'otherSignature' });
  if (info.version !== 1) throw refuse(`timestamp token info version must be 1, but got ${info.version}`);
  const hash = hashOf(info.hashAlgorithm);
  if (hash === undefined) throw refuse(`unrecognized hash algorithm: ${info.hashAlgorithm}`);
  if (Buffer.compare(createHash(hash).update(signature).digest(), info.hashedMessage) !== 0)
    throw refuse('mismatched message');
}

/**
 * Reads a token: first its own signature (rule A-25), then what it says. RFC 3161, section 2.4.2.
 *
 * @throws TimestampFault
 */
export function readToken(bytes: Uint8Array): ReadToken {
  const token = parseTimestampToken(bytes);
  const signers = findSigners(token);
  return { token, info: parseTstInfo(token.content), signers };
}

function isValidAt(chain: readonly ParsedCertificate[], moment: Date): boolean {
  return chain.every(({ notBefore, notAfter }) => moment >= notBefore && moment <= notAfter);
}

function chainOf(
  { certificate, signingTime }: TokenSigner,
  token: TimestampToken,
  roots: readonly ParsedCertificate[],
  atNs: bigint,
): readonly ParsedCertificate[] {
  const refuse = (message: string): TimestampFault =>
    new TimestampFault(`failed to verify signed token: ${message}`, {
      code: 'chainNotTrusted',
      details: { subject: certificate.subject },
    });
  const found = buildChains(certificate, { roots, between: token.certificates, atNs, usage: timestamping });
  if (found.fault !== undefined) throw refuse(`cms verification failure: ${found.fault}`);
  const chain = found.chains.find((candidate) => signingTime === undefined || isValidAt(candidate, signingTime));
  if (chain === undefined)
    throw refuse(
      `cms verification failure: signing time, ${toRfc3339(signingTime ?? new Date(0))}, is outside certificate's validity period`,
    );
  const { oids = [], critical = false } = certificate.extendedKeyUsage ?? {};
  const invalid = {
    code: 'chainInvalid',
    details: { rule: 'timestampingOnly', subject: certificate.subject },
  } as const;
  if (oids.length !== 1 || oids[0] !== timestamping)
    throw new TimestampFault(
      'failed to verify signed token: signing certificate must have and only have ExtKeyUsageTimeStamping as extended key usage',
      invalid,
    );
  if (!critical)
    throw new TimestampFault(
      'failed to verify signed token: signing certificate extended key usage extension must be set as critical',
      invalid,
    );
  return chain;
}

/**
 * The chain of a token's signer to one of the roots, valid at the moment given, and held to the rules of timestamping
 * certificates (signature specification, "Certificate requirements"). The leaf is the certificate that signed, and no other of
 * the token's (rule V-35).
 *
 * @param atNs nanoseconds since 1970: the token's own time when verifying
 * @throws TimestampFault
 */
export function findTimestampingChain(
  { token, signers }: ReadToken,
  roots: readonly ParsedCertificate[],
  atNs: bigint,
): readonly ParsedCertificate[] {
  let last: TimestampFault | undefined;
  for (const signer of signers) {
    try {
      const chain = chainOf(signer, token, roots, atNs);
      const { fault } = checkTimestampingChain(chain);
      if (fault === undefined) return chain;
      const details = { rule: fault.rule, subject: fault.subject };
      last = new TimestampFault(fault.message, { code: 'chainInvalid', details });
    } catch (error) {
      if (!(error instanceof TimestampFault)) throw error;
      last = error;
    }
  }
  throw last ?? unverified('signerInfo not found');
}

/**
 * Whether the time of a token, with its accuracy to both sides, lies within the validity of every certificate that signed (rule
 * V-36), bounds included.
 *
 * @throws TimestampFault
 */
export function checkTimeWithin(info: TstInfo, signingChain: readonly ParsedCertificate[]): void {
  const accuracyNs = accuracyOf(info);
  for (const { subject, notBefore, notAfter } of signingChain) {
    if (info.genTimeNs - accuracyNs < BigInt(notBefore.getTime()) * nsPerMs)
      throw new TimestampFault(
        `timestamp can be before certificate ${quote(subject)} validity period, it will be valid from "${toRfc1123(notBefore)}"`,
        { code: 'beforeCertificate', details: { subject, notBefore: toRfc3339(notBefore) } },
      );
    if (info.genTimeNs + accuracyNs > BigInt(notAfter.getTime()) * nsPerMs)
      throw new TimestampFault(
        `timestamp can be after certificate ${quote(subject)} validity period, it was expired at "${toRfc1123(notAfter)}"`,
        { code: 'afterCertificate', details: { subject, notAfter: toRfc3339(notAfter) } },
      );
  }
}
