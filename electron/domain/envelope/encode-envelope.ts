import { mediaTypes } from '../../../shared/model/media-types.ts';
import type { SignatureFormat } from '../../../shared/model/signature-format.ts';
import { encodeCose } from './encode-cose.ts';
import { encodeJws } from './encode-jws.ts';
import type { EnvelopeContent, Signer } from './envelope.ts';

/** An envelope as it is stored: its bytes, and the media type that says how to read them. */
export interface EncodedEnvelope {
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

const encoders: Readonly<Record<SignatureFormat, typeof encodeJws>> = { jws: encodeJws, cose: encodeCose };

/** Signs content in the format asked for. @throws the signal's reason when aborted */
export async function encodeEnvelope(
  format: SignatureFormat,
  content: EnvelopeContent,
  signer: Signer,
  signal: AbortSignal,
): Promise<EncodedEnvelope> {
  return { mediaType: mediaTypes[format], bytes: await encoders[format](content, signer, signal) };
}
