import type { z } from 'zod';
import { contract, type AllHandlers, type CallContext, type MethodName } from '../contract/contract.ts';
import type { HostCapability } from '../contract/define.ts';
import { AppError, isAppError, type WireError } from '../errors/app-error.ts';
import { errorCodes } from '../errors/codes.ts';

/** How a call ended, ready for any transport. */
export type Answer =
  { readonly ok: true; readonly output: unknown } | { readonly ok: false; readonly error: WireError };

/** Runs one call by name, with input from anywhere. Never throws and never stays silent. */
export type Dispatch = (method: string, input: unknown, signal: AbortSignal) => Promise<Answer>;

export interface DispatchOptions {
  readonly handlers: AllHandlers;
  readonly capabilities: readonly HostCapability[];
  readonly newTraceId: () => string;
  /** Told of every call that was refused or broke; a call that a service answered with one of its own codes is neither. */
  readonly onFault: (fault: CallFault) => void;
}

/** For the log. Holds no input and no output. */
export interface CallFault {
  readonly code: 'rpc.unknownMethod' | 'rpc.notOnThisHost' | 'rpc.badInput' | 'rpc.badOutput' | 'rpc.internal';
  readonly method: string;
  readonly traceId: string;
  /** What was thrown, for `rpc.internal`. */
  readonly cause?: unknown;
  /** Paths and messages of the schema's complaints. */
  readonly faults?: readonly SchemaFault[];
}
interface SchemaFault {
  readonly path: string;
  readonly message: string;
}

const maxFaults = 100;

/**
 * The order every host keeps: method known and allowed here, input schema, the call, output schema, answer. The output
 * schema is the egress filter: what the contract does not name does not leave.
 */
export function createDispatch({ handlers, capabilities, newTraceId, onFault }: DispatchOptions): Dispatch {
  return async (method, input, signal) => {
    const traceId = newTraceId();
    const refuse = (error: AppError<CallFault['code']>, more: Partial<CallFault> = {}): Answer => {
      onFault({ code: error.code, method: method.slice(0, 128), traceId, ...more });
      return toFailure(error);
    };
    if (!isMethod(method)) return refuse(new AppError('rpc.unknownMethod', { method: method.slice(0, 128) }));
    const spec = contract[method];
    const needs = 'needs' in spec ? spec.needs : [];
    if (!needs.every((need) => capabilities.includes(need)))
      return refuse(new AppError('rpc.notOnThisHost', { method, needs: [...needs] }));
    const parsed = spec.input.safeParse(input);
    if (!parsed.success) {
      const faults = toFaults(parsed.error);
      return refuse(new AppError('rpc.badInput', { method, faults }), { faults });
    }
    let result: unknown;
    try {
      const handler = handlers[method] as (input: unknown, context: CallContext) => Promise<unknown>;
      result = await handler(parsed.data, { signal, traceId });
    } catch (error) {
      if (isAppError(error)) return toFailure(error);
      if (signal.aborted) return toFailure(new AppError('rpc.cancelled', {}));
      return refuse(new AppError('rpc.internal', { traceId }, { cause: error }), { cause: error });
    }
    const output = spec.output.safeParse(result);
    if (output.success) return { ok: true, output: output.data };
    return refuse(new AppError('rpc.badOutput', { method }), { faults: toFaults(output.error) });
  };
}

function isMethod(method: string): method is MethodName {
  return Object.hasOwn(contract, method);
}

/** Whether a call may be dropped when nobody waits for it any more: a command goes on, and the activity list tells how it ended. */
export function isQuery(method: string): boolean {
  return isMethod(method) && contract[method].kind === 'query';
}

/** All complaints of a schema at once, with their paths; values are not quoted. */
function toFaults(error: z.ZodError): SchemaFault[] {
  return error.issues
    .slice(0, maxFaults)
    .map(({ path, message }) => ({ path: path.map(String).join('.').slice(0, 256), message: message.slice(0, 256) }));
}

/** Code and details; the details pass the schema of their code, so that nothing else leaves with them. */
function toFailure(error: AppError): Answer {
  const details = errorCodes[error.code].details.safeParse(error.details);
  return { ok: false, error: { code: error.code, details: details.success ? { ...details.data } : {} } };
}
