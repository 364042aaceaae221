import { describe, expect, it } from 'vitest';
import type { ErrorCode } from '../../../shared/errors/codes.ts';
import { codeOf } from '../../testing/code-of.ts';
import { MemoryFileReader } from '../../testing/memory-file-reader.ts';
import { paxRecord, tarEntry, tarOf, type ForgedEntry } from '../../testing/tar-forge.ts';
import { readTar, type TarEntry } from './read-tar.ts';
import { FileTarInput, StreamTarInput } from './tar-input.ts';

const never = new AbortController().signal;
const long = `${'d'.repeat(120)}/${'f'.repeat(150)}`;

async function* inPieces(bytes: Uint8Array, length: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += length) yield await Promise.resolve(bytes.subarray(at, at + length));
}

async function collect(entries: AsyncIterable<TarEntry>): Promise<TarEntry[]> {
  const all: TarEntry[] = [];
  for await (const entry of entries) all.push(entry);
  return all;
}

function readFile(bytes: Uint8Array): Promise<TarEntry[]> {
  return collect(readTar(new FileTarInput(new MemoryFileReader('/a.tar', bytes), bytes.length), never));
}

/** Entries as both inputs read them: the file by offset, and the stream in pieces that fit no block. */
async function readBoth(bytes: Uint8Array): Promise<TarEntry[]> {
  const entries = await readFile(bytes);
  expect(await collect(readTar(new StreamTarInput(inPieces(bytes, 77)), never))).toEqual(entries);
  return entries;
}

describe('entries', () => {
  it.each<[string, ForgedEntry[], Partial<TarEntry>]>([
    [
      'a file',
      [{ name: 'a', content: 'x', mode: 0o755 }],
      { name: 'a', kind: 'file', size: 1, mode: 0o755, offset: 512 },
    ],
    ['a file of the oldest form', [{ name: 'a', type: '\0', magic: '' }], { kind: 'file' }],
    ['a name with a prefix', [{ name: 'b', prefix: 'a' }], { name: 'a/b' }],
    ['a directory', [{ name: 'a/', type: '5' }], { kind: 'directory' }],
    ['a directory of the oldest form', [{ name: 'a/', magic: '' }], { kind: 'directory' }],
    ['a hard link', [{ name: 'a', type: '1', linkName: 'b' }], { kind: 'hardLink' }],
    ['a symlink', [{ name: 'a', type: '2', linkName: '/etc' }], { kind: 'symlink' }],
    ['a character device', [{ name: 'a', type: '3' }], { kind: 'device' }],
    ['a block device', [{ name: 'a', type: '4' }], { kind: 'device' }],
    ['a FIFO', [{ name: 'a', type: '6' }], { kind: 'fifo' }],
    ['what nobody knows', [{ name: 'a', type: 'Z', content: 'x' }], { kind: 'other', size: 1 }],
    ['a size in base 256', [{ name: 'a', content: 'xy', binarySize: true }], { size: 2 }],
    ['a long name of pax', [{ name: 'p', type: 'x', content: paxRecord('path', long) }, { name: 'a' }], { name: long }],
    [
      'a size of pax',
      [
        { name: 'p', type: 'x', content: paxRecord('size', '3') },
        { name: 'a', size: 0, content: 'xyz' },
      ],
      { size: 3 },
    ],
    ['a long name of GNU', [{ name: '././@LongLink', type: 'L', content: `${long}\0` }, { name: 'a' }], { name: long }],
    [
      'a long link of GNU',
      [
        { name: '././@LongLink', type: 'K', content: long },
        { name: 'a', type: '2' },
      ],
      { name: 'a' },
    ],
    ['a global comment', [{ name: 'g', type: 'g', content: paxRecord('comment', 'x') }, { name: 'a' }], { name: 'a' }],
  ])('tell %s', async (_what, forged, expected) => {
    const entries = await readBoth(tarOf(forged));
    expect(entries).toHaveLength(1);
    expect(entries[0]).toMatchObject(expected);
  });

  it('apply an extended header to one entry only', async () => {
    const pax = { name: 'p', type: 'x', content: paxRecord('path', 'ä') };
    expect((await readBoth(tarOf([pax, { name: 'a' }, { name: 'b' }]))).map(({ name }) => name)).toEqual(['ä', 'b']);
  });

  it('may end without the two empty blocks, and end at the first', async () => {
    expect(await readBoth(tarEntry({ name: 'a', content: 'x' }))).toHaveLength(1);
    expect(await readBoth(Buffer.concat([tarOf([{ name: 'a' }]), tarOf([{ name: 'b' }])]))).toHaveLength(1);
  });

  it('are passed over without being read, in a file', async () => {
    const file = new MemoryFileReader(
      '/a.tar',
      tarOf([{ name: 'a', content: Buffer.alloc(10_000_000) }, { name: 'b' }]),
    );
    await collect(readTar(new FileTarInput(file, 10_002_560), never));
    expect(file.asked.reduce((sum, { length }) => sum + length, 0)).toBeLessThan(200_000);
  });
});

describe('what is no archive', () => {
  const lied = tarEntry({ name: 'a', size: 9999, content: 'x' });
  const sparse = { name: 'p', type: 'x', content: paxRecord('GNU.sparse.major', '1') };
  it.each<[string, Uint8Array, ErrorCode]>([
    ['nothing', new Uint8Array(), 'archive.malformed'],
    ['text', Buffer.alloc(2048, 'x'), 'archive.malformed'],
    ['a wrong checksum', tarOf([{ name: 'a', checksum: '0000001\0 ' }]), 'archive.malformed'],
    ['a cut header', tarOf([{ name: 'a', content: 'x' }, { name: 'b' }]).subarray(0, 1100), 'archive.malformed'],
    ['cut content', lied, 'archive.malformed'],
    ['a symlink with content', tarOf([{ name: 'a', type: '2', content: 'x' }]), 'archive.malformed'],
    ['a directory with content', tarOf([{ name: 'a', type: '5', content: 'x' }]), 'archive.malformed'],
    ['a size beyond all numbers', tarOf([{ name: 'a', binarySize: true, size: 2 ** 60 }]), 'archive.malformed'],
    ['an old sparse file', tarOf([{ name: 'a', type: 'S' }]), 'archive.malformed'],
    ['a sparse file', tarOf([sparse, { name: 'a' }]), 'archive.malformed'],
    [
      'a global name',
      tarOf([{ name: 'g', type: 'g', content: paxRecord('path', 'x') }, { name: 'a' }]),
      'archive.malformed',
    ],
    ['a pax record without length', tarOf([{ name: 'p', type: 'x', content: 'path=a\n' }]), 'archive.malformed'],
    ['a pax record that is too long', tarOf([{ name: 'p', type: 'x', content: '99 path=a\n' }]), 'archive.malformed'],
    ['a pax record without its end', tarOf([{ name: 'p', type: 'x', content: '9 path=ab' }]), 'archive.malformed'],
    [
      'a pax size with a sign',
      tarOf([{ name: 'p', type: 'x', content: paxRecord('size', '-1') }]),
      'archive.malformed',
    ],
    ['a pax name with NUL', tarOf([{ name: 'p', type: 'x', content: paxRecord('path', 'a\0b') }]), 'archive.malformed'],
    [
      'a name that is no UTF-8',
      tarOf([{ name: 'p', type: 'L', content: Buffer.from([0x61, 0xff]) }]),
      'archive.malformed',
    ],
    [
      'a name of 5,000 bytes',
      tarOf([{ name: 'p', type: 'L', content: 'a'.repeat(5000) }, { name: 'a' }]),
      'archive.tooLarge',
    ],
    [
      'an extended header of 1 MiB',
      tarOf([{ name: 'p', type: 'x', content: Buffer.alloc(1 << 20) }]),
      'archive.tooLarge',
    ],
  ])('%s', async (_what, bytes, code) => {
    expect(await codeOf(readFile(bytes))).toBe(code);
    expect(await codeOf(collect(readTar(new StreamTarInput(inPieces(bytes, 1000)), never)))).toBe(code);
  });

  it('more entries than anybody needs', async () => {
    const one = tarEntry({ name: 'a' });
    async function* many(): AsyncGenerator<Uint8Array> {
      for (let at = 0; at < 100_001; at += 1) yield await Promise.resolve(one);
    }
    expect(await codeOf(collect(readTar(new StreamTarInput(many()), never)))).toBe('archive.tooLarge');
  });
});
