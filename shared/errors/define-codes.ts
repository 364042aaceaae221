import type { z } from 'zod';

/** What an error code carries across the wire, and whether trying again may help. */
export interface CodeSpec {
  readonly details: z.ZodType<Record<string, unknown>>;
  readonly retryable: boolean;
}

/** Declares the codes of one area; keeps the literal types. */
export function defineCodes<const T extends Record<string, CodeSpec>>(codes: T): T {
  return codes;
}
