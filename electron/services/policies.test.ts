import { beforeEach, describe, expect, it } from 'vitest';
import { blobPolicy, blobStatement, one, policy, statement } from '../testing/policy-defects.ts';
import { MemoryDirectory } from '../testing/memory-directory.ts';
import { callContext, ServiceBench } from '../testing/service-bench.ts';
import { createActivityService } from './activity.ts';
import { createPoliciesService } from './policies.ts';
import { PolicyHistory } from './policy-history.ts';

const newFile = 'trustpolicy.oci.json';
const oldFile = 'trustpolicy.json';

let bench: ServiceBench;
let config: MemoryDirectory;
let inkan: MemoryDirectory;
let service: ReturnType<typeof createPoliciesService>;
beforeEach(() => {
  bench = new ServiceBench();
  config = new MemoryDirectory('/home/me/.config/notation');
  inkan = new MemoryDirectory('/home/me/.config/inkan');
  const activity = createActivityService({ ...bench, inkan });
  service = createPoliciesService({
    configuration: { current: () => config },
    history: new PolicyHistory({ ...bench, inkan }),
    homePath: '/home/me',
    activity,
    publish: bench.publish,
  });
});

type Kind = 'oci' | 'blob';
const read = (document: Kind = 'oci') => service['policies.readPolicy']({ document }, callContext());
const save = (text: string, ifRevision: string, document: Kind = 'oci') =>
  service['policies.savePolicy']({ document, text, ifRevision }, callContext());

const versions = async (document: Kind = 'oci') =>
  (await service['policies.listVersions']({ document }, callContext())).versions.map(({ number, by }) => [number, by]);

describe('readPolicy', () => {
  it('tells that there is none', async () => {
    expect(await read()).toEqual({
      statements: null,
      problems: [],
      path: `~/.config/notation/${newFile}`,
      text: null,
      revision: 'absent',
      usesOldName: false,
    });
  });

  it('reads the old name only where the new one is missing', async () => {
    config.put(oldFile, policy());
    expect(await read()).toMatchObject({
      usesOldName: true,
      path: `~/.config/notation/${oldFile}`,
      statements: [{ name: 'one' }],
    });
    config.put(newFile, '{');
    expect(await read()).toMatchObject({
      usesOldName: false,
      text: '{',
      statements: null,
      problems: [{ code: 'policy.syntax' }],
    });
  });

  it('does not guess at bytes that are no text', async () => {
    config.put(newFile, Uint8Array.of(0x7b, 0xff));
    await expect(read()).rejects.toMatchObject({ code: 'file.malformed' });
  });
});

describe('savePolicy', () => {
  it('writes the text byte for byte, 0600, and keeps the version before', async () => {
    const text = `${policy({ more: { kept: [1, 2] } })}\n\n`;
    const { revision } = await save(text, 'absent');
    expect(config.text(newFile)).toBe(text);
    expect(config.files.get(newFile)?.mode).toBe(0o600);
    expect((await read()).revision).toBe(revision);
    expect(bench.told('config.changed')).toEqual([{ area: 'policies' }]);
    await save(one({ name: 'two' }), revision);
    expect(await versions()).toEqual([
      [2, 'inkan'],
      [1, 'inkan'],
    ]);
    expect((await service['policies.readVersion']({ document: 'oci', number: 1 }, callContext())).text).toBe(text);
    expect(bench.told('activity.recorded').map(({ outcome }) => outcome)).toEqual(['done', 'done']);
  });

  it('takes the place of the old name', async () => {
    config.put(oldFile, policy());
    const { revision } = await read();
    await save(one({ name: 'two' }), revision);
    expect(config.text(oldFile)).toBeUndefined();
    expect((await read()).statements).toMatchObject([{ name: 'two' }]);
  });

  it.each([
    ['was changed', () => config.put(newFile, one({ name: 'theirs' }))],
    ['went away', () => config.files.delete(newFile)],
    ['is no longer text', () => config.put(newFile, Uint8Array.of(0xff))],
  ])('case F-11: refuses when the file %s meanwhile', async (_, change) => {
    config.put(newFile, policy());
    const { revision } = await read();
    change();
    const before = config.files.get(newFile);
    await expect(save(one({ name: 'ours' }), revision)).rejects.toMatchObject({ code: 'file.changedMeanwhile' });
    expect(config.files.get(newFile)).toBe(before);
    expect(bench.told('activity.recorded')).toMatchObject([
      { outcome: 'failed', error: { code: 'file.changedMeanwhile' } },
    ]);
  });

  it('refuses to bury a new file under what was read from the old one', async () => {
    config.put(oldFile, policy());
    const { revision } = await read();
    config.put(newFile, one({ name: 'theirs' }));
    await expect(save(one({ name: 'ours' }), revision)).rejects.toMatchObject({ code: 'file.changedMeanwhile' });
  });

  it.each([
    ['what the reference refuses', policy({ version: '2' }), 'oci trust policy document uses unsupported version "2"'],
    ['what means two things', `${policy()} {}`, ''],
    ['what cannot be written as it is', one({ name: 'x' }).replace('"x"', '"\ud800"'), ''],
  ])('refuses %s and touches nothing', async (_, text, message) => {
    await expect(save(text, 'absent')).rejects.toMatchObject({ code: 'policy.invalid', details: { message } });
    expect(config.files.size).toBe(0);
  });
});

describe('explainSelection', () => {
  const explain = (reference: string, text?: string, document: Kind = 'oci') =>
    service['policies.explainSelection']({ document, reference, ...(text !== undefined && { text }) }, callContext());

  it('judges the saved file, or a draft', async () => {
    config.put(newFile, policy());
    expect((await explain('localhost:5000/busybox:1.0')).selection).toMatchObject({ applied: 0 });
    expect((await explain('localhost:5000/alpine')).selection).toMatchObject({ applied: null, nearest: 0 });
    const draft = policy({}, statement({ registryScopes: ['*'] }));
    expect((await explain('localhost:5000/alpine', draft)).selection).toMatchObject({ applied: 0 });
  });

  it('says what keeps it from answering', async () => {
    expect(await explain('a/b')).toEqual({ selection: null, problems: [] });
    expect(await explain('a/b', '{')).toMatchObject({ selection: null, problems: [{ code: 'policy.syntax' }] });
  });
});

describe('the blob policy', () => {
  const text = blobPolicy(blobStatement({ name: 'files' }), blobStatement({ name: 'all', globalPolicy: true }));

  it('has a file of its own, and leaves the OCI policy and its old name alone', async () => {
    config.put(oldFile, policy());
    expect(await read('blob')).toMatchObject({ text: null, path: '~/.config/notation/trustpolicy.blob.json' });
    const { revision } = await save(text, 'absent', 'blob');
    expect(config.text('trustpolicy.blob.json')).toBe(text);
    expect(config.text(oldFile)).toBe(policy());
    expect(await read('blob')).toMatchObject({
      revision,
      usesOldName: false,
      statements: [{}, { globalPolicy: true }],
    });
    await save(blobPolicy(), revision, 'blob');
    expect(await versions('blob')).toEqual([
      [2, 'inkan'],
      [1, 'inkan'],
    ]);
    expect(bench.told('activity.recorded').at(-1)).toMatchObject({ command: 'notation blob policy import <file>' });
  });

  it('is chosen by name, or globally', async () => {
    config.put('trustpolicy.blob.json', text);
    expect((await service['policies.validatePolicy']({ document: 'blob', text }, callContext())).problems).toEqual([]);
    const explainBlob = (name: string) =>
      service['policies.explainSelection']({ document: 'blob', reference: name }, callContext());
    expect((await explainBlob('files')).selection).toMatchObject({ applied: 0 });
    expect((await explainBlob('')).selection).toMatchObject({ applied: 1 });
    expect((await explainBlob('nobody')).selection).toMatchObject({ applied: null });
  });
});
