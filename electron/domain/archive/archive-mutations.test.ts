import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { isAppError } from '../../../shared/errors/app-error.ts';
import { SeededRandom, seedOfRun } from '../../testing/seeded-random.ts';
import { paxRecord, tarOf } from '../../testing/tar-forge.ts';
import { zipOf } from '../../testing/zip-forge.ts';
import { readPieces, type ArchiveSource } from './archive-source.ts';
import { gunzip } from './gunzip.ts';
import { readTar } from './read-tar.ts';
import { readZip } from './read-zip.ts';
import { StreamTarInput } from './tar-input.ts';

const never = new AbortController().signal;
const mutations = 700;
const maxMs = 1000;
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

/** A few bytes changed, put in or left out. */
function mutate(bytes: Uint8Array, random: SeededRandom): Uint8Array {
  let mutant = Buffer.from(bytes);
  for (let changes = 1 + random.below(4); changes > 0; changes -= 1) {
    const at = random.below(mutant.length);
    const kind = random.below(4);
    if (kind < 2) mutant[at] = random.below(256);
    else if (kind === 2) mutant = Buffer.concat([mutant.subarray(0, at), mutant.subarray(at + 1 + random.below(64))]);
    else mutant = Buffer.concat([mutant.subarray(0, at), random.bytes(1 + random.below(64)), mutant.subarray(at)]);
    if (mutant.length === 0) return mutant;
  }
  return mutant;
}

it.each<[string, Uint8Array, (source: ArchiveSource) => Promise<void>]>([
  ['tar', tar, (source) => readAsTar(readPieces(source))],
  ['tar.gz', gzipSync(tar), (source) => readAsTar(gunzip(readPieces(source), maxContentBytes))],
  ['zip', zipOf(files.map(({ name, content }) => ({ name, content }))), readAsZip],
])('a mutated %s is read or refused, and nothing else', async (_form, bytes, read) => {
  const random = new SeededRandom(seedOfRun());
  await read(toSource(bytes));
  let refused = 0;
  for (let number = 0; number < mutations; number += 1) {
    const started = performance.now();
    try {
      await read(toSource(mutate(bytes, random)));
    } catch (error) {
      if (!isAppError(error)) throw new Error(`mutant ${number}`, { cause: error });
      expect(error.code, `mutant ${number}`).toMatch(/^archive\./);
      refused += 1;
    }
    expect(performance.now() - started, `mutant ${number}`).toBeLessThan(maxMs);
  }
  expect(refused).toBeGreaterThan(mutations / 4);
});
