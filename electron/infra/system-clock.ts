import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '../domain/ports.ts';

/** The computer's own clock. */
export const systemClock: Clock = {
  now: () => new Date(),
  monotonicMs: () => performance.now(),
  async sleep(durationMs, signal) {
    try {
      await delay(durationMs, undefined, { signal });
    } catch (error) {
      signal?.throwIfAborted();
      throw error;
    }
  },
};
