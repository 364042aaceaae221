import { CodecError } from './codec-error.ts';

const zero = 0x30;
/** The fixed part, `YYYY-MM-DDThh:mm:ss`: `9` stands for a digit. */
const pattern = '9999-99-99T99:99:99';
const daysInMonth = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const msPerMinute = 60_000;

function isDigitAt(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  return code >= zero && code <= zero + 9;
}

function hasShape(text: string, start: number, shape: string): boolean {
  for (let index = 0; index < shape.length; index += 1) {
    const wanted = shape[index];
    if (wanted === '9' ? !isDigitAt(text, start + index) : text[start + index] !== wanted) return false;
  }
  return true;
}

function numberAt(text: string, start: number, length: number): number {
  return Number(text.slice(start, start + length));
}

function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

function daysOf(year: number, month: number): number {
  return month === 2 && isLeapYear(year) ? 29 : (daysInMonth[month - 1] ?? 0);
}

/** Milliseconds since 1970 of a moment of the real calendar in UTC, or undefined when there is no such moment. Leap seconds are not. */
export function toEpochMs(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
): number | undefined {
  if (month < 1 || month > 12 || day < 1 || day > daysOf(year, month)) return undefined;
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour, minute, second);
  return date.getTime();
}

/** Minutes east of UTC from `Z` or `±hh:mm` that ends the text; undefined when it is neither. */
function parseOffset(text: string, start: number): number | undefined {
  if (text.slice(start) === 'Z') return 0;
  const sign = text[start] === '+' ? 1 : text[start] === '-' ? -1 : undefined;
  if (sign === undefined || text.length !== start + 6 || !hasShape(text, start + 1, '99:99')) return undefined;
  const hours = numberAt(text, start + 1, 2);
  const minutes = numberAt(text, start + 4, 2);
  return hours > 23 || minutes > 59 ? undefined : sign * (hours * 60 + minutes);
}

/**
 * The moment of a strict RFC 3339 text: upper-case `T` and `Z`, a real calendar day, no leap second.
 * A fraction is accepted and cut to the millisecond.
 *
 * @throws CodecError
 */
export function parseRfc3339(text: string): Date {
  const fault = (): CodecError => new CodecError(`not an RFC 3339 time: ${JSON.stringify(text.slice(0, 64))}`);
  if (text.length > 64 || !hasShape(text, 0, pattern)) throw fault();
  const epochMs = toEpochMs(
    numberAt(text, 0, 4),
    numberAt(text, 5, 2),
    numberAt(text, 8, 2),
    numberAt(text, 11, 2),
    numberAt(text, 14, 2),
    numberAt(text, 17, 2),
  );
  let end = pattern.length;
  if (text[end] === '.') {
    end += 1;
    while (isDigitAt(text, end)) end += 1;
    if (end === pattern.length + 1) throw fault();
  }
  const offsetMinutes = parseOffset(text, end);
  if (epochMs === undefined || offsetMinutes === undefined) throw fault();
  const milliseconds = Number(
    text
      .slice(pattern.length + 1, end)
      .slice(0, 3)
      .padEnd(3, '0'),
  );
  return new Date(epochMs + milliseconds - offsetMinutes * msPerMinute);
}

/** A moment in UTC, cut to whole seconds: `2026-11-23T07:45:11Z`. For years 0000 to 9999. */
export function toRfc3339(moment: Date): string {
  return `${moment.toISOString().slice(0, 19)}Z`;
}
