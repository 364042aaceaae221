import { z } from 'zod';
import { AppError, wireErrorSchema } from '../errors/app-error.ts';

/** Bounds of what a client may send. Each method's schema is stricter; these hold before any schema is asked. */
export const frameLimits = {
  /** UTF-16 units of a whole frame. */
  length: 4 * 1024 * 1024,
  /** UTF-16 units of one string: a megabyte of base64 is the longest that a method takes. */
  string: 1_048_576,
  /** Items of one array or members of one object. */
  members: 1000,
  /** Objects and arrays inside each other, the frame's own included. */
  depth: 8,
} as const;

const callId = z.number().int().positive();

/** What a client says. */
export const clientFrameSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('call'), id: callId, method: z.string().max(128), input: z.unknown() }),
  z.object({ type: z.literal('cancel'), id: callId }),
]);
export type ClientFrame = z.infer<typeof clientFrameSchema>;

/** What a server says. A `failure` without an id answers a frame that no call could be told from. */
export const serverFrameSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('result'), id: callId, output: z.unknown() }),
  z.object({ type: z.literal('failure'), id: callId.nullable(), error: wireErrorSchema }),
  z.object({ type: z.literal('event'), event: z.string(), payload: z.unknown() }),
]);
export type ServerFrame = z.infer<typeof serverFrameSchema>;

/**
 * The value of a JSON text from a client, inside {@link frameLimits}.
 * @throws `rpc.badFrame`
 */
export function parseBoundedJson(text: string): unknown {
  if (text.length > frameLimits.length) throw new AppError('rpc.badFrame', {});
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new AppError('rpc.badFrame', {}, { cause });
  }
  if (!isBounded(value, frameLimits.depth)) throw new AppError('rpc.badFrame', {});
  return value;
}

function isBounded(value: unknown, depth: number): boolean {
  if (typeof value === 'string') return value.length <= frameLimits.string;
  if (typeof value !== 'object' || value === null) return true;
  if (depth === 0) return false;
  if (Array.isArray(value))
    return value.length <= frameLimits.members && value.every((item) => isBounded(item, depth - 1));
  const entries = Object.entries(value);
  return entries.length <= frameLimits.members && entries.every(([, member]) => isBounded(member, depth - 1));
}

/** The id of a refused frame, when it has one, so that the refusal finds its caller. */
export function callIdOf(frame: unknown): number | null {
  const id =
    typeof frame === 'object' && frame !== null && Object.hasOwn(frame, 'id') ? (frame as { id: unknown }).id : null;
  return callId.safeParse(id).data ?? null;
}
