import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { NewFile } from '../domain/ports.ts';
import { codeOf } from '../testing/code-of.ts';
import { interceptCalls } from '../testing/intercept-calls.ts';
import { nodeFileCalls } from './files/file-calls.ts';
import { createPlacer, filePlacer } from './place-files.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'inkan-place-'));
});
afterEach(() => rm(root, { recursive: true }));

async function* pieces(text: string): AsyncGenerator<Uint8Array> {
  for (const character of text) yield await Promise.resolve(Buffer.from(character));
}

async function* given(files: Readonly<Record<string, string>>): AsyncGenerator<NewFile> {
  for (const [path, text] of Object.entries(files))
    yield await Promise.resolve({ path, mode: 0o644, content: () => pieces(text) });
}

/** Every file under the root with its content, those of unfinished work too. */
async function contents(): Promise<Record<string, string>> {
  const found = await readdir(root, { recursive: true, withFileTypes: true });
  const files = found.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')));
  return Object.fromEntries(files.map((file, at) => [file.slice(root.length + 1), texts[at] ?? '']));
}

const replace = { mode: 0o755, replace: true };
const changing = ['open', 'write', 'chmod', 'sync', 'rename', 'mkdir'];

describe('a folder', () => {
  it('is made with its folders and modes, and replaced as a whole', async () => {
    const path = join(root, 'plugin');
    await filePlacer.placeFolder(path, given({ a: '1', 'deep/er/b': '2' }), replace);
    expect(await contents()).toEqual({ 'plugin/a': '1', 'plugin/deep/er/b': '2' });
    expect((await stat(path)).mode & 0o777).toBe(0o755);
    expect((await stat(join(path, 'a'))).mode & 0o777).toBe(0o644);
    await filePlacer.placeFolder(path, given({ c: '3' }), replace);
    expect(await contents()).toEqual({ 'plugin/c': '3' });
  });

  it('takes the place of an empty one, and of no other', async () => {
    const options = { mode: 0o755, replace: false };
    await mkdir(join(root, 'empty'));
    await filePlacer.placeFolder(join(root, 'empty'), given({ a: '1' }), options);
    expect(await codeOf(filePlacer.placeFolder(join(root, 'empty'), given({ b: '2' }), options))).toBe(
      'file.notWritten',
    );
    expect(await contents()).toEqual({ 'empty/a': '1' });
  });

  it('is the old one or the new one at whichever call the disk fails, and nothing else stays', async () => {
    const path = join(root, 'plugin');
    let calls = 0;
    for (let failing = 1; ; failing += 1) {
      await rm(path, { recursive: true, force: true });
      await filePlacer.placeFolder(path, given({ old: '1' }), replace);
      calls = 0;
      const faulty = interceptCalls(nodeFileCalls, ({ method }) => {
        if (!changing.includes(method)) return;
        calls += 1;
        if (calls === failing) throw Object.assign(new Error('no'), { code: failing % 2 ? 'ENOSPC' : 'EIO' });
      });
      const code = await codeOf(createPlacer(faulty).placeFolder(path, given({ new: '2', more: '3' }), replace));
      const left = await contents();
      if (code === 'nothing') {
        expect(left).toEqual({ 'plugin/new': '2', 'plugin/more': '3' });
        break;
      }
      expect(code, `call ${failing}`).toBe(failing % 2 ? 'file.noSpace' : 'file.notWritten');
      expect([{ 'plugin/old': '1' }, { 'plugin/new': '2', 'plugin/more': '3' }], `call ${failing}`).toContainEqual(
        left,
      );
    }
    expect(calls).toBeGreaterThan(10);
  });

  it.each(['../a', '/a', 'a/../../b', 'nul', '.hidden'])('has no file of the name %s', async (name) => {
    expect(await codeOf(filePlacer.placeFolder(join(root, 'plugin'), given({ [name]: 'x' }), replace))).toBe(
      'file.badName',
    );
    expect(await contents()).toEqual({});
  });

  it('has no file twice', async () => {
    async function* twice(): AsyncGenerator<NewFile> {
      for (const text of ['1', '2'])
        yield await Promise.resolve({ path: 'a', mode: 0o644, content: () => pieces(text) });
    }
    expect(await codeOf(filePlacer.placeFolder(join(root, 'plugin'), twice(), replace))).toBe('file.notWritten');
    expect(await contents()).toEqual({});
  });

  it('goes with its links, and not with what they point to', async () => {
    await filePlacer.placeFolder(join(root, 'plugin'), given({ a: '1' }), replace);
    await mkdir(join(root, 'mine'));
    await writeFile(join(root, 'mine', 'file'), 'kept');
    await symlink(join(root, 'mine'), join(root, 'plugin', 'link'));
    await filePlacer.removeFolder(join(root, 'plugin'));
    expect(await contents()).toEqual({ 'mine/file': 'kept' });
  });
});

describe('a file', () => {
  it('is replaced as a whole, and stays what it was when its content fails', async () => {
    const path = join(root, 'copy.tar');
    await filePlacer.placeFile(path, pieces('one'));
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield await Promise.resolve(Buffer.from('tw'));
      throw new Error('the archive was damaged');
    }
    await expect(filePlacer.placeFile(path, broken())).rejects.toThrow('the archive was damaged');
    expect(await contents()).toEqual({ 'copy.tar': 'one' });
    await filePlacer.placeFile(path, pieces('three'));
    expect(await contents()).toEqual({ 'copy.tar': 'three' });
    await mkdir(join(root, 'folder'));
    expect(await codeOf(filePlacer.placeFile(join(root, 'folder'), pieces('x')))).toBe('file.notRegular');
  });
});
