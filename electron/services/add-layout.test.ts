import { beforeEach, describe, expect, it } from 'vitest';
import type { ErrorCode } from '../../shared/errors/codes.ts';
import { codeOf } from '../testing/code-of.ts';
import { MemoryDirectory } from '../testing/memory-directory.ts';
import { MemoryFileReader } from '../testing/memory-file-reader.ts';
import { ServiceBench } from '../testing/service-bench.ts';
import { tarOf } from '../testing/tar-forge.ts';
import { chooseLayout } from './add-layout.ts';
import { ownFolderOf } from './layouts.ts';
import { SourceBook, toSource } from './source-book.ts';

const layout = tarOf([
  { name: 'hello/oci-layout', content: '{"imageLayoutVersion":"1.0.0"}' },
  { name: 'hello/index.json', content: '{"schemaVersion":2,"manifests":[]}' },
]);
const inkan = new MemoryDirectory('/inkan');

let book: SourceBook;
beforeEach(() => {
  book = new SourceBook({ inkan: new MemoryDirectory('/inkan'), random: new ServiceBench().random });
});

const choose = (place: string | undefined, bytes?: Uint8Array) =>
  chooseLayout(
    {
      book,
      openDirectory: () => Promise.reject(new Error('not asked')),
      openFile: (path) => new MemoryFileReader(path, bytes),
      chooseFile: () => Promise.resolve(place),
    },
    'archive',
  );

describe('choosing an archive', () => {
  it('remembers how it is packed and what the CLI needs', async () => {
    const stored = await choose("/home/suji/it's.tar", layout);
    const folder = "/home/suji/it's";
    const quoted = String.raw`'/home/suji/it'\''s`;
    const command = `mkdir -p ${quoted}' && tar -xf ${quoted}.tar' -C ${quoted}' --strip-components=1`;
    expect(stored && toSource(stored, [])).toMatchObject({
      kind: 'layout',
      name: "it's.tar",
      archive: { form: 'tar', folder, command },
    });
  });

  it('gives nothing when the dialog was cancelled', async () => {
    expect(await choose(undefined)).toBeUndefined();
  });

  it.each<[string, Uint8Array | undefined, ErrorCode]>([
    ['a file that is gone', undefined, 'layout.unreadable'],
    ['no archive', Buffer.from('text'), 'archive.malformed'],
    ['an archive of docker save', tarOf([{ name: 'manifest.json', content: '[]' }]), 'layout.dockerArchive'],
  ])('refuses %s', async (_what, bytes, code) => {
    expect(await codeOf(choose('/home/suji/x.tar', bytes))).toBe(code);
    expect(await book.list()).toHaveLength(1);
  });

  it.each([
    ['/home/suji/a.tar', undefined],
    ['/inkan/archives/c.tar', undefined],
    ['/inkan/archives/id/b.tar', '/inkan/archives/id'],
  ])('knows what of it Inkan keeps itself: %s', async (place, folder) => {
    const stored = await choose(place, layout);
    expect(stored && ownFolderOf(inkan, stored)).toBe(folder);
  });
});
