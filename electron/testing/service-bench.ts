import type { CallContext, EventName, PayloadOf, Publish } from '../../shared/contract/contract.ts';
import type { Clock, Http, Logger, Random } from '../domain/ports.ts';
import { createOfflineChecker } from './revocation-checkers.ts';

/** Everything a service needs of the world beside directories and repositories, and what it told. */
export class ServiceBench {
  readonly events: { readonly event: EventName; readonly payload: unknown }[] = [];
  readonly logged: string[] = [];
  #time = Date.UTC(2026, 10, 23, 7, 45);
  #ids = 0;

  readonly clock: Clock = {
    now: () => new Date(Math.max(this.#time, Date.now())),
    monotonicMs: () => performance.now(),
    sleep: () => new Promise((resolve) => setTimeout(resolve, 0)),
  };
  readonly random: Random = {
    bytes: (length) => new Uint8Array(length),
    uuid: () => `id-${(this.#ids += 1)}`,
  };
  readonly logger: Logger = { log: (level, message) => void this.logged.push(`${level}: ${message}`) };
  readonly openRevocation = () => Promise.resolve(createOfflineChecker());
  http: Http = { send: () => Promise.reject(new Error('nobody is to be asked here')) };
  readonly publish: Publish = (event, payload) => void this.events.push({ event, payload });

  /** Payloads of one event, oldest first. */
  told<E extends EventName>(event: E): PayloadOf<E>[] {
    return this.events.filter((told) => told.event === event).map(({ payload }) => payload as PayloadOf<E>);
  }
}

/** A call that may be cancelled. */
export function callContext(signal: AbortSignal = new AbortController().signal): CallContext {
  return { signal, traceId: 'test' };
}
