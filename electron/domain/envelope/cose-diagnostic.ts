import { CborMap, type CborValue } from '../codec/cbor-value.ts';
import { toCborDiagnostic } from '../codec/cbor-diagnostic.ts';
import { CodecError } from '../codec/codec-error.ts';
import { parseStrictCbor } from '../codec/strict-cbor.ts';
import { parseUtf8 } from '../codec/utf8.ts';
import { coseSign1 } from './cose-format.ts';

/** More than a person reads; an envelope of three certificates has 4 KiB. */
const maxShownBytes = 262_144;

function toLines(map: CborMap, indent: string): string {
  const lines = map.entries.map(([key, value]) => `${indent}  ${toCborDiagnostic(key)}: ${toCborDiagnostic(value)}`);
  return lines.length === 0 ? '{}' : `{\n${lines.join(',\n')}\n${indent}}`;
}

/** CBOR in a byte string, shown as what it holds (RFC 8610, appendix G.3). */
function toEmbedded(value: CborValue | undefined): string {
  if (!(value instanceof Uint8Array)) return toCborDiagnostic(value ?? null);
  const inner = parseStrictCbor(value, { maxBytes: maxShownBytes });
  return inner instanceof CborMap ? `<< ${toLines(inner, '  ')} >>` : toCborDiagnostic(value);
}

/** Bytes that are text, shown as such (RFC 8610, appendix G.2). */
function toByteText(value: CborValue | undefined): string {
  const isPlain = (text: string): boolean => !/['\\\p{Cc}]/u.test(text);
  if (value instanceof Uint8Array) {
    try {
      const text = parseUtf8(value);
      if (text !== '' && isPlain(text)) return `'${text}'`;
    } catch (error) {
      if (!(error instanceof CodecError)) throw error;
    }
  }
  return toCborDiagnostic(value ?? null);
}

/** A COSE envelope in diagnostic notation, in lines, for people to read; undefined when it is none or far too long for that. */
export function toCoseDiagnostic(bytes: Uint8Array): string | undefined {
  if (bytes.length > maxShownBytes || !coseSign1.prefix.every((byte, index) => bytes[index] === byte)) return undefined;
  try {
    const message = parseStrictCbor(bytes.subarray(1), { maxBytes: maxShownBytes }) as readonly CborValue[];
    const unprotected =
      message[1] instanceof CborMap ? toLines(message[1], '  ') : toCborDiagnostic(message[1] ?? null);
    const parts = [toEmbedded(message[0]), unprotected, toByteText(message[2]), toCborDiagnostic(message[3] ?? null)];
    return `${coseSign1.tag}([\n${parts.map((part) => `  ${part}`).join(',\n')}\n])`;
  } catch (error) {
    if (error instanceof CodecError) return undefined;
    throw error;
  }
}
