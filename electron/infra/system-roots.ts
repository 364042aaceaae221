import { readFileSync } from 'node:fs';
import tls from 'node:tls';

const bundles = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/ssl/cert.pem',
];

/** Node before 22.15 cannot be asked for the system's roots. */
type MaybeNewTls = typeof tls & { getCACertificates?: (type: 'default' | 'system' | 'extra') => readonly string[] };

function readBundle(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function readSystemBundle(environment: NodeJS.ProcessEnv): string | undefined {
  const named = environment['SSL_CERT_FILE'];
  for (const path of named ? [named] : bundles) {
    const bundle = readBundle(path);
    if (bundle !== undefined) return bundle;
  }
  return undefined;
}

let roots: readonly string[] | undefined;

/** Certificates that TLS connections trust: Node's own, the system's, and those of NODE_EXTRA_CA_CERTS. Read once. */
export function systemRoots(environment: NodeJS.ProcessEnv = process.env): readonly string[] {
  if (roots) return roots;
  const { getCACertificates }: MaybeNewTls = tls;
  const bundle = environment['SSL_CERT_FILE'] || !getCACertificates ? readSystemBundle(environment) : undefined;
  const extra = environment['NODE_EXTRA_CA_CERTS'] ? readBundle(environment['NODE_EXTRA_CA_CERTS']) : undefined;
  const system = getCACertificates?.('system') ?? [];
  roots = [...new Set([...tls.rootCertificates, ...system, ...(bundle ? [bundle] : []), ...(extra ? [extra] : [])])];
  return roots;
}
