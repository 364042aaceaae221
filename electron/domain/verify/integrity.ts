import { isAppError, type AppError } from '../../../shared/errors/app-error.ts';
import { toGoQuoted as quote } from '../codec/go-text.ts';
import { checkSignatureValue } from '../envelope/check-signature-value.ts';
import { decodeEnvelope } from '../envelope/decode-envelope.ts';
import type { DecodedEnvelope } from '../envelope/envelope.ts';
import { checkCodeSigningChain } from '../x509/chain-check.ts';
import { toFinding, type Finding } from './finding.ts';

/** An envelope as fetched; nothing in it is trusted. */
export interface EnvelopeBytes {
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

/** The finding, and the envelope where it could be decoded. */
export interface Integrity {
  readonly finding: Finding;
  readonly envelope?: DecodedEnvelope;
}

function findingOfError(error: AppError): Finding | undefined {
  if (isAppError(error, 'envelope.malformed')) {
    return toFinding('failed', 'integrity.envelopeMalformed', { ...error.details }, error.details.fault);
  }
  if (isAppError(error, 'envelope.unsupportedFormat')) {
    const message = `unable to parse the digital signature, error : signature envelope format with media type ${quote(error.details.mediaType)} is not supported`;
    return toFinding('failed', 'integrity.unsupportedFormat', { ...error.details }, message);
  }
  if (isAppError(error, 'envelope.tooLarge'))
    return toFinding('failed', 'integrity.envelopeTooLarge', { ...error.details });
  if (isAppError(error, 'certificate.malformed')) {
    return toFinding('failed', 'integrity.certificateMalformed', { ...error.details }, error.details.fault);
  }
  return undefined;
}

/**
 * Whether an envelope is what its signer made (signature specification, "Signature envelope" and "Certificate requirements"):
 * strict decoding, the signature value under the leaf's key, and the rules of the chain. Says nothing about trust.
 */
export function checkIntegrity({ mediaType, bytes }: EnvelopeBytes): Integrity {
  let envelope: DecodedEnvelope;
  try {
    envelope = decodeEnvelope(mediaType, bytes);
  } catch (error) {
    const finding = isAppError(error) ? findingOfError(error) : undefined;
    if (finding === undefined) throw error;
    return { finding };
  }
  const { algorithm, format, chain } = envelope;
  const value = checkSignatureValue(envelope);
  if (!value.ok)
    return { finding: toFinding('failed', 'integrity.signatureInvalid', { algorithm }, value.message), envelope };
  const { fault } = checkCodeSigningChain(chain);
  if (fault !== undefined) {
    const details = { rule: fault.rule, subject: fault.subject };
    return {
      finding: toFinding('failed', 'integrity.chainInvalid', details, `certificate-chain is invalid, ${fault.message}`),
      envelope,
    };
  }
  return { finding: toFinding('passed', 'integrity.valid', { algorithm, format }), envelope };
}
