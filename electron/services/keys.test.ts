import { randomBytes, randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  contract,
  type EventName,
  type Handlers,
  type MethodName,
  type PayloadOf,
} from '../../shared/contract/contract.ts';
import type { LocateFile } from '../domain/keystore/local-files.ts';
import type { Clock, Random } from '../domain/ports.ts';
import { createTestChain } from '../testing/chain-factory.ts';
import { MemoryDirectory } from '../testing/memory-directory.ts';
import { PluginBench, refusal } from '../testing/plugin-bench.ts';
import { createConfigurationProvider } from './configuration.ts';
import { createKeysService } from './keys.ts';
import { createTrustStoresService } from './trust-stores.ts';

const clock: Clock = { now: () => new Date(), monotonicMs: () => 0, sleep: async () => undefined };
const random: Random = { bytes: (length) => new Uint8Array(randomBytes(length)), uuid: () => randomUUID() };
const call = { signal: new AbortController().signal, traceId: 't' };

interface Desk {
  readonly config: MemoryDirectory;
  readonly events: string[];
  readonly plugins: PluginBench;
  readonly service: Handlers<'keys'> & Handlers<'trustStores'>;
  chosen: (string | undefined)[];
}

async function createDesk(): Promise<Desk> {
  const config = new MemoryDirectory('/home/u/notation');
  const inkan = new MemoryDirectory('/home/u/inkan');
  const configuration = await createConfigurationProvider({
    inkan,
    openDirectory: async () => config,
    notationPath: config.path,
    scratchPath: config.path,
    fixedByEnvironment: false,
  });
  const locateFile: LocateFile = (path) =>
    path.startsWith(`${config.path}/`) ? { directory: config, name: path.slice(config.path.length + 1) } : undefined;
  const events: string[] = [];
  const publish = <E extends EventName>(event: E, payload: PayloadOf<E>): void => {
    events.push(`${event} ${JSON.stringify(payload)}`);
  };
  const plugins = new PluginBench();
  const desk: Omit<Desk, 'service'> = { config, events, plugins, chosen: [] };
  const choose = async () => desk.chosen.shift();
  const common = { configuration, inkan, locateFile, clock, random, homePath: '/home/u', publish };
  const service = {
    ...createKeysService({ ...common, plugins: () => plugins.context, chooseFile: choose, chooseFolder: choose }),
    ...createTrustStoresService(common),
  };
  return Object.assign(desk, { service });
}

/** What a client would get: the output schema lets nothing else through, and here it must let all through. */
function assertOutput(method: MethodName, output: unknown): void {
  expect(contract[method].output.parse(output)).toEqual(output);
}

const testKey = {
  name: 'fade-out',
  algorithm: 'EC-256',
  validityDays: 1,
  subject: { country: 'US', state: 'WA', locality: 'Seattle', organization: 'Notary' },
  makeDefault: true,
  trust: true,
} as const;
const keysChanged = 'config.changed {"area":"keys"}';
const storesChanged = 'config.changed {"area":"trustStores"}';

describe('keys', () => {
  it('are made, listed, made the default, taken off the list and cleaned up', async () => {
    const { service, config, events } = await createDesk();
    const made = await service['keys.createTestKey'](testKey, call);
    assertOutput('keys.createTestKey', made);
    expect(made).toMatchObject({ name: 'fade-out', isDefault: true, isTest: true, problems: [] });
    expect(events).toEqual([keysChanged, storesChanged]);

    const chain = createTestChain();
    const added = await service['keys.addKey'](
      { name: 'mine', keyPem: chain.keyPem, chainPem: chain.chainPem, makeDefault: false },
      call,
    );
    assertOutput('keys.addKey', added);
    await service['keys.setDefaultKey']({ name: 'mine' }, call);
    const listed = await service['keys.listKeys']({}, call);
    assertOutput('keys.listKeys', listed);
    expect(listed.path).toBe('~/notation/signingkeys.json');
    expect(listed.keys.map(({ name, isDefault }) => [name, isDefault])).toEqual([
      ['fade-out', false],
      ['mine', true],
    ]);
    expect(JSON.stringify([made, added, listed])).not.toContain('PRIVATE KEY');

    expect(await service['keys.deleteKey']({ name: 'mine' }, call)).toEqual({ wasDefault: true });
    expect(config.text('localkeys/mine.key')).toBe(chain.keyPem);
    const plan = await service['keys.planCleanUp']({ name: 'fade-out' }, call);
    assertOutput('keys.planCleanUp', plan);
    expect(await service['keys.cleanUpTestKey']({ name: 'fade-out' }, call)).toEqual({ files: plan.files });
    expect([...config.files.keys()]).toEqual(['signingkeys.json', 'localkeys/mine.key', 'localkeys/mine.crt']);
    expect(new Set(events)).toEqual(new Set([keysChanged, storesChanged]));
  });

  it('are planned as they are made', async () => {
    const { service, config, events } = await createDesk();
    const plan = await service['keys.planTestKey'](testKey, call);
    assertOutput('keys.planTestKey', plan);
    expect([config.files.size, events]).toEqual([0, []]);
    await service['keys.createTestKey'](testKey, call);
    expect(plan.files.map(({ path }) => path)).toEqual([...config.files.keys()]);
  });

  it('are found again in localkeys, or where the user says', async () => {
    const desk = await createDesk();
    const { service, config } = desk;
    const chain = createTestChain();
    const keys = ['a', 'b'].map((name) => ({ name, keyPath: `/gone/${name}.key`, certPath: `/gone/${name}.crt` }));
    config.put('signingkeys.json', JSON.stringify({ keys }));
    config.put('localkeys/a.key', chain.keyPem);
    config.put('localkeys/a.crt', chain.chainPem);
    const plan = await service['keys.planRepair']({}, call);
    assertOutput('keys.planRepair', plan);
    expect(plan).toMatchObject({ place: '~/notation/localkeys', found: [{ name: 'a', problems: [] }], lost: ['b'] });
    expect(await service['keys.repairKeys']({ names: ['a'] }, call)).toEqual({ names: ['a'] });
    expect(desk.events).toEqual([keysChanged]);

    config.put('own/k.pem', chain.keyPem);
    config.put('own/c.pem', chain.chainPem);
    const choose = service['keys.chooseKeyPlace'];
    expect(await choose({ name: 'b' }, call)).toEqual({ place: null });
    desk.chosen = ['/home/u/notation/own/k.pem', '/home/u/notation/own/c.pem'];
    const { place } = await choose({ name: 'b' }, call);
    expect(await service['keys.planRepair']({ place: place ?? '' }, call)).toMatchObject({ found: [{ name: 'b' }] });
    await service['keys.repairKeys']({ place: place ?? '', names: ['b'] }, call);
    expect((await service['keys.listKeys']({}, call)).keys.map(({ problems }) => problems)).toEqual([[], []]);

    desk.chosen = ['/home/u/notation/own'];
    expect(await choose({}, call)).toEqual({ place: expect.any(String) });
    await expect(choose({ name: 'c' }, call)).rejects.toMatchObject({ code: 'key.notFound' });
    await expect(service['keys.planRepair']({ place: 'x' }, call)).rejects.toMatchObject({
      code: 'key.placeForgotten',
    });
  });

  it('are listed where the user chose them, in two dialogs', async () => {
    const desk = await createDesk();
    const chain = createTestChain();
    desk.config.put('own/k.pem', chain.keyPem);
    desk.config.put('own/c.pem', chain.chainPem);
    const choose = desk.service['keys.chooseKeyFiles'];
    desk.chosen = [`${desk.config.path}/own/k.pem`, undefined];
    expect(await choose({ name: 'mine', makeDefault: true }, call)).toEqual({ key: null });
    desk.chosen = [undefined];
    expect(await choose({ name: 'mine', makeDefault: true }, call)).toEqual({ key: null });
    desk.chosen = [`${desk.config.path}/own/k.pem`, `${desk.config.path}/own/c.pem`];
    const { key } = await choose({ name: 'mine', makeDefault: true }, call);
    expect(key).toMatchObject({ name: 'mine', keyPath: '/home/u/notation/own/k.pem', isDefault: true, problems: [] });
  });

  it.each(['keys.setDefaultKey', 'keys.deleteKey'] as const)('%s knows no other name', async (method) => {
    const { service, events } = await createDesk();
    await expect(service[method]({ name: 'absent' }, call)).rejects.toMatchObject({ code: 'key.notFound' });
    expect(events).toEqual([]);
  });
});

describe('trust stores', () => {
  const chain = createTestChain({ length: 3 });
  const root = chain.certificates[2]!;
  const content = Buffer.from(chain.ders[2]!).toString('base64');
  const add = { type: 'ca' as const, name: 'acme', file: 'root.crt', content, confirmedSha256: [root.sha256] };

  it('take a certificate that was looked at and confirmed, and name the statements that use them', async () => {
    const { service, config, events } = await createDesk();
    const seen = await service['trustStores.inspectCertificates']({ content }, call);
    assertOutput('trustStores.inspectCertificates', seen);
    expect(seen.acceptedBy).toEqual({ ca: true, signingAuthority: true, tsa: true });
    expect(seen.certificates[0]).toMatchObject({ sha256: root.sha256, role: 'root' });
    config.put(
      'trustpolicy.oci.json',
      JSON.stringify({
        version: '1.0',
        trustPolicies: [
          {
            name: 'images',
            registryScopes: ['*'],
            signatureVerification: { level: 'strict' },
            trustStores: ['ca:acme'],
            trustedIdentities: ['*'],
          },
        ],
      }),
    );
    const store = await service['trustStores.addCertificates'](add, call);
    assertOutput('trustStores.addCertificates', store);
    expect(store).toMatchObject({ type: 'ca', name: 'acme', usedBy: ['images'], files: [{ file: 'root.crt' }] });
    expect(events).toContain(storesChanged);
    const listed = await service['trustStores.listStores']({}, call);
    assertOutput('trustStores.listStores', listed);
    expect(listed).toEqual({ stores: [store], path: '~/notation/truststore/x509' });
    await expect(service['trustStores.addCertificates'](add, call)).rejects.toMatchObject({
      code: 'trustStore.fileExists',
    });
    expect(
      await service['trustStores.deleteCertificate']({ type: 'ca', name: 'acme', file: 'root.crt' }, call),
    ).toEqual({ storeRemoved: true });
  });

  it('say why a type would not take a certificate', async () => {
    const { service } = await createDesk();
    const leaf = Buffer.from(chain.ders[0]!).toString('base64');
    const seen = await service['trustStores.inspectCertificates']({ content: leaf }, call);
    expect(seen.acceptedBy).toEqual({ ca: false, signingAuthority: false, tsa: false });
    expect(Object.keys(seen.faults)).toEqual(['ca', 'signingAuthority', 'tsa']);
    for (const bad of ['!', content.slice(0, -2), Buffer.from('no certificate').toString('base64')]) {
      await expect(service['trustStores.inspectCertificates']({ content: bad }, call)).rejects.toMatchObject({
        code: 'certificate.malformed',
      });
    }
  });

  it('are listed with what is broken in them, which hides nothing', async () => {
    const { service, config } = await createDesk();
    const folder = 'truststore/x509/ca';
    config.put(`${folder}/good/root.crt`, chain.ders[2]!);
    config.put(`${folder}/mixed/a.crt`, chain.ders[2]!);
    config.put(`${folder}/mixed/b.crt`, 'garbage');
    config.put(`${folder}/mixed/leaf.crt`, chain.ders[0]!);
    config.put(`${folder}/mixed/sub/x.crt`, 'x');
    config.put(`${folder}/.DS_Store`, 'x');
    const listed = await service['trustStores.listStores']({}, call);
    assertOutput('trustStores.listStores', listed);
    const shown = listed.stores.map(({ name, files, problem }) => [
      name,
      problem?.code,
      files.map(({ file, problem: fault }) => [file, fault?.code]),
    ]);
    expect(shown).toEqual([
      ['.DS_Store', 'file.notRegular', []],
      ['good', undefined, [['root.crt', undefined]]],
      [
        'mixed',
        undefined,
        [
          ['a.crt', undefined],
          ['b.crt', 'certificate.malformed'],
          ['leaf.crt', 'trustStore.badCertificate'],
          ['sub', 'file.notRegular'],
        ],
      ],
    ]);
  });

  it('of a thousand certificates with a bad one are listed in a second', async () => {
    const { service, config } = await createDesk();
    for (let index = 0; index < 999; index += 1) config.put(`truststore/x509/ca/big/${index}.crt`, chain.ders[2]!);
    config.put('truststore/x509/ca/big/bad.crt', 'garbage');
    const before = process.cpuUsage();
    const { stores } = await service['trustStores.listStores']({}, call);
    const { user, system } = process.cpuUsage(before);
    expect(stores[0]?.files.filter(({ problem }) => problem).map(({ file }) => file)).toEqual(['bad.crt']);
    expect((user + system) / 1000).toBeLessThan(1_000);
  });

  it('go with exactly their files', async () => {
    const { service, config } = await createDesk();
    await service['trustStores.addCertificates'](add, call);
    config.put('truststore/x509/ca/other/a.crt', 'x');
    expect(await service['trustStores.deleteStore']({ type: 'ca', name: 'acme' }, call)).toEqual({
      files: ['root.crt'],
    });
    expect([...config.files.keys()]).toEqual(['truststore/x509/ca/other/a.crt']);
  });
});

describe('keys of plugins', () => {
  const request = { name: 'cloud', plugin: 'sealer', id: 'arn:key', config: { region: 'eu' }, makeDefault: true };

  it('are listed as the reference lists them, once the plugin knows them', async () => {
    const { config, service, plugins, events } = await createDesk();
    plugins.installRaw(createTestChain());
    const key = await service['keys.addPluginKey'](request, call);
    assertOutput('keys.addPluginKey', key);
    expect(key).toMatchObject({
      kind: 'plugin',
      isDefault: true,
      pluginName: 'sealer',
      pluginKeyId: 'arn:key',
      pluginConfig: { region: 'eu' },
      problems: [],
    });
    expect(JSON.parse(config.text('signingkeys.json') ?? '')).toEqual({
      default: 'cloud',
      keys: [{ name: 'cloud', id: 'arn:key', pluginName: 'sealer', pluginConfig: { region: 'eu' } }],
    });
    expect(events).toEqual([keysChanged]);
    expect(plugins.asked).toEqual(['sealer get-plugin-metadata', 'sealer describe-key']);
  });

  it.each([
    ['a plugin that is not there', () => undefined, {}, 'plugin.notFound'],
    ['a bad name', () => undefined, { name: '..' }, 'key.badName'],
    [
      'a key that the plugin does not know',
      (plugins: PluginBench) =>
        plugins.installRaw(createTestChain(), { describeKey: () => refusal('VALIDATION_ERROR', 'no such key') }),
      {},
      'plugin.failed',
    ],
  ])('are not listed for %s', async (_title, arrange, change, code) => {
    const { config, service, plugins } = await createDesk();
    arrange(plugins);
    await expect(service['keys.addPluginKey']({ ...request, ...change }, call)).rejects.toMatchObject({ code });
    expect(config.files.size).toBe(0);
  });

  it('tell that their plugin is gone, and show no secret', async () => {
    const { config, service } = await createDesk();
    const entry = { name: 'cloud', id: 'i', pluginName: 'gone', pluginConfig: { password: 'hunter22' } };
    config.put('signingkeys.json', JSON.stringify({ keys: [entry] }));
    const { keys } = await service['keys.listKeys']({}, call);
    expect(keys).toMatchObject([
      { kind: 'plugin', pluginConfig: { password: '••••••' }, problems: [{ code: 'plugin.notFound' }] },
    ]);
  });
});
