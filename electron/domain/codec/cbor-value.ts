/** A floating-point number; a class of its own because `1` and `1.0` are different values in CBOR. */
export class CborFloat {
  readonly value: number;

  constructor(value: number) {
    this.value = value;
  }
}

/** A simple value other than false, true and null, such as 23 for `undefined`. */
export class CborSimple {
  readonly code: number;

  constructor(code: number) {
    this.code = code;
  }
}

/** A value with a tag (RFC 8949, section 3.4); what the tag means is for others to say. */
export class CborTag {
  readonly tag: number | bigint;
  readonly value: CborValue;

  constructor(tag: number | bigint, value: CborValue) {
    this.tag = tag;
    this.value = value;
  }
}

/** Integers are numbers where those are exact, else bigints. */
export type CborValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | CborFloat
  | CborSimple
  | CborTag
  | CborMap
  | readonly CborValue[];

/** What tells a map's keys apart: kind and value. Undefined for values that cannot be a key. */
function identityOf(key: CborValue): string | undefined {
  if (typeof key === 'string') return `text ${key}`;
  if (typeof key === 'number' || typeof key === 'bigint') return `integer ${key}`;
  if (key instanceof Uint8Array) return `bytes ${Buffer.from(key).toString('hex')}`;
  if (key === null || typeof key === 'boolean') return `simple ${key}`;
  if (key instanceof CborFloat) return `float ${key.value}`;
  return key instanceof CborSimple ? `simple ${key.code}` : undefined;
}

/** A map whose keys are any plain values, in the order written. Nothing of a prototype is ever found in it (rule J-08). */
export class CborMap {
  readonly #entries = new Map<string, readonly [key: CborValue, value: CborValue]>();

  constructor(entries: Iterable<readonly [key: CborValue, value: CborValue]> = []) {
    for (const [key, value] of entries) this.add(key, value);
  }

  /** Takes one more entry; false when its key is there already or cannot be a key. */
  add(key: CborValue, value: CborValue): boolean {
    const identity = identityOf(key);
    if (identity === undefined || this.#entries.has(identity)) return false;
    this.#entries.set(identity, [key, value]);
    return true;
  }

  get(key: CborValue): CborValue | undefined {
    return this.#entries.get(identityOf(key) ?? '')?.[1];
  }

  has(key: CborValue): boolean {
    return this.#entries.has(identityOf(key) ?? '');
  }

  get entries(): readonly (readonly [key: CborValue, value: CborValue])[] {
    return [...this.#entries.values()];
  }
}
