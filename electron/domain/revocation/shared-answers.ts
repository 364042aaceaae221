import { BoundedMemory } from '../bounded-memory.ts';

/** For how long an answer serves everyone who asks the same, in milliseconds. */
const keptMs = 60_000;
const limits = { maxEntries: 256, maxSize: 64 * 1024 * 1024 };

interface Entry<T> {
  readonly value: Promise<T>;
  readonly since: number;
  readonly controller: AbortController;
  waiting: number;
}

const watched = new WeakMap<AbortSignal, Set<() => void>>();

/** Calls back when a signal aborts, until told to forget it. A signal is listened to once, however many wait under it. */
function onAbort(signal: AbortSignal, callback: () => void): () => void {
  let callbacks = watched.get(signal);
  if (callbacks === undefined) {
    const waiting = new Set<() => void>();
    watched.set(signal, waiting);
    signal.addEventListener('abort', () => [...waiting].forEach((wake) => wake()), { once: true });
    callbacks = waiting;
  }
  callbacks.add(callback);
  return () => callbacks.delete(callback);
}

/**
 * Asks once what several want to know at the same time or within a minute, failures included: the signatures of an artifact, and
 * the artifacts of a job, mostly come from one signer. A task goes on for as long as anyone waits for it.
 */
export class SharedAnswers<T> {
  readonly #entries = new BoundedMemory<Entry<T>>(limits);
  readonly #monotonicMs: () => number;
  readonly #sizeOf: (value: T) => number;

  /** @param sizeOf bytes that an answer holds */
  constructor(monotonicMs: () => number, sizeOf: (value: T) => number = () => 0) {
    this.#monotonicMs = monotonicMs;
    this.#sizeOf = sizeOf;
  }

  /** @throws what the task throws; the signal's reason */
  async get(key: string, task: (signal: AbortSignal) => Promise<T>, signal: AbortSignal): Promise<T> {
    signal.throwIfAborted();
    const entry = this.#find(key) ?? this.#start(key, task);
    entry.waiting += 1;
    let forget = (): void => undefined;
    const aborted = new Promise<never>((_, reject) => {
      forget = onAbort(signal, () => reject(signal.reason as Error));
    });
    try {
      return await Promise.race([entry.value, aborted]);
    } finally {
      forget();
      entry.waiting -= 1;
      if (signal.aborted && entry.waiting === 0) this.#stop(key, entry);
    }
  }

  #find(key: string): Entry<T> | undefined {
    const entry = this.#entries.get(key);
    return entry && this.#monotonicMs() - entry.since < keptMs ? entry : undefined;
  }

  #start(key: string, task: (signal: AbortSignal) => Promise<T>): Entry<T> {
    const controller = new AbortController();
    const entry: Entry<T> = { value: task(controller.signal), since: this.#monotonicMs(), controller, waiting: 0 };
    this.#entries.set(key, entry, 0);
    entry.value.then(
      (value) => {
        if (this.#entries.get(key) === entry) this.#entries.set(key, entry, this.#sizeOf(value));
      },
      () => undefined,
    );
    return entry;
  }

  #stop(key: string, entry: Entry<T>): void {
    entry.controller.abort();
    if (this.#entries.get(key) === entry) this.#entries.delete(key);
  }
}
