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

/** A frame that was not one, with the id to answer to if one could be told. */
export interface RefusedFrame {
  readonly type: 'refused';
  readonly id: number | null;
}

/** Reads a text from a client. Nothing is thrown: what is no frame comes back as refused. */
export function readClientFrame(text: string): ClientFrame | RefusedFrame {
  const value = text.length <= frameLimits.length ? parseJson(text) : undefined;
  const frame = isBounded(value, frameLimits.depth) ? clientFrameSchema.safeParse(value) : undefined;
  return frame?.data ?? { type: 'refused', id: callIdOf(value) };
}

/**
 * The input of a call whose method came by another way, inside the same limits.
 * @throws `rpc.badFrame`
 */
export function parseInput(text: string): unknown {
  const value = text.length <= frameLimits.length ? parseJson(text) : undefined;
  if (value === undefined || !isBounded(value, frameLimits.depth - 1)) throw new AppError('rpc.badFrame', {});
  return value;
}

/** Undefined is what no JSON text stands for. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isBounded(value: unknown, depth: number): boolean {
  if (typeof value === 'string') return value.length <= frameLimits.string;
  if (typeof value !== 'object' || value === null) return true;
  if (depth === 0) return false;
  const members = Array.isArray(value) ? value : Object.values(value);
  return members.length <= frameLimits.members && members.every((member) => isBounded(member, depth - 1));
}

function callIdOf(frame: unknown): number | null {
  if (typeof frame !== 'object' || frame === null || !Object.hasOwn(frame, 'id')) return null;
  return callId.safeParse((frame as { id: unknown }).id).data ?? null;
}
