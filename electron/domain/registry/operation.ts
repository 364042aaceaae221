import { AppError } from '../../../shared/errors/app-error.ts';
import type { Clock } from '../ports.ts';

/** Time an operation may take as a whole, and the share of it that may be spent waiting for a busy registry. */
const operationMs = 120_000;
const blobPushMs = 600_000;
const maxWaitMs = 30_000;

/** One thing asked of a registry, which may take several requests: its signal and what is left of its budgets (security.md 5A). */
export class Operation {
  readonly signal: AbortSignal;
  readonly #clock: Clock;
  readonly #limitMs: number;
  readonly #endsAtMs: number;
  #waitLeftMs = maxWaitMs;

  constructor(clock: Clock, signal: AbortSignal, kind: 'request' | 'blobPush' = 'request') {
    this.signal = signal;
    this.#clock = clock;
    this.#limitMs = kind === 'blobPush' ? blobPushMs : operationMs;
    this.#endsAtMs = clock.monotonicMs() + this.#limitMs;
  }

  /**
   * Milliseconds left, at most `limitMs`.
   * @throws AppError `registry.timeout` when none are left; the signal's reason when aborted
   */
  remainingMs(host: string, limitMs: number): number {
    this.signal.throwIfAborted();
    const left = this.#endsAtMs - this.#clock.monotonicMs();
    if (left <= 0) throw new AppError('registry.timeout', { host, stage: 'operation', limitMs: this.#limitMs });
    return Math.min(left, limitMs);
  }

  /** Waits, unless that is more than the operation may still wait; whether it waited. */
  async wait(durationMs: number): Promise<boolean> {
    const left = Math.min(this.#waitLeftMs, this.#endsAtMs - this.#clock.monotonicMs());
    if (durationMs > left) return false;
    this.#waitLeftMs -= durationMs;
    await this.#clock.sleep(durationMs, this.signal);
    return true;
  }
}
