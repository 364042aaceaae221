import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { isAppError } from '../../shared/errors/app-error.ts';
import { parseCertificates } from '../../electron/domain/x509/certificate-file.ts';
import type { ParsedCertificate } from '../../electron/domain/x509/parsed-certificate.ts';

/** Cases of x509-limbo stand beside the checkout, because no package registry carries them. */
const file = path.resolve(import.meta.dirname, '..', '..', '..', 'shared', 'vectors', 'x509-limbo.json');

/** A path validation case as x509-limbo writes it. */
export interface LimboCase {
  readonly id: string;
  readonly expected_result: 'SUCCESS' | 'FAILURE';
  readonly trusted_certs: readonly string[];
  readonly untrusted_intermediates: readonly string[];
  readonly peer_certificate: string;
  readonly validation_time?: string | null;
  readonly crls: readonly string[];
}

export function haveLimbo(): boolean {
  return existsSync(file);
}

export function readLimbo(): readonly LimboCase[] {
  return JSON.parse(readFileSync(file, 'utf8')) as readonly LimboCase[];
}

/** A certificate that Inkan cannot read is none. */
function read(pems: readonly string[]): ParsedCertificate[] {
  return pems.flatMap((pem) => {
    try {
      return [...parseCertificates(Buffer.from(pem))];
    } catch (error) {
      if (isAppError(error, 'certificate.malformed')) return [];
      throw error;
    }
  });
}

const maxPaths = 200;

/**
 * The ways from the leaf to a trusted root by names of issuers: what a signer could put into an envelope. Each certificate is used
 * once, and only so many ways are looked at.
 */
export function findPaths(limbo: LimboCase): readonly (readonly ParsedCertificate[])[] {
  const [leaf] = read([limbo.peer_certificate]);
  const [trusted, others] = [read(limbo.trusted_certs), read(limbo.untrusted_intermediates)];
  const found: ParsedCertificate[][] = [];
  const open: ParsedCertificate[][] = leaf ? [[leaf]] : [];
  for (let left = maxPaths; left > 0 && open.length > 0; left -= 1) {
    const way = open.pop() ?? [];
    const last = way.at(-1);
    const issuers = [...others, ...trusted].filter(
      ({ subject, sha256 }) => subject === last?.issuer && way.every((one) => one.sha256 !== sha256),
    );
    for (const issuer of issuers) {
      if (trusted.some(({ sha256 }) => sha256 === issuer.sha256)) found.push([...way, issuer]);
      open.push([...way, issuer]);
    }
  }
  return found;
}
