import type { Clock } from '../domain/ports.ts';

/** A clock whose time passes only when someone waits, and then at once. */
export class InstantClock implements Clock {
  readonly waits: number[] = [];
  #ms: number;

  constructor(start = '2026-11-23T08:00:00Z') {
    this.#ms = Date.parse(start);
  }

  now(): Date {
    return new Date(this.#ms);
  }

  monotonicMs(): number {
    return this.#ms;
  }

  advance(durationMs: number): void {
    this.#ms += durationMs;
  }

  async sleep(durationMs: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    this.waits.push(durationMs);
    this.advance(durationMs);
    await Promise.resolve();
  }
}
