import type { Language } from './catalogs.ts';
import { useLocale, type LocaleChoice } from './use-text.tsx';

/** Dates, sizes and spans of time in the language and time zone in use. */
export interface Format {
  /** `today 16:16`, `18 Nov 09:02`, or `18 Nov 2024` for other years. */
  moment(iso: string, nowMs: number): string;
  /** The whole date and time with its zone, for tooltips and decisions. */
  dateTime(iso: string): string;
  date(iso: string): string;
  /** `just now`, `12 s ago`, `in 22 h`: the largest unit that fits. */
  relative(iso: string, nowMs: number): string;
  /** A span without direction: `22 h`, `25 days`. */
  span(ms: number): string;
  bytes(size: number): string;
  number(value: number): string;
}

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const steps = [
  ['day', day, 2 * day],
  ['hour', hour, hour],
  ['minute', minute, minute],
  ['second', second, 0],
] as const;

/** Within these, the seconds do not matter to anybody. */
const justNowMs = 5 * second;
const justNow: Readonly<Record<Language, string>> = { en: 'just now', ja: 'たった今' };

const localeOf: Readonly<Record<Language, string>> = { en: 'en-GB', ja: 'ja-JP' };

function unitOf(ms: number) {
  const size = Math.abs(ms);
  const [unit, length] = steps.find(([, , from]) => size >= from) ?? steps[3];
  return { unit, count: Math.trunc(ms / length) };
}

/** Formatters are slow to make and cost the same in every row, so there is one of each kind. */
const made = new Map<string, Format>();

function formatFor(choice: LocaleChoice): Format {
  const key = `${choice.language} ${choice.timeZone}`;
  const format = made.get(key) ?? createFormat(choice);
  made.set(key, format);
  return format;
}

function createFormat({ language, timeZone }: LocaleChoice): Format {
  const locale = localeOf[language];
  const zone = timeZone === 'utc' ? { timeZone: 'UTC' } : {};
  const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  const dayOnly = new Intl.DateTimeFormat(locale, { year: 'numeric', month: 'short', day: 'numeric', ...zone });
  const timeOnly = new Intl.DateTimeFormat(locale, { ...clock, ...zone });
  const dayTime = new Intl.DateTimeFormat(locale, { month: 'short', day: 'numeric', ...clock, ...zone });
  const yearOnly = new Intl.DateTimeFormat('en', { year: 'numeric', ...zone });
  const whole = new Intl.DateTimeFormat(locale, {
    ...{ year: 'numeric', month: 'short', day: 'numeric', second: '2-digit', timeZoneName: 'short' },
    ...clock,
    ...zone,
  } as Intl.DateTimeFormatOptions);
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'always', style: 'short' });
  const todayWord = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(0, 'day');
  const number = new Intl.NumberFormat(locale);
  const spanIn = (unit: string, unitDisplay: 'long' | 'short' = 'short') =>
    new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay });
  const spans = {
    day: spanIn('day', 'long'),
    hour: spanIn('hour'),
    minute: spanIn('minute'),
    second: spanIn('second'),
  };
  const valid = (iso: string, show: (date: Date) => string) => {
    const date = new Date(iso);
    return Number.isNaN(date.getTime()) ? iso : show(date);
  };
  return {
    moment: (iso, nowMs) =>
      valid(iso, (date) => {
        if (dayOnly.format(date) === dayOnly.format(nowMs)) return `${todayWord} ${timeOnly.format(date)}`;
        const near = yearOnly.format(date) === yearOnly.format(nowMs);
        return (near ? dayTime : dayOnly).format(date).replace(', ', ' ');
      }),
    dateTime: (iso) => valid(iso, (date) => whole.format(date).replace(', ', ' ')),
    date: (iso) => valid(iso, (date) => dayOnly.format(date)),
    relative: (iso, nowMs) =>
      valid(iso, (date) => {
        const away = date.getTime() - nowMs;
        if (Math.abs(away) < justNowMs) return justNow[language];
        const { unit, count } = unitOf(away);
        return shortUnits(relative.format(count, unit));
      }),
    span: (ms) => {
      const { unit, count } = unitOf(Math.abs(ms));
      return shortUnits(spans[unit].format(count));
    },
    bytes: createBytesFormat(locale),
    number: (value) => number.format(value),
  };
}

/** `12 s ago`: English unit abbreviations as the SI writes them. */
function shortUnits(text: string): string {
  return text
    .replace(/\bsecs?\b\.?/, 's')
    .replace(/\bmins?\b\.?/, 'min')
    .replace(/\bhrs?\b\.?/, 'h');
}

const byteUnits = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** `812 bytes`, `1.2 kB`, `12 MB`: two or three digits. */
function createBytesFormat(locale: string): (size: number) => string {
  const formats = byteUnits.map((unit, power) =>
    [0, 1].map(
      (maximumFractionDigits) =>
        new Intl.NumberFormat(locale, {
          style: 'unit',
          unit,
          unitDisplay: power === 0 ? 'long' : 'short',
          maximumFractionDigits,
        }),
    ),
  );
  return (size) => {
    const power = size < 1000 ? 0 : Math.min(4, Math.floor(Math.log10(size) / 3));
    const value = size / 1000 ** power;
    return formats[power]?.[power > 0 && value < 10 ? 1 : 0]?.format(value) ?? '';
  };
}

/** Formats for the language and time zone in use. */
export function useFormat(): Format {
  const { language, timeZone } = useLocale();
  return formatFor({ language, timeZone });
}
