import { execFileSync } from 'node:child_process';
import { mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { codeOf } from '../testing/code-of.ts';
import { createFileReader } from './file-reader.ts';

const makeFifo = 'mkfifo';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'inkan-file-reader-'));
});
afterEach(() => rm(folder, { recursive: true }));

it('reads pieces, and fewer bytes only at the end', async () => {
  const path = join(folder, 'a.tar');
  await writeFile(path, 'abcdef');
  const file = createFileReader(path);
  expect(Buffer.from(await file.read(2, 3)).toString()).toBe('cde');
  expect(Buffer.from(await file.read(4, 100)).toString()).toBe('ef');
  expect(await file.read(6, 1)).toHaveLength(0);
  expect(await file.look()).toMatchObject({ size: 6 });
});

it('marks every change, also one that keeps the size', async () => {
  const path = join(folder, 'a.tar');
  await writeFile(path, 'one');
  const file = createFileReader(path);
  const before = await file.look();
  await writeFile(join(folder, 'b'), 'two');
  await rename(join(folder, 'b'), path);
  expect((await file.look())?.mark).not.toBe(before?.mark);
  await rm(path);
  expect(await file.look()).toBeUndefined();
});

it('follows the symlink that the user chose, and refuses what is no file without waiting', async () => {
  await writeFile(join(folder, 'a'), 'abc');
  await symlink(join(folder, 'a'), join(folder, 'link'));
  expect(await createFileReader(join(folder, 'link')).look()).toMatchObject({ size: 3 });
  execFileSync(makeFifo, [join(folder, 'fifo')]);
  for (const path of [folder, join(folder, 'fifo')]) {
    expect(await codeOf(createFileReader(path).look())).toBe('file.notRegular');
    expect(await codeOf(createFileReader(path).read(0, 1))).toBe('file.notRegular');
  }
  expect(await codeOf(createFileReader(join(folder, 'none')).read(0, 1))).toBe('file.unreadable');
});
