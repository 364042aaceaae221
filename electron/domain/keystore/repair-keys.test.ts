import { posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createTestChain } from '../../testing/chain-factory.ts';
import { InstantClock } from '../../testing/instant-clock.ts';
import { MemoryDirectory } from '../../testing/memory-directory.ts';
import type { LocateFile } from './local-files.ts';
import { planRepair, repairKeys, type KeyPlace } from './repair-keys.ts';

const [own, strange] = [createTestChain(), createTestChain({ algorithm: 'EC-384' })];
const folder = (path: string): KeyPlace => ({ kind: 'folder', path });

/** A computer of one disk, with a list of keys by their paths. */
function createDesk(...keys: readonly (readonly [name: string, keyPath: string, certPath: string])[]) {
  const disk = new MemoryDirectory('/');
  const directory = new MemoryDirectory('/c');
  const locateFile: LocateFile = (path) =>
    path.startsWith('/') ? { directory: disk, name: posix.normalize(path).slice(1) } : undefined;
  const text = JSON.stringify({ keys: keys.map(([name, keyPath, certPath]) => ({ name, keyPath, certPath })) });
  directory.put('signingkeys.json', text);
  const put = (path: string, { keyPem, chainPem } = own): void => {
    disk.put(`${path}.key`, keyPem);
    disk.put(`${path}.crt`, chainPem);
  };
  return { disk, directory, put, text, context: { directory, locateFile, clock: new InstantClock() } };
}

describe('planRepair', () => {
  it('leaves alone what is there, and keys of plugins', async () => {
    const { context, put, directory } = createDesk(['a', '/k/a.key', '/k/a.crt']);
    put('k/a');
    expect(await planRepair(context, folder('/k'))).toEqual({ found: [], lost: [] });
    directory.put('signingkeys.json', '{"keys":[{"name":"p","id":"i","pluginName":"x"},{"name":"q","keyPath":"/k"}]}');
    expect(await planRepair(context, folder('/k'))).toEqual({ found: [], lost: [] });
  });

  it.each([
    ['of another user', '/home/old/localkeys/a', 'new/localkeys/a', '/new/localkeys', '/home/old', '/new'],
    ['in folders that moved along', '/old/team/x/a', 'new/x/a', '/new', '/old/team', '/new'],
    ['that are no absolute paths', 'keys/a', 'new/a', '/new', 'keys', '/new'],
    ['of Windows', 'C:\\Users\\o\\a', 'new/a', '/new', undefined, undefined],
    ['under the same folder', '/old/a', 'old/b/a', '/old/b', '', ''],
  ])('finds files %s', async (_what, before, there, place, find, replace) => {
    const { context, put } = createDesk(['a', `${before}.key`, `${before}.crt`]);
    put(there);
    const { found, lost } = await planRepair(context, folder(place));
    expect(lost).toEqual([]);
    expect(found).toMatchObject([{ keyPath: { before: `${before}.key`, after: `/${there}.key` }, problems: [] }]);
    if (find !== undefined && find !== '') expect(found[0]?.replaced).toEqual({ find, replace });
  });

  it('finds the one file that is gone, and says what changes in its path', async () => {
    const { context, put, disk } = createDesk(['a', '/k/a.key', '/old/a.crt']);
    put('k/a');
    expect((await planRepair(context, folder('/k'))).found).toEqual([
      {
        name: 'a',
        keyPath: { before: '/k/a.key', after: '/k/a.key' },
        certificatePath: { before: '/old/a.crt', after: '/k/a.crt' },
        replaced: { find: '/old', replace: '/k' },
        problems: [],
      },
    ]);
    await disk.remove('k/a.crt');
    expect(await planRepair(context, folder('/k'))).toEqual({ found: [], lost: ['a'] });
  });

  it.each(['/old/../../k/a', '/old/./a', `/${'x/'.repeat(20)}a`])(
    'takes no way out of the folder from %s',
    async (path) => {
      const { context, put } = createDesk(['a', `${path}.key`, `${path}.crt`]);
      put('place/a');
      expect((await planRepair(context, folder('/place'))).found).toMatchObject([
        { keyPath: { after: '/place/a.key' } },
      ]);
    },
  );

  it('tells files that do not belong together, and such as are no key', async () => {
    const { context, put, disk } = createDesk(['a', '/old/a.key', '/old/a.crt'], ['b', '/old/b.key', '/old/b.crt']);
    put('k/a');
    disk.put('k/a.crt', strange.chainPem);
    put('k/b');
    disk.put('k/b.key', 'no key');
    const { found } = await planRepair(context, folder('/k'));
    expect(found.map(({ problems }) => problems.map(({ code }) => code))).toEqual([
      ['key.doesNotMatch'],
      ['key.malformed'],
    ]);
  });
});

describe('repairKeys', () => {
  it('writes all of them in one edit, and nothing when one does not stand', async () => {
    const { context, put, directory, text } = createDesk(
      ['a', '/old/a.key', '/old/a.crt'],
      ['b', '/old/b.key', '/old/b.crt'],
    );
    put('k/a');
    for (const names of [['a', 'b'], ['c']])
      await expect(repairKeys(context, folder('/k'), names)).rejects.toMatchObject({ code: 'key.notRepairable' });
    put('k/b', { ...own, chainPem: strange.chainPem });
    await expect(repairKeys(context, folder('/k'), ['a', 'b'])).rejects.toMatchObject({ code: 'key.notRepairable' });
    expect(directory.text('signingkeys.json')).toBe(text);
    put('k/b');
    await repairKeys(context, folder('/k'), ['a', 'b']);
    expect(directory.text('signingkeys.json')).toBe(`${text.replaceAll('/old/', '/k/')}\n`);
  });

  it('writes other names for the files of one key', async () => {
    const { context, put, directory } = createDesk(['a', '/old/a.key', '/old/a.crt'], ['b', '/b.key', '/b.crt']);
    put('k/z');
    const place: KeyPlace = { kind: 'files', entry: { name: 'a', keyPath: '/k/z.key', certPath: '/k/z.crt' } };
    const plan = await planRepair(context, place);
    expect(plan).toMatchObject({ found: [{ name: 'a', problems: [] }], lost: ['b'] });
    expect(plan.found[0]).not.toHaveProperty('replaced');
    await repairKeys(context, place, ['a']);
    expect(directory.text('signingkeys.json')).toContain('"keyPath":"/k/z.key","certPath":"/k/z.crt"');
  });
});
