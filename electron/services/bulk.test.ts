import { beforeEach, describe, expect, it } from 'vitest';
import type { CallContext, OutputOf, ParsedInputOf } from '../../shared/contract/contract.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { mediaTypes } from '../../shared/model/media-types.ts';
import { MemoryDirectory } from '../testing/memory-directory.ts';
import { MemoryRepository } from '../testing/memory-repository.ts';
import { callContext, ServiceBench } from '../testing/service-bench.ts';
import { createActivityService } from './activity.ts';
import { createBulkService } from './bulk.ts';
import { createJobsService } from './jobs.ts';

type Report = OutputOf<'verify.verifyArtifact'>;
type Signed = OutputOf<'sign.signArtifact'>;
const tags = ['1.0', '1.1', '1.2', '1.3', '1.4'];
const signing = { userMetadata: {}, pluginConfig: {} };

let bench: ServiceBench;
let inkan: MemoryDirectory;
let repository: MemoryRepository;
let judge: (reference: string, context: CallContext) => Promise<Partial<Report>>;
let push: (input: ParsedInputOf<'sign.signArtifact'>, context: CallContext) => Promise<Partial<Signed>>;
let signed: string[];
let jobs: ReturnType<typeof createJobsService>;
let bulk: ReturnType<typeof createBulkService>;

/** The service as it is after a start of the program. */
function start(): void {
  jobs = createJobsService(bench);
  bulk = createBulkService({
    ...bench,
    inkan,
    jobs,
    book: { list: () => Promise.resolve([]) },
    activity: createActivityService({ ...bench, inkan }),
    repositories: {
      open: (sourceId) =>
        sourceId === 's'
          ? Promise.resolve(repository)
          : Promise.reject(new AppError('registry.sourceNotFound', { id: sourceId })),
    },
    verify: async ({ reference }, context) => {
      const report = await judge(reference, context);
      const subject = { digest: repository.tags.get(reference) ?? '' };
      return { verdict: 'verified', signatures: [], subject, cli: { command: 'notation verify' }, ...report } as never;
    },
    sign: async (input, context) => {
      const outcome = await push(input, context);
      signed.push(input.digest);
      return { signatureDigest: input.digest, keyName: 'suji', command: 'notation sign', ...outcome } as never;
    },
  });
}

const put = (tag: string, content: string) =>
  repository.addManifest(mediaTypes.ociIndex, new TextEncoder().encode(JSON.stringify({ content })), tag);

beforeEach(() => {
  bench = new ServiceBench();
  inkan = new MemoryDirectory('/inkan');
  repository = new MemoryRepository('registry', 'registry.example/acme/web');
  for (const tag of tags) put(tag, tag);
  judge = () => Promise.resolve({});
  push = () => Promise.resolve({});
  signed = [];
  start();
});

const plan = async (action: 'verify' | 'sign', references: readonly string[] = tags) => {
  const artifacts = references.map((reference) => ({ sourceId: 's', repository: 'acme/web', reference }));
  return (await bulk['bulk.planQueue']({ action, artifacts }, callContext())).id;
};
const read = (id: string) => bulk['bulk.readQueue']({ id }, callContext());
const go = (id: string, options?: typeof signing, concurrency = 1) =>
  bulk['bulk.startQueue']({ id, concurrency, ...(options && { options }) }, callContext());
const untilState = async (id: string, state: string) => {
  await expect.poll(async () => (await read(id)).queue.state, { interval: 2 }).toBe(state);
  return read(id);
};
const statesOf = ({ items }: Awaited<ReturnType<typeof read>>) => items.map(({ state }) => state);

describe('a queue that verifies', () => {
  it('tells what it will cost, works, and tells of each', async () => {
    judge = (reference) => {
      if (reference === '1.1')
        return Promise.reject(new AppError('registry.timeout', { host: 'h', seconds: 1 } as never));
      return Promise.resolve(reference === '1.2' ? { verdict: 'couldNotCheck' } : {});
    };
    const id = await plan('verify', [...tags, '1.0']);
    const planned = await read(id);
    expect(planned.queue).toMatchObject({ state: 'planned', requests: 25, needsOptions: false });
    expect(planned.items[0]?.command).toBe('notation verify registry.example/acme/web:1.0');
    await go(id, undefined, 3);
    const ended = await untilState(id, 'ended');
    expect(statesOf(ended)).toEqual(['done', 'failed', 'failed', 'done', 'done']);
    expect(ended.items[0]).toMatchObject({ verdict: 'verified', digest: repository.tags.get('1.0') });
    expect(ended.items[1]?.error?.code).toBe('registry.timeout');
    expect(bench.told('jobs.changed').at(-1)).toMatchObject({ kind: 'verifyQueue', state: 'done', completed: 5 });
    expect(bench.told('activity.recorded')).toMatchObject([{ method: 'bulk.startQueue', note: '3/5' }]);
  });

  it('is paused, goes on, and is cancelled', async () => {
    const gates: (() => void)[] = [];
    judge = () => new Promise((resolve) => gates.push(() => resolve({})));
    const id = await plan('verify');
    await go(id);
    await expect.poll(() => gates.length).toBe(1);
    const paused = bulk['bulk.pauseQueue']({ id }, callContext());
    gates[0]?.();
    await paused;
    expect(statesOf(await read(id))).toEqual(['done', 'waiting', 'waiting', 'waiting', 'waiting']);
    expect((await read(id)).queue.state).toBe('paused');
    expect(bench.told('jobs.changed').at(-1)?.state).toBe('paused');
    await go(id);
    await expect.poll(() => gates.length).toBe(2);
    judge = (_, { signal }) =>
      new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));
    gates[1]?.();
    await expect.poll(async () => (await read(id)).items[2]?.state).toBe('running');
    await bulk['bulk.cancelQueue']({ id }, callContext());
    expect(statesOf(await read(id))).toEqual(['done', 'done', 'cancelled', 'cancelled', 'cancelled']);
    await expect(go(id)).rejects.toMatchObject({ code: 'bulk.wrongState' });
  });

  it('tries again only what failed', async () => {
    let asked: string[] = [];
    judge = (reference) => {
      asked.push(reference);
      if (reference === '1.3' && asked.length < 6) return Promise.reject(new AppError('rpc.internal', { traceId: '' }));
      return Promise.resolve({});
    };
    const id = await plan('verify');
    await go(id);
    expect((await untilState(id, 'ended')).queue.counts.failed).toBe(1);
    await bulk['bulk.retryFailed']({ id }, callContext());
    expect((await read(id)).queue).toMatchObject({ state: 'planned', requests: 5 });
    asked = [...asked];
    await go(id);
    expect((await untilState(id, 'ended')).queue.counts).toMatchObject({ done: 5, failed: 0 });
    expect(asked.slice(5)).toEqual(['1.3']);
  });

  it('rests when a registry asks for patience', async () => {
    let refusals = 2;
    judge = () =>
      (refusals -= 1) >= 0
        ? Promise.reject(new AppError('registry.tooManyRequests', { host: 'h', retryAfterMs: 1 }))
        : Promise.resolve({});
    const id = await plan('verify');
    await go(id);
    expect((await untilState(id, 'ended')).queue.counts.done).toBe(5);
    refusals = 100;
    const other = await plan('verify', ['1.0']);
    await go(other);
    expect((await untilState(other, 'ended')).items[0]?.error?.code).toBe('registry.tooManyRequests');
  });

  it('goes on after the program ended', async () => {
    let hangs = true;
    judge = (reference, { signal }) =>
      hangs && reference === '1.2'
        ? new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)))
        : Promise.resolve({});
    const id = await plan('verify');
    await go(id);
    await expect.poll(async () => (await read(id)).items[2]?.state).toBe('running');
    await jobs.close();
    hangs = false;
    start();
    const { queue } = await read(id);
    expect(queue).toMatchObject({ state: 'paused', counts: { done: 2, waiting: 3 } });
    await go(id);
    expect((await untilState(id, 'ended')).queue.counts.done).toBe(5);
  });
});

describe('a queue that signs', () => {
  it('pins digests, and signs them once it is told how', async () => {
    const id = await plan('sign', [...tags, 'gone']);
    const planned = await untilState(id, 'planned');
    expect(planned.queue.needsOptions).toBe(true);
    expect(planned.items.map(({ digest }) => digest)).toEqual([
      ...tags.map((tag) => repository.tags.get(tag)),
      undefined,
    ]);
    expect(planned.items[5]).toMatchObject({ state: 'failed', error: { code: 'registry.notFound' } });
    expect(signed).toEqual([]);
    await expect(go(id)).rejects.toMatchObject({ code: 'bulk.optionsNeeded' });
    await go(id, signing, 4);
    const ended = await untilState(id, 'ended');
    expect(ended.queue.counts).toMatchObject({ done: 5, failed: 1 });
    expect(signed.length).toBe(5);
  });

  it('leaves a tag alone that moved after the plan, and asks again before it signs the new digest', async () => {
    const id = await plan('sign');
    await untilState(id, 'planned');
    const [before, after] = [repository.tags.get('1.2'), put('1.2', 'moved').digest];
    await go(id, signing);
    const ended = await untilState(id, 'ended');
    expect(ended.items[2]).toMatchObject({
      state: 'failed',
      error: { code: 'bulk.tagMoved', details: { tag: '1.2', planned: before, found: after } },
    });
    expect(signed).not.toContain(after);
    await bulk['bulk.retryFailed']({ id }, callContext());
    expect((await untilState(id, 'planned')).items[2]).toMatchObject({ state: 'waiting', digest: after });
    expect(signed).not.toContain(after);
    await go(id, signing);
    await untilState(id, 'ended');
    expect(signed).toContain(after);
  });

  it('does not sign twice what was being signed when the program ended', async () => {
    push = () => new Promise(() => undefined);
    const id = await plan('sign');
    await untilState(id, 'planned');
    await go(id, signing);
    await expect.poll(async () => inkan.text(`queues/${id}.json`)).toContain('"state":"running"');
    await expect.poll(async () => (await read(id)).items[0]?.state).toBe('running');
    start();
    const { queue, items } = await read(id);
    expect(queue).toMatchObject({ state: 'paused', needsOptions: false });
    expect(items[0]).toMatchObject({ state: 'failed', error: { code: 'bulk.interrupted' } });
    push = () => Promise.resolve({});
    await go(id);
    await untilState(id, 'ended');
    expect(signed.length).toBe(4);
  });

  it('writes no secret, and asks for it again', async () => {
    const id = await plan('sign');
    await untilState(id, 'planned');
    push = (_, { signal }) =>
      new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));
    await go(id, { ...signing, pluginConfig: { token: 'very secret' } as never });
    await expect.poll(async () => (await read(id)).items[0]?.state).toBe('running');
    await jobs.close();
    expect([...inkan.files.keys()].map((file) => inkan.text(file)).join('')).not.toContain('very secret');
    start();
    expect((await read(id)).queue).toMatchObject({ state: 'paused', needsOptions: true });
    await expect(go(id)).rejects.toMatchObject({ code: 'bulk.optionsNeeded' });
  });
});

describe('queues', () => {
  it('are listed newest first, removed, and told of when they cannot be read', async () => {
    inkan.put('queues/bad.json', '{"version":1');
    inkan.put('queues/other.json', JSON.stringify({ version: 2 }));
    const id = await plan('verify');
    expect((await bulk['bulk.listQueues']({}, callContext())).queues.map((queue) => queue.id)).toEqual([id]);
    expect(bench.logged).toEqual(['warn: a queue cannot be read', 'warn: a queue cannot be read']);
    await bulk['bulk.removeQueue']({ id }, callContext());
    await expect(read(id)).rejects.toMatchObject({ code: 'bulk.queueNotFound' });
    expect(inkan.text(`queues/${id}.json`)).toBeUndefined();
  });

  it('keep to places that exist', async () => {
    const artifacts = [{ sourceId: 'gone', repository: '', reference: '1.0' }];
    await expect(bulk['bulk.planQueue']({ action: 'verify', artifacts }, callContext())).rejects.toMatchObject({
      code: 'registry.sourceNotFound',
    });
  });

  it('ask a layout for nothing over the network', async () => {
    repository = new MemoryRepository('layout', '/layouts/acme');
    put('1.0', 'a');
    const id = await plan('verify', ['1.0']);
    expect((await read(id)).queue.requests).toBe(0);
  });

  it('stop when their progress cannot be written', async () => {
    const id = await plan('sign');
    await untilState(id, 'planned');
    inkan.write = () => Promise.reject(new AppError('file.noSpace', { file: 'queues' }));
    await expect(go(id, signing)).rejects.toMatchObject({ code: 'file.noSpace' });
    await expect.poll(() => bench.told('jobs.changed').at(-1)?.state).toBe('failed');
    expect((await read(id)).queue.state).toBe('paused');
    expect(signed).toEqual([]);
  });
});
