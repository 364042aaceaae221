import { strict as assert } from 'node:assert';
import { randomUUID } from 'node:crypto';
import { contract, type AllHandlers, type Handler, type MethodName } from '../../shared/contract/contract.ts';
import { AppError, isAppError } from '../../shared/errors/app-error.ts';
import type { ErrorCode } from '../../shared/errors/codes.ts';
import { createClient, type Client } from '../../shared/rpc/client.ts';
import { createDispatch, type CallFault, type Dispatch } from '../../shared/rpc/dispatch.ts';
import { frameLimits, serverFrameSchema, type ServerFrame } from '../../shared/rpc/frames.ts';
import type { Settings } from '../../shared/model/settings.ts';
import type { Pipe } from '../../shared/rpc/pipe.ts';
import { createServer, type Server } from '../../shared/rpc/server.ts';

/** A secret that handlers of the suite try to leak, and that must never come out of the pipe. */
export const plantedSecret = '-----BEGIN PRIVATE KEY----- planted';

/** The far end of the suite: the real dispatch and server over handlers that misbehave on purpose. */
export interface SuiteHost {
  readonly dispatch: Dispatch;
  readonly server: Server;
  readonly faults: CallFault[];
  /** Methods whose signal was aborted while they ran. */
  readonly aborted: string[];
}

export function createSuiteHost(): SuiteHost {
  const faults: CallFault[] = [];
  const aborted: string[] = [];
  const handlers = createHandlers(aborted, (payload) => server.publish('config.changed', payload));
  const onFault = (fault: CallFault) => void faults.push(fault);
  const dispatch = createDispatch({ handlers, capabilities: [], newTraceId: randomUUID, onFault });
  const server = createServer({ dispatch, onBadFrame: () => {} });
  return { dispatch, server, faults, aborted };
}

function createHandlers(aborted: string[], publish: (payload: { area: 'keys' }) => void): AllHandlers {
  const settings: Settings = {
    ...{ language: 'en', theme: 'dark', timeZone: 'utc', configuration: 'scratch', maxSignatures: 100 },
    ...{ revocationOnline: true, revocationPrivateAddresses: false, ocspTimeoutSeconds: 2, crlTimeoutSeconds: 5 },
    ...{ verificationPlugins: [], timestampAuthorities: [] },
  };
  const untilAborted = (method: string, signal: AbortSignal) =>
    new Promise<never>((_resolve, reject) => {
      signal.addEventListener('abort', () => {
        aborted.push(method);
        reject(signal.reason as Error);
      });
    });
  const special: Partial<Record<MethodName, Handler<never>>> = {
    'app.readSettings': async () => ({ ...settings, privateKey: plantedSecret }) as never,
    'jobs.listJobs': async () => ({ jobs: [] }) as never,
    'jobs.cancelJob': async (_input, { signal }) => untilAborted('jobs.cancelJob', signal),
    'activity.listActivity': async (_input, { signal }) => untilAborted('activity.listActivity', signal),
    'activity.clearActivity': async () => {
      publish({ area: 'keys', privateKey: plantedSecret } as { area: 'keys' });
      return {} as never;
    },
    'keys.listKeys': async () => ({ keys: plantedSecret }) as never,
    'keys.setDefaultKey': async () => {
      throw new AppError('key.notFound', { name: 'absent', privateKey: plantedSecret } as { name: string });
    },
    'keys.deleteKey': async () => {
      throw new Error(plantedSecret);
    },
  };
  const unused = async () => assert.fail('not part of the suite');
  const all = Object.keys(contract).map((method) => [method, special[method as MethodName] ?? unused]);
  return Object.fromEntries(all) as AllHandlers;
}

/** What a case is given: a fresh pipe to a {@link SuiteHost}, and a look at what came through it. */
interface Peer {
  readonly client: Client;
  /** Sends a text as it is and gives the next frame that is not an event. */
  exchange(text: string): Promise<ServerFrame>;
  /** Sends a text without waiting. */
  send(text: string): void;
  /** All texts received so far. */
  readonly received: readonly string[];
}

function createPeer(pipe: Pipe): Peer {
  const received: string[] = [];
  const waiting: ((frame: ServerFrame) => void)[] = [];
  let toClient = (_text: string) => {};
  const client = createClient({ send: (text) => pipe.send(text), onMessage: (listener) => void (toClient = listener) });
  pipe.onMessage((text) => {
    received.push(text);
    const frame = serverFrameSchema.parse(JSON.parse(text));
    if (frame.type !== 'event') waiting.shift()?.(frame);
    toClient(text);
  });
  const exchange = (text: string) =>
    new Promise<ServerFrame>((resolve) => {
      waiting.push(resolve);
      pipe.send(text);
    });
  return { client, exchange, send: (text) => pipe.send(text), received };
}

async function codeOf(promise: Promise<unknown>): Promise<ErrorCode | undefined> {
  return promise.then(
    () => undefined,
    (error: unknown) => (isAppError(error) ? error.code : assert.fail(String(error))),
  );
}

const call = (id: unknown, method: unknown, input: unknown = {}) => JSON.stringify({ type: 'call', id, method, input });
const badFrame = (id: number | null) => ({ type: 'failure', id, error: { code: 'rpc.badFrame', details: {} } });
const nested = (depth: number) => call(7, 'jobs.listJobs', '?').replace('"?"', '['.repeat(depth) + ']'.repeat(depth));

/** Texts that are no frames, with the id that the refusal answers to. */
const badFrames: readonly (readonly [text: string, id: number | null])[] = [
  ['', null],
  ['nonsense', null],
  ['null', null],
  ['[]', null],
  ['{"type":"call"', null],
  ['{"type":"call","id":1}', 1],
  [call(0, 'jobs.listJobs'), null],
  [call(1.5, 'jobs.listJobs'), null],
  [call('1', 'jobs.listJobs'), null],
  [call(7, 3), 7],
  [call(7, 'x'.repeat(129)), 7],
  [JSON.stringify({ type: 'result', id: 7, output: {} }), 7],
  [nested(frameLimits.depth), 7],
  [nested(100_000), 7],
  [call(7, 'jobs.listJobs', { text: 'x'.repeat(frameLimits.string + 1) }), 7],
  [call(7, 'jobs.listJobs', Array(frameLimits.members + 1).fill(0)), 7],
  [`{"__proto__":{"type":"call","id":7,"method":"jobs.listJobs","input":{}}}`, null],
  [' '.repeat(frameLimits.length + 1), null],
];

/** Changes a text at a few places, the same way in every run. */
function mutate(text: string, random: () => number): string {
  const characters = [...text];
  for (let change = 0; change <= random() % 4; change += 1) {
    const at = random() % characters.length;
    const replacement = [String.fromCharCode(random() % 0x250), '', '"', '{', '\\', '9'.repeat(30), '__proto__'][
      random() % 7
    ];
    characters.splice(at, random() % 3, replacement ?? '');
    if (characters.length === 0) return '';
  }
  return characters.join('');
}

function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 8;
  };
}

export interface SuiteCase {
  readonly title: string;
  /** Throws when the rule is broken. The pipe leads to a {@link SuiteHost} and is used by this case alone. */
  run(pipe: Pipe): Promise<void>;
}

const suiteCase = (title: string, body: (peer: Peer) => Promise<void>): SuiteCase => ({
  title,
  run: (pipe) => body(createPeer(pipe)),
});

/** The rules of the protocol, the same over every transport. */
export const contractSuite: readonly SuiteCase[] = [
  suiteCase('answers a call with its output', async ({ client }) => {
    assert.deepEqual(await client.call('jobs.listJobs', {}), { jobs: [] });
  }),
  suiteCase('answers many calls at once, each to its caller', async ({ client }) => {
    const calls = Array.from({ length: 50 }, (_, index) =>
      codeOf(client.call(index % 2 ? 'keys.setDefaultKey' : 'jobs.listJobs', { name: 'x' })),
    );
    const codes = await Promise.all(calls);
    assert.deepEqual(
      codes,
      Array.from({ length: 50 }, (_, index) => (index % 2 ? 'key.notFound' : undefined)),
    );
  }),
  suiteCase('lets nothing out that the output schema does not name', async ({ client, received }) => {
    const settings = await client.call('app.readSettings', {});
    assert.equal(settings.maxSignatures, 100);
    assert.ok(!received.join('').includes(plantedSecret));
  }),
  suiteCase('lets nothing out that the details of an error code do not name', async ({ client, received }) => {
    const failure = await client.call('keys.setDefaultKey', { name: 'absent' }).catch((error: unknown) => error);
    assert.ok(isAppError(failure, 'key.notFound'));
    assert.deepEqual(failure.details, { name: 'absent' });
    assert.ok(!received.join('').includes(plantedSecret));
  }),
  suiteCase('answers what breaks without saying why, with a trace id', async ({ client, received }) => {
    const failure = await client.call('keys.deleteKey', { name: 'x' }).catch((error: unknown) => error);
    assert.ok(isAppError(failure, 'rpc.internal'));
    assert.match(failure.details.traceId, /^[0-9a-f-]{36}$/);
    assert.ok(!received.join('').includes(plantedSecret));
  }),
  suiteCase('refuses an output of another shape', async ({ client, received }) => {
    assert.equal(await codeOf(client.call('keys.listKeys', {})), 'rpc.badOutput');
    assert.ok(!received.join('').includes(plantedSecret));
  }),
  suiteCase('refuses unknown methods, inherited names among them', async ({ client }) => {
    for (const method of ['keys.exportKey', 'constructor', '__proto__', 'toString', '']) {
      assert.equal(await codeOf(client.call(method as 'jobs.listJobs', {})), 'rpc.unknownMethod');
    }
  }),
  suiteCase('refuses what this host cannot do, before it looks at the input', async ({ client }) => {
    assert.equal(await codeOf(client.call('app.openExternal', { url: 7 } as never)), 'rpc.notOnThisHost');
  }),
  suiteCase('reports all faults of an input at once', async ({ client }) => {
    const input = { name: '', algorithm: 'RSA-1024', validityDays: 0 };
    const failure = await client.call('keys.createTestKey', input as never).catch((error: unknown) => error);
    assert.ok(isAppError(failure, 'rpc.badInput'));
    assert.deepEqual(failure.details.faults.map(({ path }) => path).sort(), ['algorithm', 'name', 'validityDays']);
  }),
  suiteCase('stops a query when its signal is aborted', async ({ client }) => {
    const controller = new AbortController();
    const answer = codeOf(client.call('activity.listActivity', {}, { signal: controller.signal }));
    controller.abort();
    assert.equal(await answer, 'rpc.cancelled');
    assert.equal(
      await codeOf(client.call('activity.listActivity', {}, { signal: controller.signal })),
      'rpc.cancelled',
    );
  }),
  suiteCase('tells how a command ended after its signal was aborted', async ({ client }) => {
    const controller = new AbortController();
    const answer = codeOf(client.call('jobs.cancelJob', { id: 'x' }, { signal: controller.signal }));
    controller.abort();
    assert.equal(await answer, 'rpc.cancelled');
  }),
  suiteCase('answers every frame that is none, and goes on', async ({ client, exchange }) => {
    for (const [text, id] of badFrames) assert.deepEqual(await exchange(text), badFrame(id), text.slice(0, 80));
    assert.deepEqual(await client.call('jobs.listJobs', {}), { jobs: [] });
  }),
  suiteCase('refuses a second call under an id that is in use', async ({ send, exchange }) => {
    send(call(7, 'activity.listActivity'));
    assert.deepEqual(await exchange(call(7, 'jobs.listJobs')), badFrame(7));
  }),
  suiteCase('outlives 2,000 mutated frames', async ({ client, send }) => {
    const random = createRandom(20_261_123);
    const frames = [
      call(900_001, 'jobs.listJobs'),
      call(900_002, 'keys.createTestKey', { name: 'x' }),
      '{"type":"cancel","id":900003}',
    ];
    for (let round = 0; round < 2000; round += 1) send(mutate(frames[round % frames.length] ?? '', random));
    assert.deepEqual(await client.call('jobs.listJobs', {}), { jobs: [] });
  }),
  suiteCase('tells of events, and of nothing that their schema does not name', async ({ client, received }) => {
    const told: unknown[] = [];
    const stop = client.on('config.changed', (payload) => told.push(payload));
    await client.call('activity.clearActivity', {});
    stop();
    await client.call('activity.clearActivity', {});
    assert.deepEqual(told, [{ area: 'keys' }]);
    assert.ok(!received.join('').includes(plantedSecret));
  }),
];
