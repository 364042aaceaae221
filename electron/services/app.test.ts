import { describe, expect, it } from 'vitest';
import { contract, type EventName, type Handlers, type PayloadOf } from '../../shared/contract/contract.ts';
import { MemoryDirectory } from '../testing/memory-directory.ts';
import { createAppService } from './app.ts';
import { createConfigWatch } from './config-watch.ts';
import { createConfigurationProvider, type ConfigurationProvider } from './configuration.ts';
import { defaultSettings } from './settings-file.ts';

const call = { signal: new AbortController().signal, traceId: 't' };
const notation = '/home/u/.config/notation';
const scratch = '/home/u/inkan/scratch-notation';

interface Desk {
  readonly inkan: MemoryDirectory;
  readonly folders: Map<string, MemoryDirectory>;
  readonly configuration: ConfigurationProvider;
  readonly service: Handlers<'app'>;
  readonly events: string[];
  readonly stop: () => void;
}

async function createDesk({ fixedByEnvironment = false, settings = '' } = {}): Promise<Desk> {
  const inkan = new MemoryDirectory('/home/u/inkan');
  if (settings !== '') inkan.put('settings.json', settings);
  const folders = new Map([notation, scratch].map((path) => [path, new MemoryDirectory(path)]));
  const configuration = await createConfigurationProvider({
    inkan,
    openDirectory: async (path) => folders.get(path)!,
    notationPath: notation,
    scratchPath: scratch,
    fixedByEnvironment,
  });
  const events: string[] = [];
  const publish = <E extends EventName>(_event: E, payload: PayloadOf<E>): void => {
    events.push('area' in payload ? payload.area : '');
  };
  const service = createAppService({
    host: {
      host: 'loopback',
      platform: 'linux',
      version: '0.1.0',
      capabilities: [],
      runtime: { node: '20' },
      outdatedRuntime: false,
    },
    configuration,
    inkan,
    notationPath: notation,
    scratchPath: scratch,
    fixedByEnvironment,
    homePath: '/home/u',
    startWarnings: [{ code: 'file.malformed', details: { file: 'x.json', fault: 'f' } }],
    openExternal: async (url) => url === 'https://notaryproject.dev/',
    publish,
  });
  const { stop } = createConfigWatch({ configuration, inkan, publish, onPolicies: () => undefined });
  return { inkan, folders, configuration, service, events, stop };
}

describe('the configuration directory', () => {
  it.each([
    ['', false, 'unset', scratch],
    ['{"configuration":"unset"}', false, 'unset', scratch],
    ['{"configuration":"scratch"}', false, 'scratch', scratch],
    ['{"configuration":"notation"}', false, 'notation', notation],
    ['{"configuration":"scratch"}', true, 'scratch', notation],
    ['', true, 'unset', notation],
  ])('by the settings %j, named by the environment: %s', async (settings, fixedByEnvironment, choice, path) => {
    const { configuration } = await createDesk({ settings, fixedByEnvironment });
    expect([configuration.choice(), configuration.current().path]).toEqual([choice, path]);
  });

  it('is changed by choice, and everybody is told', async () => {
    const { service, configuration, events, inkan, folders } = await createDesk();
    expect(await service['app.chooseConfiguration']({ choice: 'notation' }, call)).toEqual({
      path: '~/.config/notation',
    });
    expect(configuration.current()).toBe(folders.get(notation));
    expect(JSON.parse(inkan.text('settings.json') ?? '')).toEqual({ ...defaultSettings, configuration: 'notation' });
    expect(new Set(events)).toEqual(new Set(['settings', 'keys', 'trustStores', 'policies', 'credentials']));
    expect([...folders.values()].map(({ files }) => files.size)).toEqual([0, 0]);
  });

  it('stays the one the environment names', async () => {
    const { service, configuration } = await createDesk({ fixedByEnvironment: true });
    expect(await service['app.chooseConfiguration']({ choice: 'scratch' }, call)).toEqual({
      path: '~/.config/notation',
    });
    expect(configuration.choice()).toBe('scratch');
  });

  it('is watched, and after a change the new one is', async () => {
    const { configuration, folders, events, inkan, stop } = await createDesk();
    const [theirs, scratchFolder] = [folders.get(notation)!, folders.get(scratch)!];
    scratchFolder.put('signingkeys.json', '{}');
    scratchFolder.put('localkeys/a.key', 'x');
    scratchFolder.put('truststore/x509/ca/a/b.crt', 'x');
    scratchFolder.put('trustpolicy.oci.json', '{}');
    scratchFolder.put('trustpolicy.json', '{}');
    scratchFolder.put('config.json', '{}');
    scratchFolder.put('plugins/x/notation-x', '');
    expect(events.splice(0)).toEqual(['keys', 'keys', 'trustStores', 'policies', 'policies', 'credentials']);
    inkan.put('journal/x.json', '');
    inkan.put('settings.json', '{}');
    expect(events.splice(0)).toEqual(['settings']);
    await configuration.choose('notation');
    events.length = 0;
    scratchFolder.put('signingkeys.json', '{ }');
    theirs.put('signingkeys.json', '{ }');
    expect(events.splice(0)).toEqual(['keys']);
    stop();
    theirs.put('signingkeys.json', '{}');
    expect(events).toEqual([]);
  });
});

describe('settings', () => {
  it('are the defaults until changed, and keep what a later version wrote', async () => {
    const { service, inkan, events } = await createDesk({ settings: '{"future":{"a":1},"theme":"dark"}' });
    expect(await service['app.readSettings']({}, call)).toEqual({ ...defaultSettings, theme: 'dark' });
    const changed = await service['app.updateSettings']({ language: 'ja', maxSignatures: 5 }, call);
    expect(changed).toEqual({ ...defaultSettings, theme: 'dark', language: 'ja', maxSignatures: 5 });
    expect(JSON.parse(inkan.text('settings.json') ?? '')).toEqual({ future: { a: 1 }, ...changed });
    expect(events).toContain('settings');
  });

  it('lose none of two changes at once', async () => {
    const { service } = await createDesk();
    await Promise.all([
      service['app.updateSettings']({ theme: 'dark' }, call),
      service['app.updateSettings']({ language: 'ja' }, call),
    ]);
    expect(await service['app.readSettings']({}, call)).toMatchObject({ theme: 'dark', language: 'ja' });
  });

  it.each(['{', '[]', '{"theme":"pink"}', '{"theme":"dark","theme":"light"}', '{"maxSignatures":1e9}'])(
    'that cannot be read are told of, worked without, and not written over: %s',
    async (settings) => {
      const { service, inkan, configuration } = await createDesk({ settings });
      await expect(service['app.readSettings']({}, call)).rejects.toMatchObject({ code: 'file.malformed' });
      await expect(service['app.updateSettings']({ theme: 'light' }, call)).rejects.toMatchObject({
        code: 'file.malformed',
      });
      await expect(service['app.chooseConfiguration']({ choice: 'notation' }, call)).rejects.toMatchObject({
        code: 'file.malformed',
      });
      expect(configuration.current().path).toBe(scratch);
      expect(inkan.text('settings.json')).toBe(settings);
      const { warnings } = await service['app.describeHost']({}, call);
      expect(warnings.map(({ details }) => details['file'])).toEqual(['settings.json', 'x.json']);
    },
  );
});

describe('the host', () => {
  it('case F-08: is described with its directory, and with what others may write to', async () => {
    const { service, folders } = await createDesk();
    folders.get(scratch)?.put('signingkeys.json', '{}', 0o666);
    const described = await service['app.describeHost']({}, call);
    expect(contract['app.describeHost'].output.parse(described)).toEqual(described);
    expect(described.configuration).toEqual({
      choice: 'unset',
      path: '~/inkan/scratch-notation',
      notationPath: '~/.config/notation',
      scratchPath: '~/inkan/scratch-notation',
      fixedByEnvironment: false,
    });
    expect(described.warnings).toEqual([
      { code: 'file.malformed', details: { file: 'x.json', fault: 'f' } },
      { code: 'file.writableByOthers', details: { file: 'signingkeys.json', mode: '0666' } },
    ]);
  });

  it('says whether an address was opened', async () => {
    const { service } = await createDesk();
    expect(await service['app.openExternal']({ url: 'https://notaryproject.dev/' }, call)).toEqual({ opened: true });
    expect(await service['app.openExternal']({ url: 'file:///etc/passwd' }, call)).toEqual({ opened: false });
  });
});
