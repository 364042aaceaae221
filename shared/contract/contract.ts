import type { z } from 'zod';
import { activity, jobs } from './activity.ts';
import { app } from './app.ts';
import { artifacts } from './artifacts.ts';
import { blobs } from './blobs.ts';
import { browsing } from './browsing.ts';
import { bulk } from './bulk.ts';
import { namespace } from './define.ts';
import { lab } from './lab.ts';
import { layouts } from './layouts.ts';
import { events } from './events.ts';
import { impact } from './impact.ts';
import { intake } from './intake.ts';
import { keys } from './keys.ts';
import { pluginPackages } from './plugin-packages.ts';
import { plugins } from './plugins.ts';
import { policies } from './policies.ts';
import { registries } from './registries.ts';
import { sign } from './sign.ts';
import { trustStores } from './trust-stores.ts';
import { verify } from './verify.ts';

/** The only list of what a renderer or script may ask. */
export const contract = {
  ...namespace('app', app),
  ...namespace('registries', registries),
  ...namespace('layouts', layouts),
  ...namespace('artifacts', artifacts),
  ...namespace('keys', keys),
  ...namespace('trustStores', trustStores),
  ...namespace('policies', policies),
  ...namespace('impact', impact),
  ...namespace('plugins', plugins),
  ...namespace('pluginPackages', pluginPackages),
  ...namespace('intake', intake),
  ...namespace('blobs', blobs),
  ...namespace('sign', sign),
  ...namespace('verify', verify),
  ...namespace('browsing', browsing),
  ...namespace('bulk', bulk),
  ...namespace('lab', lab),
  ...namespace('jobs', jobs),
  ...namespace('activity', activity),
};
export { events };

export type MethodName = keyof typeof contract;
export type QueryName = { [M in MethodName]: (typeof contract)[M]['kind'] extends 'query' ? M : never }[MethodName];
export type CommandName = Exclude<MethodName, QueryName>;
/** What a caller passes; defaults may be left out. */
export type InputOf<M extends MethodName> = z.input<(typeof contract)[M]['input']>;
/** What a service receives: defaults filled in. */
export type ParsedInputOf<M extends MethodName> = z.output<(typeof contract)[M]['input']>;
export type OutputOf<M extends MethodName> = z.output<(typeof contract)[M]['output']>;
export type EventName = keyof typeof events;
export type PayloadOf<E extends EventName> = z.output<(typeof events)[E]['payload']>;

/** What a handler is given beside its input. */
export interface CallContext {
  readonly signal: AbortSignal;
  readonly traceId: string;
}
/** The services' side of one method. */
export type Handler<M extends MethodName> = (input: ParsedInputOf<M>, context: CallContext) => Promise<OutputOf<M>>;
/** The services' side of a namespace, such as `Handlers<'keys'>`. */
export type Handlers<N extends string> = { readonly [M in Extract<MethodName, `${N}.${string}`>]: Handler<M> };
/** All handlers of a host. */
export type AllHandlers = { readonly [M in MethodName]: Handler<M> };
/** Tells every client of an event. */
export type Publish = <E extends EventName>(event: E, payload: PayloadOf<E>) => void;
