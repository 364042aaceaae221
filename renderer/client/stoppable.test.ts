import { describe, expect, it } from 'vitest';
import { stop, stoppable } from './stoppable.ts';

const untilAborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('stopped'))));
const never = new AbortController().signal;

describe('stoppable', () => {
  it('stops every task of its key and none of another', async () => {
    const tasks = [stoppable('a', never, untilAborted), stoppable('a', never, untilAborted)];
    const other = new AbortController();
    const kept = stoppable('b', other.signal, untilAborted);
    stop('a');
    await expect(Promise.allSettled(tasks)).resolves.toMatchObject([{ status: 'rejected' }, { status: 'rejected' }]);
    other.abort();
    await expect(kept).rejects.toThrow('stopped');
  });

  it('gives the result of a task that nobody stops, and forgets it', async () => {
    await expect(stoppable('a', never, () => Promise.resolve(7))).resolves.toBe(7);
    stop('a');
  });
});
