import { AppError, isAppError } from '../../../shared/errors/app-error.ts';
import { CodecError } from '../codec/codec-error.ts';
import { parseCertificate } from '../x509/parse-certificate.ts';
import type { ParsedCertificate } from '../x509/parsed-certificate.ts';
import type { DecodedEnvelope, SignatureAlgorithm } from './envelope.ts';

/** Names of attributes that both formats share (signature specification, "Signed attributes" and "Unsigned attributes"). */
export const attributeNames = {
  expiry: 'io.cncf.notary.expiry',
  signingScheme: 'io.cncf.notary.signingScheme',
  signingTime: 'io.cncf.notary.signingTime',
  authenticSigningTime: 'io.cncf.notary.authenticSigningTime',
  timestampToken: 'io.cncf.notary.timestampSignature',
  signingAgent: 'io.cncf.notary.signingAgent',
} as const;

/** In the order of the reference's own numbers for them, from 1. */
export const signatureAlgorithms: readonly SignatureAlgorithm[] = [
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
];

/** The largest envelope that is read, as with the reference. */
export const maxEnvelopeBytes = 33_554_432;
const maxChainLength = 100;
/** Faults may quote the envelope, whose texts have no bound of their own. */
const maxFaultLength = 1024;
/** Go's zero time: the reference takes it for "no time". */
const goZeroTimeMs = new Date('0001-01-01T00:00:00Z').getTime();

/** The error of a broken envelope: what is wrong, in the reference's words where it has some, and where. */
export function malformed(fault: string, field: string, cause?: unknown): AppError<'envelope.malformed'> {
  return new AppError(
    'envelope.malformed',
    { fault: fault.slice(0, maxFaultLength), field: field.slice(0, 128) },
    { cause },
  );
}

/** Runs a decoder of untrusted bytes and names the field when it refuses. @throws AppError `envelope.malformed` */
export function decodeField<T>(field: string, toFault: (fault: string) => string, decode: () => T): T {
  try {
    return decode();
  } catch (error) {
    throw error instanceof CodecError ? malformed(toFault(error.message), field, error) : error;
  }
}

/** The times a protected header may carry. */
export type EnvelopeTimes = Pick<DecodedEnvelope, 'signingTime' | 'authenticSigningTime' | 'expiry'>;

/** Refuses an envelope without a signing time, or one that ends before it was made. @throws AppError `envelope.malformed` */
export function checkTimes({ signingTime, authenticSigningTime, expiry }: EnvelopeTimes): void {
  const signed = signingTime ?? authenticSigningTime;
  if (!signed || signed.getTime() === goZeroTimeMs)
    throw malformed('signing-time not present', attributeNames.signingTime);
  if (expiry && expiry <= signed)
    throw malformed('expiry cannot be equal or before the signing time', attributeNames.expiry);
}

/**
 * The certificates of an envelope, leaf first; each is exactly one DER certificate and nothing more (rule J-04).
 *
 * @param field where they stand, for the error
 * @param toDer gives one certificate's bytes, or throws a CodecError
 * @throws AppError `envelope.malformed`
 */
export function parseChain<T>(
  encoded: readonly T[],
  field: string,
  toDer: (value: T, field: string, position: number) => Uint8Array,
): readonly ParsedCertificate[] {
  if (encoded.length === 0) throw malformed('certificate chain is not present', field);
  if (encoded.length > maxChainLength) throw malformed(`certificate chain is longer than ${maxChainLength}`, field);
  return encoded.map((value, position) => {
    const where = `${field}[${position}]`;
    const toFault = (fault: string): string => (position === 0 ? 'malformed leaf certificate' : fault);
    const der = decodeField(where, toFault, () => toDer(value, where, position));
    try {
      return parseCertificate(der);
    } catch (error) {
      throw isAppError(error, 'certificate.malformed') ? malformed(toFault(error.details.fault), where, error) : error;
    }
  });
}
