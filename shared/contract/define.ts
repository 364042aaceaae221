import type { z } from 'zod';
import type { ErrorCode } from '../errors/codes.ts';

/** What a method may need of its host; `app.describeHost` says what the host has. */
export type HostCapability = 'nativeDialog' | 'filePaths' | 'window' | 'pluginInstall';

interface Spec {
  /** One sentence for CONTRACT.md. */
  readonly doc: string;
  readonly input: z.ZodType;
  readonly output: z.ZodType;
  /** Codes beyond the `rpc.*` ones that a caller should expect. */
  readonly errors: readonly ErrorCode[];
  readonly needs?: readonly HostCapability[];
}

export type Query<S extends Spec = Spec> = S & { readonly kind: 'query' };
export type Command<S extends Spec = Spec> = S & { readonly kind: 'command' };
export interface EventSpec<P extends z.ZodType = z.ZodType> {
  readonly doc: string;
  readonly payload: P;
}

/** A method that changes no state and touches no private key. */
export function query<const S extends Spec>(spec: S): Query<S> {
  return { ...spec, kind: 'query' };
}

/** A method that changes state or touches a private key. */
export function command<const S extends Spec>(spec: S): Command<S> {
  return { ...spec, kind: 'command' };
}

/** Something that happened, told to every client. Named in the past tense. */
export function event<P extends z.ZodType>(doc: string, payload: P): EventSpec<P> {
  return { doc, payload };
}

/** Prefixes each key of a namespace: `{ addKey }` under `keys` becomes `keys.addKey`. */
export type Prefixed<N extends string, T> = { readonly [K in keyof T & string as `${N}.${K}`]: T[K] };

/** See {@link Prefixed}. */
export function namespace<const N extends string, T extends Record<string, unknown>>(
  name: N,
  members: T,
): Prefixed<N, T> {
  return Object.fromEntries(Object.entries(members).map(([key, value]) => [`${name}.${key}`, value])) as Prefixed<N, T>;
}
