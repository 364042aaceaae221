import { z } from 'zod';

/** A content digest that {@link parseDigest} accepted: `sha256:`, `sha384:` or `sha512:` and lower-case hex of the right length. */
export type Digest = string & { readonly __brand: 'Digest' };

/** Hash algorithms an OCI digest may name here. */
export type DigestAlgorithm = 'sha256' | 'sha384' | 'sha512';

const hexLengths: Readonly<Record<string, number>> = { sha256: 64, sha384: 96, sha512: 128 };

function isLowerHex(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    const isDigit = code >= 0x30 && code <= 0x39;
    const isLetter = code >= 0x61 && code <= 0x66;
    if (!isDigit && !isLetter) return false;
  }
  return true;
}

/** Whether a text is a whole, well-formed digest. Nothing is trimmed or folded. */
export function isDigest(value: unknown): value is Digest {
  if (typeof value !== 'string' || value.length > 135) return false;
  const colon = value.indexOf(':');
  const length = Object.hasOwn(hexLengths, value.slice(0, colon)) ? hexLengths[value.slice(0, colon)] : undefined;
  return length !== undefined && value.length === colon + 1 + length && isLowerHex(value.slice(colon + 1));
}

/** The algorithm part of a digest. */
export function algorithmOf(digest: Digest): DigestAlgorithm {
  return digest.slice(0, digest.indexOf(':')) as DigestAlgorithm;
}

/** The hexadecimal part of a digest. */
export function hexOf(digest: Digest): string {
  return digest.slice(digest.indexOf(':') + 1);
}

/** A digest on the wire. */
export const digestSchema = z.custom<Digest>(isDigest, { error: 'not a digest' });
