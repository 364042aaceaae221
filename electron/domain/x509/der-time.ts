import { toEpochMs } from '../codec/rfc3339.ts';
import { DerError, derTag, type DerElement } from './der-reader.ts';

function digits(text: string, start: number): number {
  return Number(text.slice(start, start + 2));
}

/**
 * UTCTime and GeneralizedTime in the only form RFC 5280, section 4.1.2.5 allows: seconds, `Z`, no fraction.
 *
 * @throws DerError
 */
export function parseDerTime({ tag, content }: DerElement): Date {
  const text = Buffer.from(content).toString('latin1');
  const isUtc = tag === derTag.utcTime;
  const isShaped = isUtc ? /^\d{12}Z$/.test(text) : tag === derTag.generalizedTime && /^\d{14}Z$/.test(text);
  if (!isShaped) throw new DerError('malformed time');
  const at = isUtc ? 2 : 4;
  const year = isUtc ? digits(text, 0) + (digits(text, 0) >= 50 ? 1900 : 2000) : Number(text.slice(0, 4));
  const epochMs = toEpochMs(
    year,
    digits(text, at),
    digits(text, at + 2),
    digits(text, at + 4),
    digits(text, at + 6),
    digits(text, at + 8),
  );
  if (epochMs === undefined) throw new DerError('malformed time');
  return new Date(epochMs);
}
