import { readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { havePeers } from './peers.ts';
import { Workbench } from './workbench.ts';

interface KeyList {
  readonly default: string | null;
  readonly keys: readonly { readonly name: string; readonly keyPath: string; readonly certPath: string }[];
}

describe.skipIf(!havePeers())('the configuration directory is shared with the reference', () => {
  let bench: Workbench;
  beforeAll(async () => {
    bench = await Workbench.open();
  });
  afterAll(() => bench.close());

  test('a test certificate stands in the list and in the trust store of the reference', async () => {
    const made = await bench.engine.call('keys.createTestKey', { name: 'suji-toshi-mashoya' });
    const { configDir } = bench;
    const listed = await bench.oracle.ask<KeyList>('loadKeys', { configDir });
    const local = (file: string): string => path.join(configDir, 'localkeys', file);
    expect(listed).toEqual({
      default: 'suji-toshi-mashoya',
      keys: [
        {
          name: 'suji-toshi-mashoya',
          keyPath: local('suji-toshi-mashoya.key'),
          certPath: local('suji-toshi-mashoya.crt'),
        },
      ],
    });
    const store = await bench.oracle.ask<unknown[]>('loadTrustStore', {
      configDir,
      type: 'ca',
      name: 'suji-toshi-mashoya',
    });
    expect(store).toHaveLength(1);
    expect(JSON.stringify(store)).toContain(made.chain[0]?.sha256);
    expect((await stat(local('suji-toshi-mashoya.key'))).mode & 0o777).toBe(0o600);
  });

  test('keys that another program adds appear, and fields that Inkan does not know survive', async () => {
    const file = path.join(bench.configDir, 'signingkeys.json');
    const list = JSON.parse(await readFile(file, 'utf8')) as { keys: object[] };
    const key = {
      name: 'at-aws',
      id: 'arn:example',
      pluginName: 'com.example',
      pluginConfig: { region: 'eu' },
      note: 'kept',
    };
    await writeFile(file, JSON.stringify({ ...list, keys: [...list.keys, key], team: 'kept too' }));
    const { keys } = await bench.engine.call('keys.listKeys', {});
    expect(keys.map(({ name, kind }) => [name, kind])).toEqual([
      ['suji-toshi-mashoya', 'local'],
      ['at-aws', 'plugin'],
    ]);
    await bench.engine.call('keys.createTestKey', { name: 'fade-out', makeDefault: false, trust: false });
    const after = JSON.parse(await readFile(file, 'utf8')) as { keys: object[]; team: string };
    expect(after.team).toBe('kept too');
    expect(after.keys).toHaveLength(3);
    expect(after.keys[1]).toEqual(key);
    const listed = await bench.oracle.ask<KeyList>('loadKeys', { configDir: bench.configDir });
    expect(listed.keys.map(({ name }) => name)).toEqual(['suji-toshi-mashoya', 'at-aws', 'fade-out']);
    expect(listed.default).toBe('suji-toshi-mashoya');
  });

  test('clean-up removes what was made and nothing else', async () => {
    const { configDir } = bench;
    await bench.engine.call('keys.cleanUpTestKey', { name: 'suji-toshi-mashoya' });
    const listed = await bench.oracle.ask<KeyList>('loadKeys', { configDir });
    expect(listed.keys.map(({ name }) => name)).toEqual(['at-aws', 'fade-out']);
    const store = await bench.oracle.try('loadTrustStore', { configDir, type: 'ca', name: 'suji-toshi-mashoya' });
    expect(store.error?.message).toContain('does not exist');
    await expect(stat(path.join(configDir, 'localkeys', 'suji-toshi-mashoya.key'))).rejects.toThrow('ENOENT');
    expect((await stat(path.join(configDir, 'localkeys', 'fade-out.key'))).isFile()).toBe(true);
  });
});
