import { CodecError } from './codec-error.ts';

/**
 * Node's decoder skips what it does not know, so the only proof that a text is in the one canonical form
 * (exact alphabet, right padding, no white space, spare bits zero) is that encoding gives the same text again.
 */
function parseCanonical(text: string, encoding: 'base64' | 'base64url'): Uint8Array {
  const decoded = Buffer.from(text, encoding);
  if (decoded.toString(encoding) !== text) throw new CodecError(`illegal ${encoding} data`);
  return new Uint8Array(decoded);
}

/** Bytes of standard base64 with padding (RFC 4648, section 4), in canonical form only. @throws CodecError */
export function parseBase64(text: string): Uint8Array {
  return parseCanonical(text, 'base64');
}

/** Bytes of base64url without padding (RFC 7515, section 2), in canonical form only. @throws CodecError */
export function parseBase64Url(text: string): Uint8Array {
  return parseCanonical(text, 'base64url');
}

function toBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Standard base64 with padding. */
export function toBase64(bytes: Uint8Array): string {
  return toBuffer(bytes).toString('base64');
}

/** Base64url without padding. */
export function toBase64Url(bytes: Uint8Array): string {
  return toBuffer(bytes).toString('base64url');
}
