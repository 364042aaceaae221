import { toGoQuoted } from '../codec/go-text.ts';
import { toRfc3339 } from '../codec/rfc3339.ts';
import { isIssuerName, signatureFaultFrom } from './certificate-signature.ts';
import { commonNameOf } from './distinguished-name.ts';
import type { ParsedCertificate } from './parsed-certificate.ts';

/** What a path may be made of, when it must be valid, and what for. */
export interface ChainSearch {
  /** Where a path may end. */
  readonly roots: readonly ParsedCertificate[];
  /** What may stand between, in any order, trusted or not. */
  readonly between: readonly ParsedCertificate[];
  /** Nanoseconds since 1970. */
  readonly atNs: bigint;
  /** OID of the extended key usage that every certificate of the path must allow. */
  readonly usage: string;
}

/** Paths, leaf first and root last, the likeliest first; or why there is none, in the words of the reference. */
export type FoundChains =
  | { readonly chains: readonly (readonly ParsedCertificate[])[]; readonly fault?: never }
  | { readonly chains?: never; readonly fault: string };

const anyUsage = '2.5.29.37.0';
/** What is understood here: key identifiers, key usage, alternative names, basic constraints, CRL points, policies, extended key usage, access. */
const understood = new Set([
  '2.5.29.14',
  '2.5.29.15',
  '2.5.29.17',
  '2.5.29.19',
  '2.5.29.31',
  '2.5.29.32',
  '2.5.29.35',
  '2.5.29.37',
  '1.3.6.1.5.5.7.1.1',
]);
/** Name constraints, policy mappings, policy constraints, inhibit any policy: judging them takes more than is done here. */
const refused = new Set(['2.5.29.30', '2.5.29.33', '2.5.29.36', '2.5.29.54']);
const maxSignatureChecks = 100;
const maxChainLength = 10;
const nsPerMs = 1_000_000n;

function toNs(moment: Date): bigint {
  return BigInt(moment.getTime()) * nsPerMs;
}

function toDate(ns: bigint): Date {
  return new Date(Number(ns / nsPerMs));
}

/** Why a certificate may not stand in a path at `below` certificates above the leaf's own issuer; RFC 5280, section 6.1. */
function faultOf(certificate: ParsedCertificate, atNs: bigint, below?: number): string | undefined {
  const { extensions, notBefore, notAfter, basicConstraints } = certificate;
  if (extensions.some(({ oid, critical }) => refused.has(oid) || (critical && !understood.has(oid))))
    return 'x509: unhandled critical extension';
  const at = toRfc3339(toDate(atNs));
  const expired = 'x509: certificate has expired or is not yet valid: current time';
  if (atNs < toNs(notBefore)) return `${expired} ${at} is before ${toRfc3339(notBefore)}`;
  if (atNs > toNs(notAfter)) return `${expired} ${at} is after ${toRfc3339(notAfter)}`;
  if (below === undefined) return undefined;
  if (basicConstraints?.pathLength !== undefined && below > basicConstraints.pathLength)
    return 'x509: too many intermediates for path length constraint';
  return undefined;
}

function allows(certificate: ParsedCertificate, usage: string): boolean {
  const oids = certificate.extendedKeyUsage?.oids ?? [];
  return oids.length === 0 || oids.includes(anyUsage) || oids.includes(usage);
}

function isSameKey(certificate: ParsedCertificate, other: ParsedCertificate): boolean {
  return (
    Buffer.compare(certificate.rawSubject, other.rawSubject) === 0 && certificate.publicKey.equals(other.publicKey)
  );
}

/** Walks from the leaf up, roots first at each step; the number of signature checks is bounded, so a token cannot be a maze. */
class Walk {
  readonly chains: ParsedCertificate[][] = [];
  readonly #search: ChainSearch;
  #checks = 0;
  /** The first reason why a candidate was not taken. */
  hint = '';

  constructor(search: ChainSearch) {
    this.#search = search;
  }

  from(path: readonly ParsedCertificate[]): void {
    const last = path.at(-1);
    if (last === undefined || path.length >= maxChainLength) return;
    for (const root of this.#search.roots) if (this.#isParent(root, last, path)) this.chains.push([...path, root]);
    for (const candidate of this.#search.between)
      if (this.#isAuthority(candidate) && this.#isParent(candidate, last, path)) this.from([...path, candidate]);
  }

  #isAuthority({ basicConstraints }: ParsedCertificate): boolean {
    return basicConstraints?.ca === true;
  }

  #isParent(candidate: ParsedCertificate, child: ParsedCertificate, path: readonly ParsedCertificate[]): boolean {
    if (!isIssuerName(child, candidate) || path.some((certificate) => isSameKey(certificate, candidate))) return false;
    this.#checks += 1;
    if (this.#checks > maxSignatureChecks) return false;
    const fault =
      signatureFaultFrom(child, candidate)?.message ?? faultOf(candidate, this.#search.atNs, path.length - 1);
    if (fault !== undefined && this.hint === '') {
      const name = commonNameOf(candidate.subjectAttributes) ?? candidate.subject;
      this.hint = ` (possibly because of ${toGoQuoted(fault)} while trying to verify candidate authority certificate ${toGoQuoted(name)})`;
    }
    return fault === undefined;
  }
}

/**
 * Finds paths from a certificate to trusted roots at a moment (RFC 5280, section 6.1), as the reference does; stricter where
 * certificates constrain names or policies: such a path is not taken. Revocation is another question.
 */
export function buildChains(leaf: ParsedCertificate, search: ChainSearch): FoundChains {
  const fault = faultOf(leaf, search.atNs);
  if (fault !== undefined) return { fault };
  const walk = new Walk(search);
  if (search.roots.some(({ sha256 }) => sha256 === leaf.sha256)) walk.chains.push([leaf]);
  else walk.from([leaf]);
  if (walk.chains.length === 0) return { fault: `x509: certificate signed by unknown authority${walk.hint}` };
  const chains = walk.chains.filter((chain) => chain.every((certificate) => allows(certificate, search.usage)));
  return chains.length > 0 ? { chains } : { fault: 'x509: certificate specifies an incompatible key usage' };
}
