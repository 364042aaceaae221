import { mkdir, mkdtemp, rename, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AppError } from '../../shared/errors/app-error.ts';
import type { Directory } from '../domain/ports.ts';
import { interceptCalls } from '../testing/intercept-calls.ts';
import { createDirectory } from './directory.ts';
import { nodeFileCalls } from './files/file-calls.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const codeOf = async (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'none',
    (error: AppError) => error.code,
  );

let root: string;
let directory: Directory;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'inkan-directory-'));
  directory = createDirectory(root);
});
afterEach(() => rm(root, { recursive: true, force: true }));

describe('reading a folder', () => {
  it('gives every entry as reading it would, and nothing of a folder that is a symlink or absent', async () => {
    await mkdir(join(root, 'a', 'b'), { recursive: true });
    await writeFile(join(root, 'a', 'two'), '2');
    await writeFile(join(root, 'a', 'one'), '1');
    await symlink(join(root, 'a', 'one'), join(root, 'a', 'three'));
    await symlink(join(root, 'a'), join(root, 'link'));
    const shown = (await directory.readFolder('a', { maxBytes: 1 }))?.map((file) =>
      'state' in file ? [file.name, file.state] : [file.name, file.error.code, file.error.details],
    );
    const notRegular = (name: string): unknown[] => [name, 'file.notRegular', { file: `a/${name}` }];
    expect(shown).toEqual([
      notRegular('b'),
      ['one', await directory.read('a/one')],
      notRegular('three'),
      ['two', await directory.read('a/two')],
    ]);
    expect(await directory.readFolder('nothing/here')).toBeUndefined();
    for (const path of ['link', 'link/b', 'a/one', 'a/one/x'])
      expect(await codeOf(directory.readFolder(path)), path).toBe('file.notRegular');
    expect(await codeOf(directory.readFolder('../a'))).toBe('file.badName');
  });

  it('reads through a root that is a symlink', async () => {
    await writeFile(join(root, 'file'), 'x');
    const linked = `${root}-link`;
    await symlink(root, linked);
    try {
      expect((await createDirectory(linked).readFolder(''))?.map(({ name }) => name)).toEqual(['file']);
    } finally {
      await rm(linked);
    }
  });
});

describe('remembering', () => {
  let opened = 0;
  let watched: Directory;
  const readText = async (remember = true): Promise<string> =>
    new TextDecoder().decode((await watched.read('folder/file', { remember }))?.bytes);
  const later = (): void => void vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 10_000);
  beforeEach(async () => {
    opened = 0;
    watched = createDirectory(
      root,
      interceptCalls(nodeFileCalls, ({ method }) => {
        if (method === 'open') opened += 1;
      }),
    );
    await mkdir(join(root, 'folder'));
    await writeFile(join(root, 'folder', 'file'), 'one');
  });

  it('does not read an unchanged file again, once its times are old enough to tell', async () => {
    await readText();
    await readText();
    expect(opened).toBe(2);
    later();
    await readText();
    await readText();
    expect(opened).toBe(3);
    expect((await watched.readFolder('folder', { remember: true }))?.length).toBe(1);
    expect(opened).toBe(3);
    expect(await readText(false)).toBe('one');
    expect(opened).toBe(4);
    expect(await codeOf(watched.read('folder/file', { remember: true, maxBytes: 2 }))).toBe('file.tooLarge');
  });

  it.each<[string, (file: string) => Promise<unknown>]>([
    [
      'written in place, as long as before and with its time put back',
      async (file) => {
        const { atime, mtime } = await stat(file);
        await writeFile(file, 'two');
        await utimes(file, atime, mtime);
      },
    ],
    [
      'replaced by another',
      async (file) => {
        await writeFile(`${file}.new`, 'two');
        await rename(`${file}.new`, file);
      },
    ],
    ['replaced by this directory', () => watched.write('folder/file', bytes('two'))],
  ])('notices a file that was %s', async (_title, change) => {
    later();
    expect(await readText()).toBe('one');
    await change(join(root, 'folder', 'file'));
    expect(await readText()).toBe('two');
  });

  it('gives nothing of a file that is gone, or that a symlink leads to now', async () => {
    later();
    expect(await readText()).toBe('one');
    await rename(join(root, 'folder'), join(root, 'moved'));
    expect(await watched.read('folder/file', { remember: true })).toBeUndefined();
    await symlink(join(root, 'moved'), join(root, 'folder'));
    expect(await codeOf(watched.read('folder/file', { remember: true }))).toBe('file.notRegular');
  });
});
