import type { TrustPolicyStatement } from '../../../shared/model/trust-policy.ts';
import { toGoQuoted as quote } from '../codec/go-text.ts';
import { toRfc1123 } from '../codec/go-time.ts';
import { toRfc3339 } from '../codec/rfc3339.ts';
import type { DecodedEnvelope } from '../envelope/envelope.ts';
import type { ParsedCertificate } from '../x509/parsed-certificate.ts';
import { toFinding, type Finding } from './finding.ts';
import { checkToken, type AuthenticTimestamp, type TimestampContext } from './token-check.ts';

/** Whether a signature has expired (trust policy specification, "Signature verification details", expiry): at its expiry it has. */
export function checkExpiry(envelope: DecodedEnvelope, now: Date): Finding {
  if (envelope.expiry === undefined) return toFinding('passed', 'expiry.none');
  const details = { expiry: toRfc3339(envelope.expiry) };
  if (now < envelope.expiry) return toFinding('passed', 'expiry.ahead', details);
  return toFinding(
    'failed',
    'expiry.past',
    details,
    `digital signature has expired on "${toRfc1123(envelope.expiry)}"`,
  );
}

/** Go compares whole moments: a certificate is good up to and including its last second's beginning. */
function checkValidNow(chain: readonly ParsedCertificate[], now: Date, because: 'noTsaStore' | 'notExpired'): Finding {
  for (const { subject, notBefore, notAfter } of chain) {
    if (now < notBefore) {
      const message = `verification time is before certificate ${quote(subject)} validity period, it will be valid from "${toRfc1123(notBefore)}"`;
      return toFinding(
        'failed',
        'timestamp.certificateNotYetValid',
        { subject, notBefore: toRfc3339(notBefore) },
        message,
      );
    }
    if (now > notAfter) {
      const message = `verification time is after certificate ${quote(subject)} validity period, it was expired at "${toRfc1123(notAfter)}"`;
      return toFinding('failed', 'timestamp.certificateExpired', { subject, notAfter: toRfc3339(notAfter) }, message);
    }
  }
  const first = Math.min(...chain.map(({ notAfter }) => notAfter.getTime()));
  return toFinding('passed', 'timestamp.certificatesValidNow', { because, notAfter: toRfc3339(new Date(first)) });
}

function checkAuthenticSigningTime({ authenticSigningTime, chain }: DecodedEnvelope): Finding {
  if (authenticSigningTime === undefined) return toFinding('failed', 'timestamp.signingTimeMissing');
  const time = toRfc3339(authenticSigningTime);
  const outside = chain.find(
    ({ notBefore, notAfter }) => authenticSigningTime < notBefore || authenticSigningTime > notAfter,
  );
  if (outside === undefined) return toFinding('passed', 'timestamp.signingTimeWithin', { time });
  const message = `certificate ${quote(outside.subject)} was not valid when the digital signature was produced at "${toRfc1123(authenticSigningTime)}"`;
  return toFinding('failed', 'timestamp.signingTimeOutside', { time, subject: outside.subject }, message);
}

/**
 * Whether the certificates were valid when they signed (trust policy specification, "Signature verification details",
 * authentic timestamp). A timestamp is asked for when the statement lists a `tsa` store and says `always`, or says
 * `afterCertExpiry` and a certificate has expired; a token beside a statement without `tsa` store is ignored.
 * @throws the signal's reason
 */
export async function checkAuthenticTimestamp(
  envelope: DecodedEnvelope,
  statement: TrustPolicyStatement,
  context: TimestampContext,
  signal: AbortSignal,
): Promise<AuthenticTimestamp> {
  const { now } = context;
  if (envelope.signingScheme === 'notary.x509.signingAuthority')
    return { finding: checkAuthenticSigningTime(envelope) };
  const { chain, timestampToken } = envelope;
  if (!statement.trustStores.some((store) => store.startsWith('tsa:')))
    return { finding: checkValidNow(chain, now, 'noTsaStore') };
  const afterExpiry = statement.signatureVerification.verifyTimestamp === 'afterCertExpiry';
  if (afterExpiry && !chain.some(({ notAfter }) => now > notAfter))
    return { finding: checkValidNow(chain, now, 'notExpired') };
  const because = afterExpiry ? 'expired' : 'always';
  if (timestampToken === undefined || timestampToken.length === 0) {
    const message = 'no timestamp countersignature was found in the signature envelope';
    return { finding: toFinding('failed', 'timestamp.missing', { because }, message) };
  }
  return checkToken(timestampToken, envelope, statement, context, because, signal);
}
