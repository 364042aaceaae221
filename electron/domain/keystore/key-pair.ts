import type { KeyObject } from 'node:crypto';
import { AppError } from '../../../shared/errors/app-error.ts';
import { CodecError } from '../codec/codec-error.ts';
import type { Clock } from '../ports.ts';
import { parseCertificates } from '../x509/certificate-file.ts';
import { checkCodeSigningChain } from '../x509/chain-check.ts';
import type { ParsedCertificate } from '../x509/parsed-certificate.ts';
import { parsePem } from '../x509/pem.ts';
import { assertKeyMatchesCertificate, parsePrivateKey } from '../x509/private-key.ts';

/** A private key and the chain of its certificate, leaf first. */
export interface KeyPair {
  readonly key: KeyObject;
  readonly chain: readonly ParsedCertificate[];
}

/**
 * The certificates of a chain file: at least one.
 *
 * @throws AppError `certificate.malformed`
 */
export function parseChain(bytes: Uint8Array): readonly ParsedCertificate[] {
  const chain = parseCertificates(bytes);
  if (chain.length === 0) throw new AppError('certificate.malformed', { fault: 'no certificate in the file' });
  return chain;
}

/**
 * A private key and a chain that may sign together: one unencrypted key, the leaf's; a chain that keeps the certificate
 * requirements (signature specification, "Certificate requirements") from leaf to root.
 *
 * @throws AppError `key.malformed`, `key.encrypted`, `key.unsupported`, `key.doesNotMatch`, `certificate.malformed`, `certificate.ruleBroken`
 */
export function parseKeyPair(keyPem: string, chainBytes: Uint8Array, clock: Clock): KeyPair {
  const pair = matchKeyPair(keyPem, chainBytes);
  const { fault } = checkCodeSigningChain(pair.chain, { now: clock.now() });
  if (fault)
    throw new AppError('certificate.ruleBroken', { rule: fault.rule, subject: fault.subject, message: fault.message });
  return pair;
}

/**
 * A private key and a chain that belong together, whether or not they may sign: one unencrypted key, the leaf's.
 *
 * @throws AppError `key.malformed`, `key.encrypted`, `key.unsupported`, `key.doesNotMatch`, `certificate.malformed`
 */
export function matchKeyPair(keyPem: string, chainBytes: Uint8Array): KeyPair {
  assertOneKey(keyPem);
  const key = parsePrivateKey(keyPem);
  const chain = parseChain(chainBytes);
  const [leaf] = chain;
  if (leaf) assertKeyMatchesCertificate(key, leaf);
  return { key, chain };
}

/** The reference would take the first of several keys, whichever was meant. */
function assertOneKey(pem: string): void {
  let count: number;
  try {
    count = parsePem(pem).filter(({ label }) => label.endsWith('PRIVATE KEY')).length;
  } catch (error) {
    if (error instanceof CodecError) throw new AppError('key.malformed', { fault: error.message });
    throw error;
  }
  if (count > 1) throw new AppError('key.malformed', { fault: 'more than one private key' });
}
