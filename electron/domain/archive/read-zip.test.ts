import { describe, expect, it } from 'vitest';
import { codeOf } from '../../testing/code-of.ts';
import { zipOf, type ForgedZipEntry } from '../../testing/zip-forge.ts';
import type { ArchiveSource } from './archive-source.ts';
import { readZip } from './read-zip.ts';

const toSource = (bytes: Uint8Array): ArchiveSource => ({
  size: bytes.length,
  read: (offset, length) => Promise.resolve(bytes.subarray(offset, offset + length)),
});

/** Every entry, with its content as text. */
async function readAll(bytes: Uint8Array): Promise<{ name: string; kind: string; mode: number; text: string }[]> {
  const read = [];
  for (const { name, kind, mode, content } of await readZip(toSource(bytes))) {
    const parts: Uint8Array[] = [];
    for await (const part of content()) parts.push(part);
    read.push({ name, kind, mode, text: Buffer.concat(parts).toString() });
  }
  return read;
}

describe('entries of a zip', () => {
  it.each<[string, ForgedZipEntry, object]>([
    ['a file', { name: 'a', content: 'hello' }, { name: 'a', kind: 'file', mode: 0, text: 'hello' }],
    ['a stored file', { name: 'a', content: 'hello', stored: true }, { text: 'hello' }],
    ['a file with size and checksum after it', { name: 'a', content: 'hello', streamed: true }, { text: 'hello' }],
    ['a program', { name: 'a', unixMode: 0o100755 }, { kind: 'file', mode: 0o755 }],
    ['a folder', { name: 'a/', unixMode: 0o040755, stored: true }, { kind: 'directory' }],
    ['a folder told by its name', { name: 'a/', stored: true }, { kind: 'directory' }],
    ['a symlink', { name: 'a', unixMode: 0o120777, content: '/etc', stored: true }, { kind: 'symlink' }],
    ['a device', { name: 'a', unixMode: 0o020666, stored: true }, { kind: 'other' }],
  ])('tell %s', async (_what, entry, expected) => {
    const read = await readAll(zipOf([entry], { comment: 'made by a test' }));
    expect(read).toHaveLength(1);
    expect(read[0]).toMatchObject(expected);
  });

  it('may be none', async () => {
    expect(await readAll(zipOf([]))).toEqual([]);
  });
});

describe('what is refused of a zip', () => {
  const a = { name: 'a', content: 'hello' };
  it.each<[string, Uint8Array]>([
    ['nothing', new Uint8Array()],
    ['text', Buffer.alloc(4096, 'x')],
    ['something before it', zipOf([a], { before: Buffer.from('#!/bin/sh\n') })],
    ['something between', zipOf([a], { between: Buffer.from('hidden') })],
    ['something after it', zipOf([a], { after: Buffer.from('x') })],
    ['a list shorter than it says', zipOf([a], { count: 2 })],
    ['a list longer than it says', zipOf([a, { name: 'b' }], { count: 1 })],
    ['the 64-bit form', zipOf([a], { count: 0xffff })],
    ['encryption', zipOf([{ ...a, flags: 1 }])],
    ['another compression', zipOf([{ ...a, method: 12 }])],
    ['another name before the content', zipOf([{ ...a, localName: 'b' }])],
    ['another size before the content', zipOf([{ ...a, localSize: 4 }])],
    ['more content than listed', zipOf([{ ...a, size: 4 }])],
    ['less content than listed', zipOf([{ ...a, size: 6 }])],
    ['two sizes of stored content', zipOf([{ ...a, stored: true, size: 6 }])],
    ['a wrong checksum', zipOf([{ ...a, crc: 1 }])],
    ['entries over each other', zipOf([a, { ...a, atFirst: true }])],
    ['a folder with content', zipOf([{ name: 'a/', content: 'x' }])],
    ['a name with NUL', zipOf([{ name: 'a\0b' }])],
    ['cut content', Buffer.concat([zipOf([a]).subarray(0, 20), zipOf([a]).subarray(25)])],
  ])('%s', async (_what, bytes) => {
    expect(await codeOf(readAll(bytes))).toBe('archive.malformed');
  });

  it('a list of more entries than anybody needs', async () => {
    const many = zipOf(Array.from({ length: 10_001 }, (_, at) => ({ name: `f${at}`, stored: true })));
    expect(await codeOf(readAll(many))).toBe('archive.tooLarge');
  });

  it('a bomb, without unpacking more than it says', async () => {
    const bomb = zipOf([{ name: 'a', content: Buffer.alloc(50 * 1024 * 1024), size: 10 }]);
    expect(await codeOf(readAll(bomb))).toBe('archive.malformed');
  });
});
