import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { isAppError } from '../../../shared/errors/app-error.ts';
import { fuzzParser } from '../../testing/fuzz-parser.ts';
import { mutateBytes } from '../../testing/mutate-bytes.ts';
import { paxRecord, tarOf } from '../../testing/tar-forge.ts';
import { zipOf } from '../../testing/zip-forge.ts';
import { readPieces, type ArchiveSource } from './archive-source.ts';
import { gunzip } from './gunzip.ts';
import { readTar } from './read-tar.ts';
import { readZip } from './read-zip.ts';
import { StreamTarInput } from './tar-input.ts';

const never = new AbortController().signal;
const maxContentBytes = 1024 * 1024;

const files = [
  { name: 'notation-sealer', content: 'a program '.repeat(90), mode: 0o755 },
  { name: 'LICENSE', content: 'free' },
];
const tar = tarOf([{ name: 'p', type: 'x', content: paxRecord('path', 'ä'.repeat(80)) }, ...files]);

const toSource = (bytes: Uint8Array): ArchiveSource => ({
  size: bytes.length,
  read: (offset, length) => Promise.resolve(bytes.subarray(offset, offset + length)),
});

async function readAsTar(chunks: AsyncIterable<Uint8Array>): Promise<void> {
  const input = new StreamTarInput(chunks);
  try {
    for await (const { size } of readTar(input, never)) await input.read(Math.min(size, maxContentBytes));
    await input.drain();
  } finally {
    await input.close();
  }
}

async function readAsZip(source: ArchiveSource): Promise<void> {
  for (const { content } of await readZip(source)) for await (const part of content()) void part;
}

it.each<[string, Uint8Array, (source: ArchiveSource) => Promise<void>]>([
  ['tar', tar, (source) => readAsTar(readPieces(source))],
  ['tar.gz', gzipSync(tar), (source) => readAsTar(gunzip(readPieces(source), maxContentBytes))],
  ['zip', zipOf(files.map(({ name, content }) => ({ name, content }))), readAsZip],
])('a mutated %s is read or refused, and nothing else', async (_form, bytes, read) => {
  const { findings, refused, accepted } = await fuzzParser({
    seeds: [bytes],
    mutate: mutateBytes,
    parse: (mutant) => read(toSource(mutant)),
    isFault: (error) => isAppError(error) && error.code.startsWith('archive.'),
  });
  expect(findings).toEqual([]);
  expect(refused).toBeGreaterThan(accepted / 4);
});
