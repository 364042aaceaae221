import { isAppError } from '../../../shared/errors/app-error.ts';
import { keySignatureFault, signedBytesFault } from '../x509/certificate-signature.ts';
import { DerError, DerReader, derTag } from '../x509/der-reader.ts';
import { parseCertificate } from '../x509/parse-certificate.ts';
import type { ParsedCertificate } from '../x509/parsed-certificate.ts';
import { hashIssuer } from './ocsp-request.ts';
import { parseGeneralizedTime, parseOcspResponse, type OcspResponse, type SingleResponse } from './ocsp-response.ts';
import { RevocationFault, type AnswerTimes, type RevocationAnswer } from './revocation-fault.ts';

const ocspSigning = '1.3.6.1.5.5.7.3.9';
const invalidityDateOid = '2.5.29.24';

/** Whose certificate is asked about, and when. */
export interface OcspQuestion {
  readonly certificate: ParsedCertificate;
  readonly issuer: ParsedCertificate;
  readonly now: Date;
  readonly authenticSigningTime?: Date | undefined;
}

function isEqual(left: Uint8Array, right: Uint8Array): boolean {
  return Buffer.compare(left, right) === 0;
}

function isAbout({ hash, issuerNameHash, issuerKeyHash }: SingleResponse, issuer: ParsedCertificate): boolean {
  if (hash === undefined) return false;
  const { name, key } = hashIssuer(issuer, hash);
  return isEqual(name, issuerNameHash) && isEqual(key, issuerKeyHash);
}

/** The reference compares serial numbers only; here the issuer must be the same too, else it is another's certificate. */
function findResponse(response: OcspResponse, { certificate, issuer }: OcspQuestion): SingleResponse {
  const found = response.responses.find(({ serialNumber }) => serialNumber === certificate.serialNumber);
  if (found === undefined)
    throw new RevocationFault('otherCertificate', 'no response matching the supplied certificate');
  if (found.hash === undefined) throw new RevocationFault('unsupported', 'unsupported issuer hash algorithm');
  if (!isAbout(found, issuer)) throw new RevocationFault('otherCertificate');
  return found;
}

function parseResponder(bytes: Uint8Array): ParsedCertificate {
  try {
    return parseCertificate(bytes);
  } catch (error) {
    if (isAppError(error, 'certificate.malformed'))
      throw new RevocationFault('malformed', error.details.fault, { cause: error });
    throw error;
  }
}

/**
 * Who may answer (RFC 6960, section 4.2.2.2): the issuer, or whoever it gave a certificate for signing OCSP answers. The reference
 * takes any certificate of the issuer, so that every holder of one could vouch for itself; here it must say OCSP signing and be
 * valid.
 */
function assertMayAnswer(responder: ParsedCertificate, { issuer, now }: OcspQuestion): void {
  const fault = keySignatureFault(responder, issuer);
  if (fault) throw new RevocationFault('badSignature', `bad OCSP signature: ${fault.message}`);
  if (responder.sha256 === issuer.sha256) return;
  const mayAnswer = responder.extendedKeyUsage?.oids.includes(ocspSigning) === true;
  const isValid = now >= responder.notBefore && now <= responder.notAfter;
  if (!mayAnswer || !isValid) throw new RevocationFault('wrongResponder');
}

async function assertSigned(response: OcspResponse, question: OcspQuestion): Promise<void> {
  const { responder: bytes } = response;
  if (bytes === undefined) {
    const fault = await signedBytesFault(response, question.issuer);
    if (fault) throw new RevocationFault('badSignature', `bad OCSP signature: ${fault.message}`);
    return;
  }
  const responder = parseResponder(bytes);
  const fault = await signedBytesFault(response, responder);
  if (fault) throw new RevocationFault('badSignature', `bad signature on embedded certificate: ${fault.message}`);
  assertMayAnswer(responder, question);
}

/** Whether the certificate turned invalid only after an authority signed. A date that cannot be read does not help. */
function isRevokedLater({ extensions }: SingleResponse, authenticSigningTime: Date | undefined): boolean {
  const value = extensions.findLast(({ oid }) => oid === invalidityDateOid)?.value;
  if (value === undefined || authenticSigningTime === undefined) return false;
  try {
    const reader = new DerReader(value);
    const invalidityDate = parseGeneralizedTime(reader.readContent(derTag.generalizedTime, 'invalidity date'));
    reader.assertAtEnd('the invalidity date');
    return authenticSigningTime < invalidityDate;
  } catch (error) {
    if (error instanceof DerError) return false;
    throw error;
  }
}

function answerOf(single: SingleResponse, times: AnswerTimes, question: OcspQuestion): RevocationAnswer {
  const { status, revokedAt } = single;
  if (status === 'good') return { outcome: 'good', times };
  if (status === 'unknown') return { outcome: 'unknown', times, fault: 'certificate has unknown status via OCSP' };
  const revocation = { times, ...(revokedAt && { revokedAt }) };
  if (isRevokedLater(single, question.authenticSigningTime)) return { outcome: 'good', ...revocation };
  return { outcome: 'revoked', ...revocation, fault: 'certificate is revoked via OCSP' };
}

/**
 * What an OCSP response says of a certificate (RFC 6960, section 3.2): signed by the issuer or for it, about this certificate, and
 * not out of date. One without nextUpdate counts as out of date (rule O-12).
 *
 * @throws RevocationFault `malformed`, `serverRefused`, `otherCertificate`, `badSignature`, `wrongResponder`, `unsupported`,
 * `expired`, `noNextUpdate`
 */
export async function judgeOcspResponse(bytes: Uint8Array, question: OcspQuestion): Promise<RevocationAnswer> {
  const response = parseOcspResponse(bytes);
  const single = findResponse(response, question);
  await assertSigned(response, question);
  if (single.extensions.some(({ critical }) => critical))
    throw new RevocationFault('unsupported', 'unsupported critical extension');
  const { producedAt } = response;
  const { thisUpdate, nextUpdate } = single;
  const times: AnswerTimes = { producedAt, thisUpdate, ...(nextUpdate && { nextUpdate }) };
  if (nextUpdate === undefined || question.now > nextUpdate) {
    const outcome = nextUpdate === undefined ? 'noNextUpdate' : 'expired';
    throw new RevocationFault(outcome, 'error checking revocation status via OCSP: expired OCSP response', { times });
  }
  return answerOf(single, times, question);
}
