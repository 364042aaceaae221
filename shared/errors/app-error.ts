import { z } from 'zod';
import { errorCodes, isErrorCode, type DetailsOf, type ErrorCode } from './codes.ts';

/**
 * The one error that services and domain throw for what could not be done. `message` is for the log and carries no secrets;
 * only `code` and `details` cross the wire.
 */
export class AppError<C extends ErrorCode = ErrorCode> extends Error {
  override readonly name: string = 'AppError';
  readonly code: C;
  readonly details: DetailsOf<C>;

  constructor(code: C, details: DetailsOf<C>, options?: { cause?: unknown }) {
    super(`${code} ${JSON.stringify(details)}`, options);
    this.code = code;
    this.details = details;
  }

  /** Whether the same call may succeed later. */
  get retryable(): boolean {
    return errorCodes[this.code].retryable;
  }
}

/** Whether something thrown is an AppError, optionally of one code. */
export function isAppError(value: unknown): value is AppError;
export function isAppError<C extends ErrorCode>(value: unknown, code: C): value is AppError<C>;
export function isAppError(value: unknown, code?: ErrorCode): boolean {
  return value instanceof AppError && (code === undefined || value.code === code);
}

/** The form of an error on the wire. */
export const wireErrorSchema = z.object({ code: z.string(), details: z.record(z.string(), z.unknown()) });
export type WireError = z.infer<typeof wireErrorSchema>;

/** Code and details of an error, without message, stack or cause. */
export function toWireError(error: AppError): WireError {
  return { code: error.code, details: { ...error.details } };
}

/** The AppError of a wire form; an unknown code or details of another shape become `rpc.internal`. */
export function fromWireError(wire: WireError): AppError {
  if (isErrorCode(wire.code)) {
    const details = errorCodes[wire.code].details.safeParse(wire.details);
    if (details.success) return new AppError(wire.code, details.data as DetailsOf<ErrorCode>);
  }
  return new AppError('rpc.internal', { traceId: '' });
}

/** For the end of a switch over a union: compiles only when every case was handled. */
export function assertNever(value: never): never {
  throw new TypeError(`unexpected value ${JSON.stringify(value)}`);
}
