import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { contract } from '../../shared/contract/contract.ts';
import { maxChunkBytes } from '../../shared/contract/intake.ts';
import { frameLimits } from '../../shared/rpc/frames.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import type { Clock, Spool, SpoolFile } from '../domain/ports.ts';
import { callContext, ServiceBench } from '../testing/service-bench.ts';
import { Intake } from './intake.ts';

class MemorySpool implements Spool {
  readonly files: { bytes: Uint8Array; removed: boolean }[] = [];
  fails = false;

  async create(): Promise<SpoolFile> {
    if (this.fails) throw new AppError('file.noSpace', { file: 'x' });
    const file = { bytes: new Uint8Array(0), removed: false };
    this.files.push(file);
    return {
      append: async (bytes) => {
        if (this.fails) throw new AppError('file.noSpace', { file: 'x' });
        file.bytes = Buffer.concat([file.bytes, bytes]);
      },
      read: async (offset, length) => file.bytes.subarray(offset, offset + length),
      remove: async () => void (file.removed = true),
    };
  }
}

function createBench() {
  const bench = new ServiceBench();
  const spool = new MemorySpool();
  let time = 0;
  const wakers: (() => void)[] = [];
  const clock: Clock = {
    now: () => new Date(time),
    monotonicMs: () => time,
    sleep: (_ms, signal) =>
      new Promise((resolve, reject) => {
        wakers.push(resolve);
        signal?.addEventListener('abort', () => reject(signal.reason as Error));
      }),
  };
  const intake = new Intake({ clock, random: bench.random, logger: bench.logger, spool });
  const pass = async (ms: number) => {
    time += ms;
    for (const wake of wakers.splice(0)) wake();
    await new Promise((resolve) => setImmediate(resolve));
  };
  const open = (size: number, keep: 'hashOnly' | 'spool' = 'hashOnly') =>
    intake.handlers['intake.openFile']({ name: 'a.bin', size, keep }, callContext()).then(({ id }) => id);
  const append = (id: string, offset: number, text: string) =>
    intake.handlers['intake.appendChunk']({ id, offset, base64: btoa(text) }, callContext());
  const discard = (id: string) => intake.handlers['intake.discardFile']({ id }, callContext());
  return { intake, spool, pass, open, append, discard };
}

const digestsOf = (text: string) =>
  Object.fromEntries(
    ['sha256', 'sha384', 'sha512'].map((name) => [name, `${name}:${createHash(name).update(text).digest('hex')}`]),
  );

describe('Intake', () => {
  it('hashes what arrives under all three algorithms', async () => {
    const { intake, open, append, spool } = createBench();
    const id = await open(11);
    expect(await append(id, 0, 'hello ')).toEqual({ received: 6 });
    expect(await append(id, 6, 'world')).toEqual({ received: 11 });
    expect(await intake.find(id)).toEqual({ name: 'a.bin', size: 11, digests: digestsOf('hello world') });
    expect(spool.files).toEqual([]);
  });

  it('takes an empty file', async () => {
    const { intake, open } = createBench();
    expect((await intake.find(await open(0))).digests).toEqual(digestsOf(''));
  });

  it('takes chunks that were sent without waiting for each other', async () => {
    const { intake, open, append } = createBench();
    const id = await open(4, 'spool');
    await Promise.all([append(id, 0, 'a'), append(id, 1, 'b'), append(id, 2, 'cd')]);
    expect((await intake.find(id)).digests).toEqual(digestsOf('abcd'));
  });

  it('hands a spooled file over with its bytes', async () => {
    const { intake, open, append, spool } = createBench();
    const id = await open(4, 'spool');
    await append(id, 0, 'abcd');
    const { spooled } = await intake.take(id);
    expect(new TextDecoder().decode(await spooled?.read(1, 2))).toBe('bc');
    await expect(intake.find(id)).rejects.toMatchObject({ code: 'intake.notFound' });
    await intake.close();
    expect(spool.files[0]?.removed).toBe(false);
  });

  it.each([
    ['a chunk that comes too late', 3, 'x', 'intake.wrongOffset'],
    ['a chunk that comes twice', 0, 'x', 'intake.wrongOffset'],
    ['more than was announced', 2, 'xyz', 'intake.wrongSize'],
  ])('refuses %s', async (_what, offset, text, code) => {
    const { open, append } = createBench();
    const id = await open(4);
    await append(id, 0, 'ab');
    await expect(append(id, offset, text)).rejects.toMatchObject({ code });
  });

  it.each(['AB', 'AB==', 'A-_=', '    ', 'AAAA\nAAAA', `${'A'.repeat(4 * Math.ceil(maxChunkBytes / 3))}`])(
    'refuses a chunk that is no canonical base64 or too long (%#)',
    async (base64) => {
      const { intake, open, append } = createBench();
      const id = await open(8 * maxChunkBytes);
      const call = intake.handlers['intake.appendChunk']({ id, offset: 0, base64 }, callContext());
      await expect(call).rejects.toMatchObject({ code: 'intake.badChunk' });
      expect(await append(id, 0, 'good')).toEqual({ received: 4 });
    },
  );

  it('forgets a file that lied about its size, and what was spooled of it', async () => {
    const { intake, open, append, spool } = createBench();
    const id = await open(2, 'spool');
    await expect(append(id, 0, 'abc')).rejects.toMatchObject({ code: 'intake.wrongSize' });
    await expect(intake.find(id)).rejects.toMatchObject({ code: 'intake.notFound' });
    expect(spool.files[0]?.removed).toBe(true);
  });

  it('gives no file that is not whole', async () => {
    const { intake, open, append } = createBench();
    const id = await open(9);
    await append(id, 0, 'abc');
    const details = { file: 'a.bin', announced: 9, received: 3 };
    await expect(intake.take(id)).rejects.toMatchObject({ code: 'intake.incomplete', details });
  });

  it('spools no more than 256 MiB, and no more than eight files', async () => {
    const { open } = createBench();
    await expect(open(256 * 1024 * 1024 + 1, 'spool')).rejects.toMatchObject({ code: 'file.tooLarge' });
    expect(await open(2 ** 50)).toBeTypeOf('string');
    for (let count = 0; count < 8; count += 1) await open(256 * 1024 * 1024, 'spool');
    await expect(open(1, 'spool')).rejects.toMatchObject({ code: 'intake.tooMany', details: { limit: 8 } });
  });

  it('holds no more than 2,000 files', async () => {
    const { open, discard } = createBench();
    const ids = await Promise.all(Array.from({ length: 2000 }, () => open(1)));
    await expect(open(1)).rejects.toMatchObject({ code: 'intake.tooMany', details: { limit: 2000 } });
    await discard(ids[0] ?? '');
    expect(await open(1)).toBeTypeOf('string');
  });

  it('keeps no place for a file that the disk has no room for', async () => {
    const { intake, open, append, spool } = createBench();
    const id = await open(4, 'spool');
    spool.fails = true;
    for (let count = 0; count < 20; count += 1) {
      await expect(open(1, 'spool')).rejects.toMatchObject({ code: 'file.noSpace' });
    }
    await expect(append(id, 0, 'abcd')).rejects.toMatchObject({ code: 'file.noSpace' });
    await expect(intake.find(id)).rejects.toMatchObject({ code: 'intake.notFound' });
  });

  it('removes what is discarded, twice or unknown without complaint', async () => {
    const { intake, open, discard, spool } = createBench();
    const id = await open(4, 'spool');
    for (const each of [id, id, 'unknown', '__proto__']) expect(await discard(each)).toEqual({});
    expect(spool.files[0]?.removed).toBe(true);
    await expect(intake.find('__proto__')).rejects.toMatchObject({ code: 'intake.notFound' });
  });

  it('forgets after half an hour without use, and not while it is used', async () => {
    const { intake, open, append, pass, spool } = createBench();
    const [used, unused] = [await open(4, 'spool'), await open(4, 'spool')];
    await pass(20 * 60_000);
    await append(used, 0, 'abcd');
    await pass(11 * 60_000);
    expect((await intake.find(used)).size).toBe(4);
    await expect(intake.find(unused)).rejects.toMatchObject({ code: 'intake.notFound' });
    expect(spool.files.map(({ removed }) => removed)).toEqual([false, true]);
  });

  it('removes everything at the end', async () => {
    const { intake, open, spool } = createBench();
    await Promise.all([open(1, 'spool'), open(1, 'spool')]);
    await intake.close();
    expect(spool.files.map(({ removed }) => removed)).toEqual([true, true]);
  });
});

describe('the contract of the intake', () => {
  it('has chunks that fit into a frame', () => {
    expect(4 * Math.ceil(maxChunkBytes / 3)).toBeLessThan(frameLimits.string);
  });

  it.each([
    { name: 'a/b', size: 1, keep: 'spool' },
    { name: '', size: 1, keep: 'spool' },
    { name: 'a\0b', size: 1, keep: 'spool' },
    { name: 'a'.repeat(256), size: 1, keep: 'spool' },
    { name: 'a', size: -1, keep: 'spool' },
    { name: 'a', size: 1.5, keep: 'spool' },
    { name: 'a', size: 2 ** 53, keep: 'spool' },
    { name: 'a', size: Infinity, keep: 'spool' },
    { name: 'a', size: 1, keep: 'path' },
  ])('refuses to open $name of $size bytes as $keep', (input) => {
    expect(contract['intake.openFile'].input.safeParse(input).success).toBe(false);
  });
});
