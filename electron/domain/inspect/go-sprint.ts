import { CborFloat, CborMap, CborSimple, CborTag } from '../codec/cbor-value.ts';
import { isJsonObject, JsonNumber, type JsonValue } from '../codec/strict-json.ts';

function toFloat(value: number): string {
  const exponent = value === 0 ? 0 : Math.floor(Math.log10(Math.abs(value)));
  if (Number.isFinite(value) && exponent >= -5 && exponent < 21) return String(value);
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf';
  return value.toExponential().replace(/e([+-])(\d)$/, 'e$10$2');
}

function toMap(entries: readonly (readonly [unknown, unknown])[]): string {
  const printed = entries.map(([key, value]) => `${toGoSprint(key)}:${toGoSprint(value)}`);
  return `map[${printed.sort().join(' ')}]`;
}

/** A header's value as Go's `fmt.Sprint` prints what its decoders make of it. Times of CBOR are left as their numbers. */
export function toGoSprint(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value === null || value === undefined) return '<nil>';
  if (value instanceof Uint8Array) return `[${value.join(' ')}]`;
  if (value instanceof JsonNumber) return toFloat(Number(value.text));
  if (value instanceof CborFloat) return toFloat(value.value);
  if (value instanceof CborSimple) return value.code === 23 ? '<nil>' : String(value.code);
  if (value instanceof CborTag) return `{${value.tag} ${toGoSprint(value.value)}}`;
  if (value instanceof CborMap) return toMap(value.entries);
  if (Array.isArray(value)) return `[${value.map(toGoSprint).join(' ')}]`;
  if (isJsonObject(value as JsonValue)) return toMap(Object.entries(value as object));
  return String(value);
}
