import { DerError, DerReader, derTag, parseDerInteger } from '../x509/der-reader.ts';
import { parseDerTime } from '../x509/der-time.ts';
import { yieldToEvents } from '../yield-to-events.ts';
import { readExtensions, type DerExtension } from './extension-list.ts';
import { parseGeneralizedTime } from './ocsp-response.ts';
import { RevocationFault } from './revocation-fault.ts';

const oids = { reasonCode: '2.5.29.21', invalidityDate: '2.5.29.24' } as const;
const enumeratedTag = 0x0a;
/** About a millisecond of work. */
const entriesInARow = 4096;

/** One entry about a certificate (RFC 5280, section 5.3). */
export interface CrlEntry {
  readonly revokedAt: Date;
  /** 0 when no reason is given. */
  readonly reason: number;
  readonly invalidityDate?: Date;
  /** A critical extension that nobody here knows. */
  readonly fault?: RevocationFault;
}

function malformed(what: string): RevocationFault {
  return new RevocationFault('malformed', `x509: malformed ${what}`);
}

/**
 * Walks over entries without an object for each: where one begins, where its parts do, and whether it is about the serial number.
 * Only the one that is gets read.
 */
class EntryWalk {
  readonly #bytes: Uint8Array;
  readonly #serial: Uint8Array;
  #at = 0;
  #end = 0;

  constructor(bytes: Uint8Array, serial: Uint8Array) {
    this.#bytes = bytes;
    this.#serial = serial;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#bytes.length;
  }

  /** Goes over the next entry; its bytes when it is about the serial number. */
  next(): Uint8Array | undefined {
    const start = this.#at;
    const entryEnd = this.#enter(derTag.sequence, this.#bytes.length);
    const serialEnd = this.#enter(derTag.integer, entryEnd);
    const isMeant = this.#isSerial(this.#at, serialEnd);
    this.#at = serialEnd;
    this.#skipTime(entryEnd);
    if (this.#at < entryEnd) this.#skipExtensions(entryEnd);
    if (this.#at !== entryEnd) throw malformed('crl');
    return isMeant ? this.#bytes.subarray(start, entryEnd) : undefined;
  }

  /** Steps into an element of this tag and gives where it ends. */
  #enter(tag: number, limit: number): number {
    if (this.#at >= limit || this.#bytes[this.#at] !== tag) throw malformed('crl');
    let length = this.#bytes[this.#at + 1] ?? 0xff;
    let from = this.#at + 2;
    if (length >= 0x80) {
      const count = length & 0x7f;
      if (count === 0 || count > 4) throw malformed('crl');
      length = 0;
      for (let index = 0; index < count; index += 1) length = length * 256 + (this.#bytes[from + index] ?? 0);
      from += count;
      if (length < 0x80 || length < 256 ** (count - 1)) throw malformed('crl');
    }
    this.#end = from + length;
    if (this.#end > limit) throw malformed('crl');
    this.#at = from;
    return this.#end;
  }

  #isSerial(start: number, end: number): boolean {
    const first = this.#bytes[start];
    const second = this.#bytes[start + 1] ?? 0;
    const isPadded = (first === 0 && second < 0x80) || (first === 0xff && second >= 0x80);
    if (first === undefined || start === end || (end - start > 1 && isPadded)) throw malformed('serial number');
    if (end - start !== this.#serial.length) return false;
    for (let index = 0; index < this.#serial.length; index += 1)
      if (this.#bytes[start + index] !== this.#serial[index]) return false;
    return true;
  }

  #skipTime(limit: number): void {
    const isUtc = this.#bytes[this.#at] === derTag.utcTime;
    const end = this.#enter(isUtc ? derTag.utcTime : derTag.generalizedTime, limit);
    const digits = end - this.#at - 1;
    if (digits !== (isUtc ? 12 : 14) || this.#bytes[end - 1] !== 0x5a) throw malformed('time');
    for (; this.#at < end - 1; this.#at += 1) {
      const byte = this.#bytes[this.#at] ?? 0;
      if (byte < 0x30 || byte > 0x39) throw malformed('time');
    }
    this.#at = end;
  }

  #skipExtensions(limit: number): void {
    const end = this.#enter(derTag.sequence, limit);
    while (this.#at < end) {
      const extensionEnd = this.#enter(derTag.sequence, end);
      this.#at = this.#enter(derTag.oid, extensionEnd);
      if (this.#bytes[this.#at] === derTag.boolean) this.#at = this.#enter(derTag.boolean, extensionEnd);
      this.#at = this.#enter(derTag.octetString, extensionEnd);
      if (this.#at !== extensionEnd) throw malformed('extension');
    }
  }
}

function readReason(extensions: readonly DerExtension[]): number {
  const value = extensions.findLast(({ oid }) => oid === oids.reasonCode)?.value;
  if (value === undefined) return 0;
  return Number.parseInt(parseDerInteger(new DerReader(value).readContent(enumeratedTag, 'reasonCode'), 'reason'), 16);
}

function readInvalidityDate(extensions: readonly DerExtension[]): Date | undefined {
  const value = extensions.findLast(({ oid }) => oid === oids.invalidityDate)?.value;
  if (value === undefined) return undefined;
  const reader = new DerReader(value);
  const date = parseGeneralizedTime(reader.readContent(derTag.generalizedTime, 'invalidity date'));
  reader.assertAtEnd('the invalidity date');
  return date;
}

function findFault(extensions: readonly DerExtension[]): RevocationFault | undefined {
  const unknown = extensions.find(({ oid, critical }) => critical && oid !== oids.invalidityDate);
  return unknown && new RevocationFault('unsupported', `unsupported critical extension found in CRL: ${unknown.oid}`);
}

function readEntry(bytes: Uint8Array): CrlEntry {
  const entry = new DerReader(bytes).enter(derTag.sequence, 'crl entry');
  entry.readContent(derTag.integer, 'serial number');
  const revokedAt = parseDerTime(entry.readAny());
  const list = entry.readOptional(derTag.sequence);
  const extensions = list === undefined ? [] : readExtensions(list);
  const fault = findFault(extensions);
  const invalidityDate = readInvalidityDate(extensions);
  const reason = readReason(extensions);
  return { revokedAt, reason, ...(invalidityDate && { invalidityDate }), ...(fault && { fault }) };
}

/**
 * The entries about one certificate, in their order. A list may have a million: others have their turn in between.
 *
 * @param serialNumber lower-case hex without a sign byte
 * @throws RevocationFault `malformed`; the signal's reason
 */
export async function findEntries(
  entries: Uint8Array,
  serialNumber: string,
  signal: AbortSignal,
): Promise<readonly CrlEntry[]> {
  const serial = Buffer.from(serialNumber, 'hex');
  const walk = new EntryWalk(entries, (serial[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.of(0), serial]) : serial);
  const found: CrlEntry[] = [];
  try {
    for (let count = 1; !walk.isAtEnd; count += 1) {
      const bytes = walk.next();
      if (bytes !== undefined) found.push(readEntry(bytes));
      if (count % entriesInARow === 0) {
        await yieldToEvents();
        signal.throwIfAborted();
      }
    }
  } catch (error) {
    if (error instanceof DerError) throw new RevocationFault('malformed', `x509: ${error.message}`, { cause: error });
    throw error;
  }
  return found;
}
