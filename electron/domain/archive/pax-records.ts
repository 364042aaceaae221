import { malformedTar, parseName } from './tar-header.ts';

/** What extended headers change of the entry that follows. */
export interface TarOverrides {
  readonly path?: string;
  readonly size?: number;
}

function parseSize(text: string): number {
  const size = /^\d{1,16}$/.test(text) ? Number(text) : NaN;
  if (!Number.isSafeInteger(size)) throw malformedTar('a size is out of range');
  return size;
}

/**
 * The records of an extended header (POSIX pax, "pax Extended Header"): `<length> <keyword>=<value>\n`, each as long as it says.
 * Keywords that change neither name nor size are passed over; sparse files are refused, because their content is not what it seems.
 * @throws AppError `archive.malformed`
 */
export function parsePaxRecords(bytes: Uint8Array): TarOverrides {
  const overrides: { path?: string; size?: number } = {};
  for (let at = 0; at < bytes.length;) {
    const space = bytes.indexOf(0x20, at);
    const digits = Buffer.from(bytes.subarray(at, space < 0 ? at : Math.min(space, at + 8))).toString('latin1');
    const length = /^[1-9]\d{0,6}$/.test(digits) ? Number(digits) : 0;
    const record = bytes.subarray(space + 1, at + length);
    const equals = record.indexOf(0x3d);
    if (at + length > bytes.length || record.length < 3 || equals < 1 || record.at(-1) !== 0x0a)
      throw malformedTar('an extended header is not well-formed');
    const key = parseName(record.subarray(0, equals));
    const value = record.subarray(equals + 1, -1);
    if (key.startsWith('GNU.sparse.')) throw malformedTar('it holds a sparse file');
    if (key === 'path') overrides.path = parseName(value);
    if (key === 'size') overrides.size = parseSize(Buffer.from(value).toString('latin1'));
    at += length;
  }
  return overrides;
}
