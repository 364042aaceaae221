import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { contract, type Handler, type MethodName, type OutputOf, type Publish } from '../shared/contract/contract.ts';
import { composeServices, type Services } from './compose-services.ts';
import { openDirectory } from './infra/directory.ts';
import { createJsonLogger } from './infra/json-logger.ts';
import { systemClock } from './infra/system-clock.ts';

const queries = [
  'app.describeHost',
  'app.readSettings',
  'registries.listSources',
  'keys.listKeys',
  'trustStores.listStores',
  'policies.readPolicy',
  'activity.listActivity',
  'jobs.listJobs',
] as const;

let home = '';
let services: Services;
let log = '';
let told: string[] = [];

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'inkan-compose-'));
  [log, told] = ['', []];
  const publish: Publish = (event, payload) => void told.push(`${event} ${JSON.stringify(payload)}`);
  const noDialog = () => Promise.resolve(undefined);
  services = await composeServices({
    host: 'desktop',
    capabilities: ['nativeDialog', 'pluginInstall'],
    version: '1.2.3',
    outdatedRuntime: false,
    paths: { platform: 'linux', env: { NOTATION_CONFIG: join(home, 'notation') }, workingDirectory: home },
    inkan: await openDirectory(join(home, 'inkan')),
    scratchPath: join(home, 'scratch'),
    logger: createJsonLogger({ clock: systemClock, minimumLevel: 'debug', write: (line) => (log += line) }),
    publish,
    dialogs: {
      chooseFolder: noDialog,
      chooseFile: noDialog,
      chooseSavePath: noDialog,
      openExternal: () => Promise.resolve(true),
    },
  });
});
afterEach(async () => {
  await services.close();
  await rm(home, { recursive: true });
});

async function ask<M extends MethodName>(method: M, input: Parameters<Handler<M>>[0]): Promise<OutputOf<M>> {
  const answer = await services.dispatch(method, input, new AbortController().signal);
  if (!answer.ok) throw new Error(JSON.stringify(answer.error));
  return answer.output as OutputOf<M>;
}

const testKey = {
  name: 'tester',
  algorithm: 'EC-256',
  validityDays: 1,
  subject: { country: 'US', state: 'WA', locality: 'Seattle', organization: 'Notary' },
  makeDefault: true,
  trust: true,
} as const;

describe('composeServices', () => {
  it('answers every method of the contract in one way or another', async () => {
    for (const method of Object.keys(contract)) {
      const answer = await services.dispatch(method, null, new AbortController().signal);
      expect(answer, method).toMatchObject({ ok: false, error: { code: 'rpc.badInput' } });
    }
  });

  it('has nothing to complain of at the first start', async () => {
    expect(await ask('app.describeHost', {})).toMatchObject({ version: '1.2.3', warnings: [], host: 'desktop' });
    expect((await ask('registries.listSources', {})).sources).toMatchObject([{ id: 'playground', isPlayground: true }]);
  });

  it('records commands with their command line, and failures with their code', async () => {
    await ask('keys.createTestKey', testKey);
    await expect(ask('keys.setDefaultKey', { name: 'absent' })).rejects.toThrow('key.notFound');
    await ask('keys.deleteKey', { name: 'tester' });
    expect(await ask('keys.chooseKeyFiles', { name: 'other', makeDefault: false })).toEqual({ key: null });
    const { entries } = await ask('activity.listActivity', { limit: 10 });
    expect(
      entries.map(({ method, subject, outcome, command, error }) => [method, subject, outcome, command, error?.code]),
    ).toEqual([
      ['keys.deleteKey', 'tester', 'done', 'notation key delete tester', undefined],
      ['keys.setDefaultKey', 'absent', 'failed', undefined, 'key.notFound'],
      ['keys.createTestKey', 'tester', 'done', undefined, undefined],
    ]);
  });

  it('lets no private key out: not in answers, events, the log or its own files', async () => {
    await ask('keys.createTestKey', testKey);
    const keyFile = join(home, 'notation', 'localkeys', 'tester.key');
    const [, secret = ''] = (await readFile(keyFile, 'utf8')).split('\n');
    expect(secret.length).toBeGreaterThan(40);
    const answers = await Promise.all(
      queries.map((method) => services.dispatch(method, {}, new AbortController().signal)),
    );
    expect(answers.every(({ ok }) => ok)).toBe(true);
    await services.close();
    const own = await readdir(join(home, 'inkan'), { recursive: true, withFileTypes: true });
    const files = await Promise.all(
      own.filter((entry) => entry.isFile()).map((entry) => readFile(join(entry.parentPath, entry.name), 'utf8')),
    );
    for (const text of [JSON.stringify(answers), told.join('\n'), log, ...files]) {
      expect(text).not.toContain(secret);
      expect(text).not.toContain('PRIVATE KEY');
    }
  });
});
