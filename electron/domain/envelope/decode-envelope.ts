import { AppError } from '../../../shared/errors/app-error.ts';
import { mediaTypes } from '../../../shared/model/media-types.ts';
import { decodeCose } from './decode-cose.ts';
import { decodeJws } from './decode-jws.ts';
import type { DecodedEnvelope } from './envelope.ts';
import { maxEnvelopeBytes } from './envelope-rules.ts';

/**
 * An envelope of the format that its layer's media type names; nothing is guessed from the bytes.
 *
 * @throws AppError `envelope.unsupportedFormat`, `envelope.tooLarge`, `envelope.malformed`
 */
export function decodeEnvelope(mediaType: string, bytes: Uint8Array): DecodedEnvelope {
  if (bytes.length > maxEnvelopeBytes)
    throw new AppError('envelope.tooLarge', { size: bytes.length, limit: maxEnvelopeBytes });
  if (mediaType === mediaTypes.jws) return decodeJws(bytes);
  if (mediaType === mediaTypes.cose) return decodeCose(bytes);
  throw new AppError('envelope.unsupportedFormat', { mediaType });
}
