import { CodecError } from './codec-error.ts';

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const encoder = new TextEncoder();
const byteOrderMark = 0xfeff;

/** Text of well-formed UTF-8 without a byte order mark; nothing is replaced. @throws CodecError */
export function parseUtf8(bytes: Uint8Array): string {
  let text: string;
  try {
    text = decoder.decode(bytes);
  } catch {
    throw new CodecError('not valid UTF-8');
  }
  if (text.charCodeAt(0) === byteOrderMark) throw new CodecError('starts with a byte order mark', 0);
  return text;
}

/** UTF-8 bytes of a text. */
export function toUtf8(text: string): Uint8Array {
  return encoder.encode(text);
}
