import { AppError } from '../../../shared/errors/app-error.ts';
import { mediaTypes } from '../../../shared/model/media-types.ts';
import type { SignatureFormat } from '../../../shared/model/signature-format.ts';
import { encodeJws } from './encode-jws.ts';
import type { EnvelopeContent, Signer } from './envelope.ts';

/** An envelope as it is stored: its bytes, and the media type that says how to read them. */
export interface EncodedEnvelope {
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

/**
 * Signs content in the format asked for.
 *
 * @throws AppError `envelope.unsupportedFormat`; the signal's reason when aborted
 */
export async function encodeEnvelope(
  format: SignatureFormat,
  content: EnvelopeContent,
  signer: Signer,
  signal: AbortSignal,
): Promise<EncodedEnvelope> {
  const mediaType = mediaTypes[format];
  if (format !== 'jws') throw new AppError('envelope.unsupportedFormat', { mediaType });
  return { mediaType, bytes: await encodeJws(content, signer, signal) };
}
