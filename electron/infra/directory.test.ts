import { execFileSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AppError } from '../../shared/errors/app-error.ts';
import { ABSENT, type Directory } from '../domain/ports.ts';
import { interceptCalls } from '../testing/intercept-calls.ts';
import { createDirectory, openDirectory } from './directory.ts';
import { nodeFileCalls } from './files/file-calls.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const codeOf = async (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'none',
    (error: AppError) => error.code,
  );
/** Node cannot make one. */
const makeFifo = 'mkfifo';
/** Calls that change something, or make a change last. */
const changing = ['open', 'write', 'sync', 'chmod', 'rename', 'link', 'mkdir', 'unlink'];
const modeOf = async (path: string): Promise<string> => ((await stat(path)).mode & 0o777).toString(8);

let root: string;
let directory: Directory;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'inkan-directory-'));
  directory = createDirectory(root);
});
afterEach(() => rm(root, { recursive: true, force: true }));

describe('case F-09: names', () => {
  it.each(['', '.', '..', '../up', 'a/../b', '/etc/passwd', 'a//b', 'a/', 'a\\b', 'a\0b', 'x'.repeat(256), '\ud800'])(
    'refuses to read or write %j',
    async (path) => {
      expect(await codeOf(directory.read(path))).toBe('file.badName');
      expect(await codeOf(directory.write(path, bytes('x')))).toBe('file.badName');
      expect(await codeOf(directory.remove(path))).toBe('file.badName');
    },
  );

  it.each(['.hidden', 'trailing.', 'trailing ', 'con', 'NUL.txt', 'a/lpt1.crt', 'line\nbreak', 'a:b', 'what?'])(
    'makes no file named %j, which another system would not keep',
    async (path) => {
      expect(await codeOf(directory.write(path, bytes('x')))).toBe('file.badName');
      expect(await readdir(root)).toEqual([]);
    },
  );

  it('reads and removes what is there by such a name', async () => {
    await writeFile(join(root, '.DS_Store'), 'x');
    expect(await directory.list('')).toEqual(['.DS_Store']);
    expect((await directory.read('.DS_Store'))?.bytes).toEqual(bytes('x'));
    expect(await directory.remove('.DS_Store')).toBe(true);
  });
});

describe('case F-07: what is not a plain file', () => {
  beforeEach(async () => {
    await writeFile(join(root, 'real'), 'secret');
    await mkdir(join(root, 'folder'));
    await writeFile(join(root, 'folder', 'inner'), 'x');
    await symlink(join(root, 'real'), join(root, 'link'));
    await symlink(join(root, 'nowhere'), join(root, 'broken'));
    await symlink(join(root, 'folder'), join(root, 'linked-folder'));
    execFileSync(makeFifo, [join(root, 'fifo')]);
  });

  it.each(['link', 'broken', 'folder', 'fifo', 'linked-folder', 'linked-folder/inner', 'real/inner'])(
    'is neither read nor written: %s',
    async (path) => {
      expect(await codeOf(directory.read(path))).toBe('file.notRegular');
      expect(await codeOf(directory.write(path, bytes('new')))).toBe('file.notRegular');
      expect(await readFile(join(root, 'real'), 'utf8')).toBe('secret');
    },
  );

  it('a device is not opened', async () => {
    expect(await codeOf(createDirectory('/dev').read('zero'))).toBe('file.notRegular');
  });

  it('a symlinked folder is not listed, and a link is removed without what it points to', async () => {
    expect(await codeOf(directory.list('linked-folder'))).toBe('file.notRegular');
    expect(await codeOf(directory.remove('folder'))).toBe('file.notRegular');
    expect(await directory.remove('link')).toBe(true);
    expect(await readFile(join(root, 'real'), 'utf8')).toBe('secret');
    expect((await directory.stat('fifo'))?.kind).toBe('other');
    expect((await directory.stat('linked-folder'))?.kind).toBe('symlink');
  });
});

describe('reading', () => {
  it('gives undefined for what is not there, and stops at the limit', async () => {
    await writeFile(join(root, 'ten'), '0123456789');
    expect(await directory.read('absent')).toBeUndefined();
    expect(await directory.read('no/such/folder')).toBeUndefined();
    expect(await directory.list('no')).toBeUndefined();
    expect((await directory.read('ten', { maxBytes: 10 }))?.bytes.length).toBe(10);
    expect(await codeOf(directory.read('ten', { maxBytes: 9 }))).toBe('file.tooLarge');
  });

  it('names a folder that cannot be read', async () => {
    const calls = interceptCalls(nodeFileCalls, ({ method }) => {
      if (method === 'lstat' || method === 'readdir') throw Object.assign(new Error('no'), { code: 'EACCES' });
    });
    expect(await codeOf(createDirectory(root, calls).read('file'))).toBe('file.unreadable');
    expect(await codeOf(createDirectory(root, calls).list(''))).toBe('file.unreadable');
  });
});

describe('writing', () => {
  it('case F-08: makes what is missing for the user alone, whatever the umask', async () => {
    const umask = process.umask(0);
    try {
      await directory.write('a/b/secret', bytes('1'));
      await directory.write('a/b/shown', bytes('2'), { mode: 0o644 });
    } finally {
      process.umask(0o077);
    }
    try {
      await directory.write('a/b/shown-too', bytes('3'), { mode: 0o644 });
    } finally {
      process.umask(umask);
    }
    const modes = await Promise.all(
      ['a', 'a/b', 'a/b/secret', 'a/b/shown', 'a/b/shown-too'].map((path) => modeOf(join(root, path))),
    );
    expect(modes).toEqual(['700', '700', '600', '644', '644']);
  });

  it('case F-08: narrows a file that others could read', async () => {
    await writeFile(join(root, 'list'), 'old');
    await chmod(join(root, 'list'), 0o666);
    await directory.write('list', bytes('new'));
    expect(await modeOf(join(root, 'list'))).toBe('600');
  });

  it('compares revisions', async () => {
    const first = await directory.write('file', bytes('one'), { ifRevision: ABSENT });
    expect(await codeOf(directory.write('file', bytes('two'), { ifRevision: ABSENT }))).toBe('file.changedMeanwhile');
    const second = await directory.write('file', bytes('two'), { ifRevision: first });
    expect((await directory.read('file'))?.revision).toBe(second);
    expect(await codeOf(directory.write('file', bytes('three'), { ifRevision: first }))).toBe('file.changedMeanwhile');
    expect(await codeOf(directory.write('gone', bytes('x'), { ifRevision: first }))).toBe('file.changedMeanwhile');
    expect(await readdir(root)).toEqual(['file']);
  });

  it('case F-04: writes its temporary file beside the target', async () => {
    const opened: string[] = [];
    const calls = interceptCalls(nodeFileCalls, ({ method, args }) => {
      if (method === 'open' && String(args[0]).endsWith('.tmp')) opened.push(String(args[0]));
    });
    await createDirectory(root, calls).write('deep/file', bytes('x'));
    expect(opened).toHaveLength(1);
    expect(opened[0]?.startsWith(join(root, 'deep', '.inkan-'))).toBe(true);
  });

  it('lets a name that is free be taken where there are no hard links', async () => {
    const calls = interceptCalls(nodeFileCalls, ({ method }) => {
      if (method === 'link') throw Object.assign(new Error('no'), { code: 'EPERM' });
    });
    const linkless = createDirectory(root, calls);
    await linkless.write('file', bytes('one'), { ifRevision: ABSENT });
    expect(await codeOf(linkless.write('file', bytes('two'), { ifRevision: ABSENT }))).toBe('file.changedMeanwhile');
    expect(await readFile(join(root, 'file'), 'utf8')).toBe('one');
    expect(await readdir(root)).toEqual(['file']);
  });

  it('case F-05: gives back what another program wrote in place at the last moment', async () => {
    const revision = await directory.write('list', bytes('old'));
    let raced = false;
    const once = interceptCalls(nodeFileCalls, async (call) => {
      if (call.method !== 'rename' || raced) return;
      raced = true;
      await writeFile(join(root, 'list'), 'theirs');
    });
    expect(await codeOf(createDirectory(root, once).write('list', bytes('ours'), { ifRevision: revision }))).toBe(
      'file.changedMeanwhile',
    );
    expect(await readFile(join(root, 'list'), 'utf8')).toBe('theirs');
  });

  describe.each([
    ['ENOSPC', 'file.noSpace'],
    ['EDQUOT', 'file.noSpace'],
    ['EFBIG', 'file.noSpace'],
    ['EIO', 'file.notWritten'],
    ['EROFS', 'file.notWritten'],
  ])('case F-03: when a call fails with %s', (errno, code) => {
    it.each([
      ['replaces a file', 'old', false],
      ['replaces a file of one revision', 'old', true],
      ['makes a new file', undefined, true],
    ])('%s or leaves what was there, at every call', async (_title, old, conditional) => {
      const outcomes: string[] = [];
      for (let k = 1, reached = true; reached; k += 1) {
        const folder = join(root, String(k));
        await mkdir(folder);
        const revision = old === undefined ? ABSENT : await createDirectory(folder).write('file', bytes(old));
        reached = false;
        const faulty = interceptCalls(nodeFileCalls, ({ method, index }) => {
          reached ||= index === k;
          if (index === k && changing.includes(method)) throw Object.assign(new Error('injected'), { code: errno });
        });
        const result = await codeOf(
          createDirectory(folder, faulty).write('file', bytes('new'), conditional ? { ifRevision: revision } : {}),
        );
        const state = await createDirectory(folder).read('file');
        const text = state && new TextDecoder().decode(state.bytes);
        expect([old, 'new']).toContain(text);
        if (result === 'none') expect(text).toBe('new');
        outcomes.push(result);
        const left = (await readdir(folder)).filter((name) => name !== 'file');
        // Only a lock file that could not be removed may stay; the next writer takes it away.
        expect(left.filter((name) => !name.endsWith('.lock'))).toEqual([]);
        await createDirectory(folder).write('file', bytes('again'), { ifRevision: state?.revision ?? ABSENT });
      }
      expect(new Set(outcomes)).toEqual(new Set(['none', code]));
      expect(outcomes.filter((outcome) => outcome === code).length).toBeGreaterThan(3);
    });
  });
});

describe('locks', () => {
  it('let one task in at a time, and 4 writers of 50 changes lose none', async () => {
    const add = async (entry: string): Promise<void> => {
      const mine = createDirectory(root);
      await mine.withLock('list', async () => {
        const state = await mine.read('list.json');
        const list = state ? (JSON.parse(new TextDecoder().decode(state.bytes)) as string[]) : [];
        await mine.write('list.json', bytes(JSON.stringify([...list, entry])), {
          ifRevision: state?.revision ?? ABSENT,
        });
      });
    };
    const writer = async (name: number): Promise<void> => {
      for (let change = 0; change < 50; change += 1) await add(`${name}-${change}`);
    };
    await Promise.all([1, 2, 3, 4].map(writer));
    const list = JSON.parse(await readFile(join(root, 'list.json'), 'utf8')) as string[];
    expect(new Set(list).size).toBe(200);
    expect(await readdir(root)).toEqual(['list.json']);
  });

  it('are given back when the task fails', async () => {
    await expect(directory.withLock('a', () => Promise.reject(new Error('task')))).rejects.toThrow('task');
    expect(await directory.withLock('a', async () => 1)).toBe(1);
  });

  it('are waited for five seconds', async () => {
    const elsewhere = { id: 'x', pid: process.ppid, startTime: null, host: hostname() };
    await writeFile(join(root, '.inkan-a.lock'), JSON.stringify(elsewhere));
    const now = vi.spyOn(performance, 'now').mockReturnValueOnce(0).mockReturnValueOnce(4_999).mockReturnValue(5_001);
    expect(await codeOf(directory.withLock('a', async () => 1))).toBe('file.busy');
    expect(now).toHaveBeenCalledTimes(3);
  });

  it.each([
    ['a process that is gone', { id: 'x', pid: 2 ** 22 + 1, startTime: null, host: hostname() }, 0],
    [
      'a process whose number was given to another',
      { id: 'x', pid: process.ppid, startTime: '1', host: hostname() },
      0,
    ],
    ['this process, in which nobody holds it', { id: 'x', pid: process.pid, startTime: null, host: hostname() }, 0],
    ['nobody, since the writer died before it wrote', undefined, 3],
    ['another computer, ten minutes ago', { id: 'x', pid: 1, startTime: null, host: 'elsewhere' }, 601],
  ])('of %s are taken away', async (_title, owner, ageSeconds) => {
    const lock = join(root, '.inkan-a.lock');
    await writeFile(lock, owner ? JSON.stringify(owner) : '');
    const then = new Date(Date.now() - ageSeconds * 1000);
    await utimes(lock, then, then);
    expect(await directory.withLock('a', async () => (await readdir(root)).length)).toBe(1);
    expect(await readdir(root)).toEqual([]);
  });
});

describe('leftovers', () => {
  it('of dead processes go when a directory is opened, those of living ones stay', async () => {
    const uuid = '01234567-89ab-cdef-0123-456789abcdef';
    const dead = `.inkan-${2 ** 22 + 1}-${uuid}.tmp`;
    const living = `.inkan-${process.ppid}-${uuid}.tmp`;
    await mkdir(join(root, 'truststore', 'ca'), { recursive: true });
    for (const name of [dead, living, 'root.crt']) await writeFile(join(root, 'truststore', 'ca', name), 'half');
    const opened = await openDirectory(root);
    expect(await opened.list('truststore/ca')).toEqual(['root.crt']);
    expect((await readdir(join(root, 'truststore', 'ca'))).sort()).toEqual([living, 'root.crt'].sort());
  });
});

describe('watching', () => {
  it('tells within a second of what another program does, anywhere below, and not of its own temporary files', async () => {
    const changed: string[] = [];
    await mkdir(join(root, 'truststore', 'ca'), { recursive: true });
    const watch = directory.watch((path) => changed.push(path));
    try {
      await delay(150);
      await writeFile(join(root, 'signingkeys.json'), '{}');
      await mkdir(join(root, 'truststore', 'ca', 'acme'));
      await writeFile(join(root, 'truststore', 'ca', 'acme', 'root.crt'), 'x');
      await vi.waitFor(() => expect([...changed].sort()).toEqual(['signingkeys.json', 'truststore/ca/acme/root.crt']), {
        timeout: 1_000,
      });
      changed.length = 0;
      await directory.write('signingkeys.json', bytes('{"keys":[]}'));
      await rm(join(root, 'truststore', 'ca', 'acme', 'root.crt'));
      await vi.waitFor(() => expect([...changed].sort()).toEqual(['signingkeys.json', 'truststore/ca/acme/root.crt']), {
        timeout: 1_000,
      });
    } finally {
      watch.stop();
    }
  });

  it('sees a folder that is made later', async () => {
    const changed: string[] = [];
    const later = createDirectory(join(root, 'later'));
    const watch = later.watch((path) => changed.push(path));
    try {
      await delay(100);
      await later.write('file', bytes('x'));
      await vi.waitFor(() => expect(changed).toEqual(['file']), { timeout: 1_500 });
    } finally {
      watch.stop();
    }
  });
});
