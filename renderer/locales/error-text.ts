import { AppError, isAppError } from '../../shared/errors/app-error.ts';
import type { ErrorCode } from '../../shared/errors/codes.ts';
import { isErrorCode } from '../../shared/errors/codes.ts';
import type { MessageKey } from './catalogs.ts';
import { toFaultText } from './fault-text.ts';
import { useLocale, useText, type MessageValues } from './use-text.tsx';

/** What happened, why it likely did, and what to do next. */
export interface ErrorText {
  readonly title: string;
  readonly cause: string;
  readonly next: string;
}

/** A fault in the form it has on the wire, beside `AppError` itself. */
export interface Fault {
  readonly code: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** The AppError behind anything that was thrown. */
export function toFault(error: unknown): Fault & { readonly code: ErrorCode } {
  if (isFault(error) && isErrorCode(error.code)) return { code: error.code, details: error.details };
  const known = isAppError(error) ? error : new AppError('rpc.internal', { traceId: '' });
  return { code: known.code, details: known.details };
}

/** Details as a message takes them: numbers and short texts; lists joined; what is missing is empty. */
export function toMessageValues(details: Readonly<Record<string, unknown>>): MessageValues {
  return Object.fromEntries(
    Object.entries(details).map(([name, value]) => [name, toMessageValue(inSeconds(name, value))]),
  );
}

/** Spans of time are told in whole seconds; an unknown one is 0. */
function inSeconds(name: string, value: unknown): unknown {
  if (!name.endsWith('Ms')) return value;
  return typeof value === 'number' ? Math.ceil(value / 1000) : 0;
}

function toMessageValue(value: unknown): string | number {
  if (typeof value === 'number' || typeof value === 'string') return value;
  if (typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return value.map((item) => String(toMessageValue(item))).join(', ');
  if (typeof value === 'object' && value !== null) return Object.values(value).map(String).join(': ');
  return '';
}

/** The text of an error, or of a code with details; a code we do not know is shown as an internal fault. */
export function useErrorText(): (error: unknown) => ErrorText {
  const t = useText();
  const { language } = useLocale();
  const textOf = (error: unknown): ErrorText => {
    const { code, details } = isFault(error) ? error : toFault(error);
    const known: ErrorCode = isErrorCode(code) ? code : 'rpc.internal';
    const values = { ...toMessageValues(details), ...faultOf(details) };
    const part = (name: keyof ErrorText) => t(`errors.${known}.${name}` satisfies MessageKey, values);
    return { title: part('title'), cause: part('cause'), next: part('next') };
  };
  /** What is wrong, in the language in use: the sentence of the engine, or what the error behind this one says. */
  const faultOf = ({ fault, what, message, error }: Fault['details']): Readonly<Record<string, string>> => {
    if (isFault(error)) {
      const { title, cause } = textOf(error);
      return { fault: `${title} ${cause}` };
    }
    return {
      ...(typeof fault === 'string' && { fault: toFaultText(fault, language) }),
      ...(typeof what === 'string' && { what: toFaultText(what, language) }),
      ...(typeof message === 'string' && { message: toFaultText(message, language) }),
    };
  };
  return textOf;
}

function isFault(error: unknown): error is Fault {
  return typeof error === 'object' && error !== null && 'code' in error && 'details' in error;
}
