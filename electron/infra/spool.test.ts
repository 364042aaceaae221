import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { onWindows, nodeFileCalls } from './files/file-calls.ts';
import { openDirectory } from './directory.ts';
import { createSpool } from './spool.ts';

let home = '';
beforeEach(async () => void (home = await mkdtemp(join(tmpdir(), 'inkan-spool-'))));
afterEach(() => rm(home, { recursive: true }));

const bytes = (text: string) => new TextEncoder().encode(text);
const text = (read: Uint8Array) => new TextDecoder().decode(read);

describe('createSpool', () => {
  it('grows at the end, reads anywhere and leaves nothing behind', async () => {
    const file = await createSpool(join(home, 'arriving')).create();
    await file.append(bytes('hello '));
    await file.append(bytes('world'));
    expect(text(await file.read(0, 100))).toBe('hello world');
    expect(text(await file.read(6, 3))).toBe('wor');
    expect(await file.read(11, 1)).toEqual(new Uint8Array(0));
    expect(await file.read(400, 1)).toEqual(new Uint8Array(0));
    await file.remove();
    await file.remove();
    expect(await readdir(join(home, 'arriving'))).toEqual([]);
  });

  it.skipIf(onWindows)('lets nobody else read', async () => {
    const file = await createSpool(join(home, 'arriving')).create();
    const [name = ''] = await readdir(join(home, 'arriving'));
    expect((await stat(join(home, 'arriving', name))).mode & 0o777).toBe(0o600);
    expect((await stat(join(home, 'arriving'))).mode & 0o777).toBe(0o700);
    await file.remove();
  });

  it('leaves what a dead process can be seen to have left to the next start', async () => {
    const file = await createSpool(join(home, 'arriving')).create();
    const [mine = ''] = await readdir(join(home, 'arriving'));
    await writeFile(join(home, 'arriving', mine.replace(/\d+/, '999999999')), 'left');
    await openDirectory(home);
    expect(await readdir(join(home, 'arriving'))).toEqual([mine]);
    await file.remove();
  });

  it('tells of a full disk', async () => {
    const full = Object.assign(new Error('full'), { code: 'ENOSPC' });
    const spool = createSpool(home, { ...nodeFileCalls, open: () => Promise.reject(full) });
    await expect(spool.create()).rejects.toMatchObject({ code: 'file.noSpace' });
  });
});
