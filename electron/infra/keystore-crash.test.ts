import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cleanUpTestKey } from '../domain/keystore/clean-up-key.ts';
import { installKey, type KeystoreContext } from '../domain/keystore/install-key.ts';
import { recoverKeystore } from '../domain/keystore/key-journal.ts';
import { changeSigningKeys } from '../domain/keystore/signing-keys-file.ts';
import { addStoreFile, deleteStoreFile } from '../domain/keystore/trust-store-files.ts';
import type { Directory } from '../domain/ports.ts';
import { createTestChain } from '../testing/chain-factory.ts';
import { interceptCalls } from '../testing/intercept-calls.ts';
import { createDirectory, openDirectory } from './directory.ts';
import { nodeFileCalls } from './files/file-calls.ts';
import { systemClock } from './system-clock.ts';
import { systemRandom } from './system-random.ts';

/** Every call takes minutes; without this, calls from the first to the last are taken in steps. */
const everyCall = process.env['INKAN_EVERY_CALL'] === '1';
/** Where waiting for the disk costs nothing: SIGKILL loses no page that was written. */
const memoryDisk = '/dev/shm';

const chain = createTestChain({ length: 1, leaf: { subject: [['CN', 'made']] } });
const installation = {
  name: 'made',
  keyPem: chain.keyPem,
  chain: new TextEncoder().encode(chain.chainPem),
  makeDefault: true,
  trust: true,
};

const operations = {
  create: (context: KeystoreContext) => installKey(context, installation),
  cleanUp: (context: KeystoreContext) => cleanUpTestKey(context, 'made'),
  setDefault: ({ directory, clock }: KeystoreContext) =>
    changeSigningKeys(directory, clock, { kind: 'setDefault', name: 'other' }),
  addStoreFile: ({ directory }: KeystoreContext) =>
    addStoreFile(directory, { type: 'ca', name: 'acme' }, 'root.crt', installation.chain, [
      chain.certificates[0]!.sha256,
    ]),
  deleteStoreFile: ({ directory }: KeystoreContext) =>
    deleteStoreFile(directory, { type: 'ca', name: 'acme' }, 'second.crt'),
  replacePolicy: async ({ directory }: KeystoreContext) =>
    directory.write('trustpolicy.oci.json', new TextEncoder().encode('{"version":"1.0","trustPolicies":[]}'), {
      ifRevision: (await directory.read('trustpolicy.oci.json'))?.revision ?? 'none',
    }),
};
type Operation = keyof typeof operations;

/** The same operations in a process of their own, which kills itself at the file-system call of a given number. */
const program = (infra: string, keystore: string, testing: string): string => `
import { cleanUpTestKey } from '${keystore}/clean-up-key.ts';
import { installKey } from '${keystore}/install-key.ts';
import { changeSigningKeys } from '${keystore}/signing-keys-file.ts';
import { addStoreFile, deleteStoreFile } from '${keystore}/trust-store-files.ts';
import { interceptCalls } from '${testing}/intercept-calls.ts';
import { createDirectory } from '${infra}/directory.ts';
import { nodeFileCalls } from '${infra}/files/file-calls.ts';
import { systemClock as clock } from '${infra}/system-clock.ts';
import { systemRandom as random } from '${infra}/system-random.ts';
const [root, operation, lastCall, given] = process.argv.slice(2);
const { installation, sha256 } = JSON.parse(given);
installation.chain = new TextEncoder().encode(installation.chain);
process.umask(0);
const calls = interceptCalls(nodeFileCalls, ({ index }) => {
  if (index === Number(lastCall)) process.kill(process.pid, 'SIGKILL');
});
const directory = createDirectory(root + '/config', calls);
const context = { directory, inkan: createDirectory(root + '/inkan', calls), clock, random };
await {
  create: () => installKey(context, installation),
  cleanUp: () => cleanUpTestKey(context, 'made'),
  setDefault: () => changeSigningKeys(directory, clock, { kind: 'setDefault', name: 'other' }),
  addStoreFile: () => addStoreFile(directory, { type: 'ca', name: 'acme' }, 'root.crt', installation.chain, [sha256]),
  deleteStoreFile: () => deleteStoreFile(directory, { type: 'ca', name: 'acme' }, 'second.crt'),
  replacePolicy: async () =>
    directory.write('trustpolicy.oci.json', new TextEncoder().encode('{"version":"1.0","trustPolicies":[]}'), {
      ifRevision: (await directory.read('trustpolicy.oci.json')).revision,
    }),
}[operation]();
`;

let workplace: string;
let bundle: string;
beforeAll(async () => {
  workplace = await mkdtemp(join(existsSync(memoryDisk) ? memoryDisk : tmpdir(), 'inkan-crash-'));
  const source = join(workplace, 'program.ts');
  const electron = join(import.meta.dirname, '..');
  await writeFile(source, program(import.meta.dirname, join(electron, 'domain/keystore'), join(electron, 'testing')));
  await build({
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: {
      ssr: source,
      outDir: workplace,
      emptyOutDir: false,
      rolldownOptions: { output: { entryFileNames: 'bundle.mjs' } },
    },
  });
  bundle = join(workplace, 'bundle.mjs');
}, 60_000);
afterAll(() => rm(workplace, { recursive: true, force: true }));

interface Desk {
  readonly root: string;
}

const oldList = JSON.stringify({
  default: 'old',
  keys: [
    { name: 'old', keyPath: '/elsewhere/k', certPath: '/elsewhere/c', note: 'kept' },
    { name: 'other', id: 'i', pluginName: 'p' },
  ],
});

async function createDesk(operation: Operation): Promise<Desk> {
  const root = await mkdtemp(join(workplace, `${operation}-`));
  const config = join(root, 'config');
  await mkdir(join(config, 'truststore/x509/ca/acme'), { recursive: true, mode: 0o700 });
  await writeFile(join(config, 'signingkeys.json'), oldList, { mode: 0o600 });
  await writeFile(join(config, 'truststore/x509/ca/acme/first.crt'), chain.chainPem, { mode: 0o600 });
  if (operation === 'deleteStoreFile')
    await writeFile(join(config, 'truststore/x509/ca/acme/second.crt'), chain.chainPem, { mode: 0o600 });
  if (operation === 'replacePolicy')
    await writeFile(join(config, 'trustpolicy.oci.json'), '{"version":"1.0"}', { mode: 0o600 });
  if (operation === 'cleanUp') {
    await installKey(contextOf(createDirectory(config), createDirectory(join(root, 'inkan'))), installation);
  }
  return { root };
}

function contextOf(directory: Directory, inkan: Directory): KeystoreContext {
  return { directory, inkan, clock: systemClock, random: systemRandom };
}

interface Snapshot {
  readonly [path: string]: { readonly mode: string; readonly text: string };
}

/** Mode and content of every file by path, but lock files: the next to lock takes those away. */
async function snapshotOf({ root }: Desk): Promise<Snapshot> {
  const found: Record<string, { mode: string; text: string }> = {};
  for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (!entry.isFile() || entry.name.endsWith('.lock')) continue;
    const text = (await readFile(path, 'utf8')).replaceAll(root, '');
    found[path.slice(root.length)] = { mode: ((await stat(path)).mode & 0o777).toString(8), text };
  }
  return found;
}

function wideKeysOf(snapshot: Snapshot): string[] {
  return Object.entries(snapshot).flatMap(([path, { mode, text }]) =>
    text.includes('PRIVATE KEY') && mode !== '600' ? [path] : [],
  );
}

/** Starts again as the app does. */
async function restart({ root }: Desk): Promise<KeystoreContext> {
  const inkan = await openDirectory(join(root, 'inkan'));
  const directory = await openDirectory(join(root, 'config'));
  const first = await recoverKeystore({ inkan, clock: systemClock }, createDirectory);
  expect(first.quarantined).toEqual([]);
  expect(await recoverKeystore({ inkan, clock: systemClock }, createDirectory)).toEqual({
    settled: [],
    quarantined: [],
  });
  return contextOf(directory, inkan);
}

function runAndKill({ root }: Desk, operation: Operation, call: number): Promise<'killed' | 'finished'> {
  const given = JSON.stringify({
    installation: { ...installation, chain: chain.chainPem },
    sha256: chain.certificates[0]!.sha256,
  });
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [bundle, root, operation, String(call), given], (error, _stdout, stderr) => {
      if (error === null) resolve('finished');
      else if (error.signal === 'SIGKILL') resolve('killed');
      else reject(new Error(stderr));
    });
  });
}

/** What there is before and after the operation, and how many calls lie between. */
async function measure(operation: Operation): Promise<{ before: Snapshot; whole: Snapshot; total: number }> {
  const desk = await createDesk(operation);
  const before = await snapshotOf(desk);
  let total = 0;
  const counting = interceptCalls(nodeFileCalls, () => void (total += 1));
  const open = (folder: string): Directory => createDirectory(join(desk.root, folder), counting);
  await operations[operation](contextOf(open('config'), open('inkan')));
  return { before, whole: await snapshotOf(desk), total };
}

const isEqual = (left: Snapshot, right: Snapshot): boolean => isDeepStrictEqual(left, right);

describe.each(Object.keys(operations) as Operation[])('%s', (operation) => {
  it('cases F-01, F-02: killed at a file-system call, leaves nothing or the whole after a restart, and no key that others may read', async () => {
    const { before, whole, total } = await measure(operation);
    const killAt = async (call: number): Promise<string> => {
      const desk = await createDesk(operation);
      const ending = await runAndKill(desk, operation, call);
      expect(wideKeysOf(await snapshotOf(desk))).toEqual([]);
      const context = await restart(desk);
      const after = await snapshotOf(desk);
      const isUntouched = isEqual(after, before);
      if (isUntouched) await operations[operation](context);
      expect(await snapshotOf(desk)).toEqual(whole);
      await rm(desk.root, { recursive: true });
      return `${ending} ${isUntouched ? 'untouched' : 'whole'}`;
    };
    const endings: string[] = [];
    const step = everyCall ? 1 : Math.ceil(total / 5);
    for (let call = 1; call < total; call += step) endings.push(await killAt(call));
    endings.push(await killAt(total), await killAt(total + 1));
    expect(new Set(endings)).toEqual(new Set(['killed untouched', 'killed whole', 'finished whole']));
  }, 600_000);

  it('case F-03: with a call failing, leaves nothing or the whole, and works again afterwards', async () => {
    const { before, whole, total } = await measure(operation);
    const endings: string[] = [];
    for (let call = 1; call <= total; call += everyCall ? 1 : 5) {
      const desk = await createDesk(operation);
      const failing = interceptCalls(nodeFileCalls, ({ method, index }) => {
        if (index === call && method !== 'close') throw Object.assign(new Error('injected'), { code: 'ENOSPC' });
      });
      const open = (folder: string): Directory => createDirectory(join(desk.root, folder), failing);
      const error = await operations[operation](contextOf(open('config'), open('inkan'))).then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      if (error !== undefined) expect(error).toMatchObject({ code: expect.stringMatching(/^file\./) });
      const context = await restart(desk);
      const isUntouched = isEqual(await snapshotOf(desk), before);
      if (isUntouched) await operations[operation](context);
      expect(await snapshotOf(desk)).toEqual(whole);
      endings.push(`${error === undefined ? 'done' : 'failed'} ${isUntouched ? 'untouched' : 'whole'}`);
    }
    expect(endings).toContain('failed untouched');
    expect(endings).not.toContain('done untouched');
  }, 600_000);
});
