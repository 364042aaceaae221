import { beforeEach, describe, expect, it } from 'vitest';
import { MemoryDirectory } from '../testing/memory-directory.ts';
import { one, policy } from '../testing/policy-defects.ts';
import { callContext, ServiceBench } from '../testing/service-bench.ts';
import { createActivityService } from './activity.ts';
import { createPoliciesService } from './policies.ts';
import { PolicyHistory } from './policy-history.ts';

const file = 'trustpolicy.oci.json';

let bench: ServiceBench;
let config: MemoryDirectory;
let inkan: MemoryDirectory;
let history: PolicyHistory;
let service: ReturnType<typeof createPoliciesService>;
beforeEach(() => {
  bench = new ServiceBench();
  config = new MemoryDirectory('/home/me/.config/notation');
  inkan = new MemoryDirectory('/home/me/.config/inkan');
  history = new PolicyHistory({ ...bench, inkan });
  const activity = createActivityService({ ...bench, inkan });
  service = createPoliciesService({
    configuration: { current: () => config },
    history,
    homePath: '/home/me',
    activity,
    publish: bench.publish,
  });
});

const list = async () => (await service['policies.listVersions']({ document: 'oci' }, callContext())).versions;
const readVersion = async (number: number) =>
  (await service['policies.readVersion']({ document: 'oci', number }, callContext())).text;
async function save(text: string): Promise<void> {
  const { revision: ifRevision } = await service['policies.readPolicy']({ document: 'oci' }, callContext());
  await service['policies.savePolicy']({ document: 'oci', text, ifRevision }, callContext());
}
const kept = () => [...inkan.files.keys()].filter((path) => path.startsWith('policy-history/'));
const named = (name: string) => one({ name });

describe('the history of a policy', () => {
  it('keeps what Inkan saves and what others did, with what each changed', async () => {
    expect(await list()).toEqual([]);
    config.put(file, policy());
    await save(one({ signatureVerification: { level: 'permissive' } }));
    config.put(file, named('theirs'));
    await config.remove(file);
    await list();
    await save(policy());
    const versions = await list();
    expect(versions.map(({ number, by }) => [number, by])).toEqual([
      [4, 'inkan'],
      [3, 'other'],
      [2, 'inkan'],
      [1, 'other'],
    ]);
    expect(versions[0]).toMatchObject({ sameAs: 1, changes: [{ code: 'created' }, { code: 'statementAdded' }] });
    expect(versions[1]).toMatchObject({ sha256: 'absent', bytes: 0, changes: [{ code: 'removed' }] });
    expect(versions[2]?.changes).toEqual([
      { code: 'level', statement: 'one', details: { from: 'strict', to: 'permissive' }, effect: 'looser' },
    ]);
    expect(versions[3]).toMatchObject({ isFirst: true, changes: [] });
    expect(await readVersion(2)).toBe(one({ signatureVerification: { level: 'permissive' } }));
    expect(await readVersion(3)).toBeNull();
    for (const path of kept()) expect(inkan.files.get(path)?.mode).toBe(0o600);
  });

  it('keeps what was in the file even when nobody had looked before it is overwritten', async () => {
    config.put(file, named('first'));
    const { revision } = await service['policies.readPolicy']({ document: 'oci' }, callContext());
    await service['policies.savePolicy']({ document: 'oci', text: policy(), ifRevision: revision }, callContext());
    expect(await readVersion(1)).toBe(named('first'));
  });

  it('keeps one version for one change, whoever looks, and lets Inkan claim what it wrote', async () => {
    await save(policy());
    await Promise.all([list(), list(), history.notice(config), history.notice(config)]);
    expect(await list()).toHaveLength(1);
    const other = new PolicyHistory({ ...bench, inkan });
    config.put(file, named('b'));
    await other.notice(config);
    await history.record({ directory: config, document: 'oci' }, named('b'), 'inkan');
    expect((await list()).map(({ by }) => by)).toEqual(['inkan', 'inkan']);
  });

  it('keeps a text without what cannot be decoded out, and a broken one as it is', async () => {
    config.put(file, Uint8Array.of(0xff));
    expect(await list()).toEqual([]);
    expect(bench.logged).toContain('warn: a policy version was not kept');
    config.put(file, '{ "broken');
    expect(await list()).toHaveLength(1);
    expect(await readVersion(1)).toBe('{ "broken');
    await save(policy());
    expect((await list())[0]?.changes).toEqual([{ code: 'unreadable', details: { version: 'before' } }]);
  });

  it('has a history for each configuration directory and each document', async () => {
    await save(policy());
    config = new MemoryDirectory('/elsewhere');
    expect(await list()).toEqual([]);
    config.put('trustpolicy.blob.json', policy());
    await history.notice(config);
    expect(await list()).toEqual([]);
    const blob = await service['policies.listVersions']({ document: 'blob' }, callContext());
    expect(blob.versions).toHaveLength(1);
  });

  it('keeps the newest 100 versions, and of large ones what has room', async () => {
    const place = { directory: config, document: 'oci' as const };
    for (let at = 1; at <= 105; at += 1) await history.record(place, named(`v${at}`), 'inkan');
    const numbers = (await history.list(place)).map(({ number }) => number);
    expect(numbers).toHaveLength(100);
    expect(numbers[0]).toBe(6);
    expect(kept()).toHaveLength(101);
    await expect(readVersion(5)).rejects.toMatchObject({ code: 'policy.versionNotFound' });
    for (let at = 0; at < 4; at += 1) await history.record(place, `${at}${' '.repeat(3 * 1024 * 1024)}`, 'other');
    expect((await history.list(place)).map(({ number }) => number)).toEqual([108, 109]);
    expect(kept()).toHaveLength(3);
  });

  it('shows no text that is not what was kept', async () => {
    await save(policy());
    const [text] = kept().filter((path) => !path.endsWith('index.json'));
    inkan.put(text ?? '', named('forged'));
    await expect(readVersion(1)).rejects.toMatchObject({ code: 'file.malformed' });
    await inkan.remove(text ?? '');
    await expect(readVersion(1)).rejects.toMatchObject({ code: 'policy.versionNotFound' });
    expect(await list()).toHaveLength(1);
  });

  it.each(['', '{', '[]', '{"versions":[{"number":0}]}', `{"versions":"${'x'.repeat(70_000)}"}`])(
    'begins anew where its list is broken, and keeps no policy from being saved (%#)',
    async (content) => {
      await save(policy());
      inkan.put(kept().find((path) => path.endsWith('index.json')) ?? '', content);
      await save(named('after'));
      expect((await list()).map(({ by }) => by)).toEqual(['inkan', 'other']);
    },
  );
});
