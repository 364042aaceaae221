import type { Clock, LogLevel, Logger } from '../domain/ports.ts';

export interface JsonLoggerOptions {
  readonly clock: Clock;
  readonly minimumLevel: LogLevel;
  /** Takes one line, newline included. */
  readonly write: (line: string) => void;
}

const ranks: Readonly<Record<LogLevel, number>> = { debug: 0, info: 1, warn: 2, error: 3 };
const maxTextLength = 4096;
const maxMembers = 100;
const maxDepth = 6;
const redacted = '[redacted]';

/** One JSON object a line. Whatever slips through to here that looks like a secret does not get further. */
export function createJsonLogger({ clock, minimumLevel, write }: JsonLoggerOptions): Logger {
  return {
    log: (level, message, fields = {}) => {
      if (ranks[level] < ranks[minimumLevel]) return;
      const line = {
        at: clock.now().toISOString(),
        level,
        message: redactText(message),
        ...redactMembers(fields, maxDepth),
      };
      write(`${JSON.stringify(line)}\n`);
    },
  };
}

/** Parts of member names, lower case and without separators, whose values are secrets. */
const secretNames = [
  'authorization',
  'authentication',
  'password',
  'passwd',
  'passphrase',
  'secret',
  'token',
  'cookie',
  'privatekey',
  'keypem',
  'credential',
  'apikey',
  'stdin',
];

function isSecretName(name: string): boolean {
  const plain = name.toLowerCase().replaceAll('-', '').replaceAll('_', '');
  return plain === 'auth' || secretNames.some((part) => plain.includes(part));
}

function redactValue(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return redactText(value);
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth === 0) return '[deep]';
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (Array.isArray(value)) return value.slice(0, maxMembers).map((item) => redactValue(item, depth - 1));
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Error) return redactError(value, depth);
  return redactMembers(value, depth);
}

function redactMembers(value: object, depth: number): Record<string, unknown> {
  const members = Object.entries(value).slice(0, maxMembers);
  return Object.fromEntries(
    members.map(([name, member]) => [name, isSecretName(name) ? redacted : redactValue(member, depth - 1)]),
  );
}

function redactError(error: Error, depth: number): unknown {
  const { name, message, stack, cause, ...own } = error;
  const where = stack?.slice(stack.indexOf('\n    at ') + 1);
  return redactMembers({ ...own, name, message, where, ...(cause === undefined ? {} : { cause }) }, depth);
}

/** Schemes of the Authorization header, and how the tokens of registries begin (a JSON object in base64url). */
const secretWords = ['bearer', 'basic'];
const tokenStart = 'eyJ';

/** A text without PEM blocks, credentials in addresses, and what stands after `Bearer` or `Basic`. */
export function redactText(text: string): string {
  const shown = text.length > maxTextLength ? `${text.slice(0, maxTextLength)}…` : text;
  return withoutPem(shown)
    .split(/(\s)/)
    .map((word, index, words) => redactWord(word, words[index - 2]))
    .join('');
}

function redactWord(word: string, previous: string | undefined): string {
  if (previous !== undefined && secretWords.some((name) => previous.toLowerCase().endsWith(name))) return redacted;
  const token = word.indexOf(tokenStart);
  if (token >= 0 && word.length - token > 20) return `${word.slice(0, token)}${redacted}`;
  const scheme = word.indexOf('://');
  const at = word.lastIndexOf('@');
  if (scheme < 0 || at < scheme) return word;
  const authorityEnd = word.indexOf('/', scheme + 3);
  const isUserInfo = authorityEnd < 0 || at < authorityEnd;
  return isUserInfo ? `${word.slice(0, scheme + 3)}${redacted}${word.slice(at)}` : word;
}

function withoutPem(text: string): string {
  const [before = '', ...blocks] = text.split('-----BEGIN ');
  const end = '-----END ';
  const rest = blocks.map((block) => {
    const stop = block.indexOf(end);
    return redacted + (stop < 0 ? '' : block.slice(stop + end.length).replace(/^[A-Z0-9 ]*-----/, ''));
  });
  return before + rest.join('');
}
