import type { CertificateRevocation, RevocationQuestion } from '../../../shared/model/revocation.ts';
import { toGoQuoted as quote } from '../codec/go-text.ts';
import type { DecodedEnvelope } from '../envelope/envelope.ts';
import type { ChainRevocation, RevocationChecker } from '../revocation/revocation-checker.ts';
import type { ParsedCertificate } from '../x509/parsed-certificate.ts';
import { toFinding, type Finding } from './finding.ts';

/** The finding with what was asked about each certificate. */
export interface Revocation {
  readonly finding: Finding;
  readonly certificates?: readonly CertificateRevocation[];
}

/** Where Inkan stops and the reference goes on. */
const stricter: readonly RevocationQuestion['outcome'][] = [
  'addressRefused',
  'redirected',
  'wrongResponder',
  'otherCertificate',
];

/** Whether there is anybody to ask about a certificate. */
export function namesServer({ ocspUrls, crlUrls }: ParsedCertificate): boolean {
  return ocspUrls.length > 0 || crlUrls.length > 0;
}

/** Why nothing is known of the certificate at fault; `stricter` where the reference might know. */
export function explainUnknown({ subject = '', certificates }: ChainRevocation): {
  readonly isOffline: boolean;
  readonly servers: readonly string[];
  readonly outcome: string;
  readonly stricter: boolean;
} {
  const questions = certificates.find((one) => one.subject === subject && one.result === 'unknown')?.questions ?? [];
  const outcomes = questions.map(({ outcome }) => outcome);
  return {
    isOffline: outcomes.includes('offline'),
    servers: [...new Set(questions.map(({ url }) => url))],
    outcome: outcomes.at(-1) ?? '',
    stricter: outcomes.some((outcome) => stricter.includes(outcome)),
  };
}

function unknownFinding(revocation: ChainRevocation): Finding {
  const { subject = '' } = revocation;
  const { isOffline, ...why } = explainUnknown(revocation);
  const message = `signing certificate with subject ${quote(subject)} revocation status is unknown`;
  if (isOffline) return toFinding('inconclusive', 'revocation.notAsked', { because: 'offline', subject }, message);
  return toFinding('inconclusive', 'revocation.unknown', { subject, ...why }, message);
}

function toRevocationFinding(chain: readonly ParsedCertificate[], revocation: ChainRevocation): Finding {
  const { result, subject = '', certificates } = revocation;
  if (result === 'unknown') return unknownFinding(revocation);
  if (result === 'revoked') {
    const revoked = certificates.find((one) => one.result === 'revoked')?.questions.at(-1);
    const details = { subject, ...(revoked?.revokedAt !== undefined && { revokedAt: revoked.revokedAt }) };
    const message = `signing certificate with subject ${quote(subject)} is revoked`;
    return toFinding('failed', 'revocation.revoked', details, message);
  }
  const unnamed = chain.slice(0, -1).filter((certificate) => !namesServer(certificate));
  if (unnamed.length === Math.max(0, chain.length - 1)) return toFinding('passed', 'revocation.noServer');
  return toFinding('passed', 'revocation.good', {
    checked: chain.length - 1 - unnamed.length,
    without: unnamed.map((certificate) => certificate.subject),
  });
}

/**
 * Whether a certificate of the chain was revoked (trust policy specification, "Signature verification details", revocation). The
 * root is not asked about, and a certificate that names no server counts as fine, as with the reference. Nothing is asked for a
 * chain that no trust store anchors (rule O-09), or whose signer is refused anyway.
 *
 * @param isTrusted whether the chain is anchored, and its signer not refused
 */
export async function checkRevocation(
  { chain, signingScheme, authenticSigningTime }: DecodedEnvelope,
  checker: RevocationChecker,
  isTrusted: boolean,
  signal: AbortSignal,
): Promise<Revocation> {
  const asked = chain.slice(0, -1).find(namesServer);
  if (!isTrusted && asked)
    return {
      finding: toFinding('inconclusive', 'revocation.notAsked', { because: 'notTrusted', subject: asked.subject }),
    };
  // Only a signing authority says when it signed in a way that counts here.
  const isAuthority = signingScheme === 'notary.x509.signingAuthority';
  const time = isAuthority && authenticSigningTime ? { authenticSigningTime } : {};
  const revocation = await checker.checkChain(chain, { purpose: 'codeSigning', ...time }, signal);
  return { finding: toRevocationFinding(chain, revocation), certificates: revocation.certificates };
}

/**
 * What a plugin that looks for revocation instead found.
 *
 * @param result - undefined when it gave none
 */
export function toPluginRevocation(
  plugin: string,
  result: { readonly success: boolean; readonly reason: string } | undefined,
): Revocation {
  if (result === undefined) return { finding: toFinding('inconclusive', 'revocation.pluginUndecided', { plugin }) };
  if (result.success) return { finding: toFinding('passed', 'revocation.pluginGood', { plugin }) };
  const message = `revocation check by verification plugin ${quote(plugin)} failed with reason ${quote(result.reason)}`;
  const because = result.reason === '' ? 'none' : result.reason;
  return { finding: toFinding('failed', 'revocation.pluginRefused', { plugin, because }, message) };
}
