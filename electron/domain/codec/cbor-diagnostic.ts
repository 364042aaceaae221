import { CborFloat, CborMap, CborSimple, CborTag, type CborValue } from './cbor-value.ts';

function toFloatText(value: number): string {
  return Number.isInteger(value) && Math.abs(value) < 1e21 ? `${Object.is(value, -0) ? '-0' : value}.0` : String(value);
}

/** A CBOR value in diagnostic notation (RFC 8949, section 8), for people to read. */
export function toCborDiagnostic(value: CborValue): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (value instanceof Uint8Array) return `h'${Buffer.from(value).toString('hex')}'`;
  if (value instanceof CborFloat) return toFloatText(value.value);
  if (value instanceof CborSimple) return value.code === 23 ? 'undefined' : `simple(${value.code})`;
  if (value instanceof CborTag) return `${value.tag}(${toCborDiagnostic(value.value)})`;
  if (value instanceof CborMap) {
    const pairs = value.entries.map(([key, member]) => `${toCborDiagnostic(key)}: ${toCborDiagnostic(member)}`);
    return `{${pairs.join(', ')}}`;
  }
  if (typeof value === 'object' && value !== null) return `[${value.map(toCborDiagnostic).join(', ')}]`;
  return String(value);
}
