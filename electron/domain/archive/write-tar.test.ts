import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { MemoryFileReader } from '../../testing/memory-file-reader.ts';
import { gzip } from './gzip.ts';
import { readTar } from './read-tar.ts';
import { FileTarInput } from './tar-input.ts';
import { writeTar, type TarFile } from './write-tar.ts';

const never = new AbortController().signal;

async function* given(files: readonly (readonly [path: string, content: string])[]): AsyncGenerator<TarFile> {
  for (const [path, content] of files) {
    async function* pieces(): AsyncGenerator<Uint8Array> {
      for (const character of content) yield await Promise.resolve(Buffer.from(character));
    }
    yield await Promise.resolve({ path, size: content.length, content: pieces });
  }
}

async function collect(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return Buffer.concat(all);
}

it('writes what the reader reads, long names too', async () => {
  const files = [
    ['index.json', '{}'],
    ['empty', ''],
    [`blobs/sha512/${'0'.repeat(128)}`, 'x'.repeat(513)],
    ['a'.repeat(99), 'y'],
    ['a'.repeat(101), 'z'],
    ['ä'.repeat(60), 'u'],
  ] as const;
  const bytes = await collect(writeTar(given(files)));
  expect(bytes.length % 512).toBe(0);
  const read: [string, string][] = [];
  for await (const { name, offset, size } of readTar(
    new FileTarInput(new MemoryFileReader('/a', bytes), bytes.length),
    never,
  )) {
    read.push([name, bytes.subarray(offset, offset + size).toString()]);
  }
  expect(read).toEqual(files);
});

it('gives the same bytes every time, and compressed what they were', async () => {
  const bytes = await collect(writeTar(given([['a', 'b']])));
  expect(bytes.equals(await collect(writeTar(given([['a', 'b']]))))).toBe(true);
  expect(gunzipSync(await collect(gzip(writeTar(given([['a', 'b']]))))).equals(bytes)).toBe(true);
});

it('passes on what a content throws', async () => {
  async function* gone(): AsyncGenerator<Uint8Array> {
    yield await Promise.reject(new Error('gone'));
  }
  async function* broken(): AsyncGenerator<TarFile> {
    yield await Promise.resolve({ path: 'a', size: 1, content: gone });
  }
  await expect(collect(gzip(writeTar(broken())))).rejects.toThrow('gone');
});
