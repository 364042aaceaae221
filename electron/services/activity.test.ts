import { beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../shared/errors/app-error.ts';
import type { Clock } from '../domain/ports.ts';
import { createFaultyDirectory } from '../testing/faulty-directory.ts';
import { MemoryDirectory } from '../testing/memory-directory.ts';
import { callContext, ServiceBench } from '../testing/service-bench.ts';
import { createActivityService, type ActivityService } from './activity.ts';

const file = 'activity.jsonl';
const { signal } = new AbortController();

let bench: ServiceBench;
let inkan: MemoryDirectory;
let activity: ActivityService;
beforeEach(() => {
  bench = new ServiceBench();
  inkan = new MemoryDirectory('/inkan');
  activity = createActivityService({ ...bench, inkan });
});

const record = (subject: string) =>
  activity.record(
    'keys.deleteKey',
    subject,
    signal,
    () => Promise.resolve(1),
    () => ({ note: 'n' }),
  );
const list = async (before?: string, limit = 100) =>
  activity.handlers['activity.listActivity']({ limit, ...(before !== undefined && { before }) }, callContext());

describe('activity', () => {
  it('gives the newest first, a page at a time', async () => {
    for (const subject of ['a', 'b', 'c']) await record(subject);
    const first = await list(undefined, 2);
    expect(first.entries.map(({ subject }) => subject)).toEqual(['c', 'b']);
    expect(first.more).toBe(true);
    const second = await list(first.entries[1]?.id, 2);
    expect(second.entries.map(({ subject }) => subject)).toEqual(['a']);
    expect(second.more).toBe(false);
  });

  it('is there after a restart', async () => {
    await record('a');
    await activity.flush();
    expect(inkan.text(file)?.split('\n')).toHaveLength(2);
    activity = createActivityService({ ...bench, inkan });
    expect((await list()).entries).toMatchObject([{ subject: 'a', outcome: 'done', note: 'n' }]);
  });

  it('puts many rows into few writes, however long they keep coming', async () => {
    let writes = 0;
    const sleep: Clock['sleep'] = (_, sleepSignal) =>
      new Promise((_resolve, reject) => sleepSignal?.addEventListener('abort', () => reject(new Error('hurry'))));
    const waitingClock = { ...bench.clock, sleep };
    const counting = createFaultyDirectory(inkan, ({ method }) => void (writes += method === 'write' ? 1 : 0));
    activity = createActivityService({ ...bench, inkan: counting, clock: waitingClock });
    for (let index = 0; index < 200; index += 1) {
      await record(String(index));
      await new Promise((resolve) => setImmediate(resolve));
    }
    await activity.flush();
    expect(writes).toBe(1);
    expect(inkan.text(file)?.trim().split('\n')).toHaveLength(200);
  });

  it('skips what it cannot read', async () => {
    const row = { id: 'x', at: '2026-11-23T00:00:00Z', method: 'm', subject: 's', outcome: 'done' };
    inkan.put(file, `{"cut\n${JSON.stringify(row)}\n[]\n`);
    expect((await list()).entries).toEqual([row]);
  });

  it('keeps at most 1,000 rows', async () => {
    for (let index = 0; index < 1005; index += 1) await record(String(index));
    await activity.flush();
    expect(inkan.text(file)?.trim().split('\n')).toHaveLength(1000);
    expect((await list(undefined, 1)).entries[0]?.subject).toBe('1004');
  });

  it('records how it ended, and passes the outcome on', async () => {
    const failure = new AppError('key.notFound', { name: 'k' });
    const fail = (using: AbortSignal) =>
      activity.record(
        'keys.deleteKey',
        'k',
        using,
        () => Promise.reject(failure),
        () => ({}),
      );
    await expect(fail(signal)).rejects.toBe(failure);
    await expect(fail(AbortSignal.abort())).rejects.toBe(failure);
    expect((await list()).entries).toMatchObject([
      { outcome: 'cancelled' },
      { outcome: 'failed', error: { code: 'key.notFound' } },
    ]);
    expect(bench.told('activity.recorded')).toHaveLength(2);
  });

  it('does not fail what was done when it cannot be recorded', async () => {
    inkan.put(`${file}/x`, '');
    await expect(record('a')).resolves.toBe(1);
    expect(bench.logged).toEqual(['warn: activity was not recorded']);
  });

  it('forgets everything on request', async () => {
    await record('a');
    await activity.flush();
    await activity.handlers['activity.clearActivity']({}, callContext());
    expect(inkan.text(file)).toBeUndefined();
    expect((await list()).entries).toEqual([]);
  });
});
