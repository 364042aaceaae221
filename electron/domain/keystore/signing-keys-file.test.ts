import { describe, expect, it } from 'vitest';
import { createFaultyDirectory } from '../../testing/faulty-directory.ts';
import { MemoryDirectory } from '../../testing/memory-directory.ts';
import type { Clock } from '../ports.ts';
import { changeSigningKeys, readSigningKeys } from './signing-keys-file.ts';

const entry = { name: 'ours', keyPath: '/k', certPath: '/c' };
const listOf = (...names: readonly string[]): string => JSON.stringify({ keys: names.map((name) => ({ name })) });

/** A clock whose waiting is an occasion for another program. */
function clockThat(during: (waited: number) => void = () => undefined): Clock & { readonly waits: number[] } {
  const waits: number[] = [];
  return {
    waits,
    now: () => new Date(0),
    monotonicMs: () => 0,
    async sleep(durationMs) {
      waits.push(durationMs);
      during(waits.length);
    },
  };
}

describe('reading', () => {
  it.each(['', '{"keys":[{"na'])('case F-06: waits for another program to finish %j', async (torn) => {
    const directory = new MemoryDirectory('/c');
    directory.put('signingkeys.json', torn);
    const clock = clockThat((waited) => waited === 3 && directory.put('signingkeys.json', listOf('theirs')));
    expect((await readSigningKeys(directory, clock)).keys).toEqual([{ name: 'theirs' }]);
    expect(clock.waits).toEqual([20, 20, 20]);
  });

  it('case F-06: gives up after five more tries, and then nothing is written', async () => {
    const directory = new MemoryDirectory('/c');
    directory.put('signingkeys.json', '{"keys":[');
    const clock = clockThat();
    await expect(readSigningKeys(directory, clock)).rejects.toMatchObject({ code: 'key.listMalformed' });
    expect(clock.waits).toEqual([20, 20, 20, 20, 20]);
    const change = changeSigningKeys(directory, clock, { kind: 'add', entry, makeDefault: true });
    await expect(change).rejects.toMatchObject({ code: 'key.listMalformed' });
    expect(directory.text('signingkeys.json')).toBe('{"keys":[');
  });

  it('takes a missing file for an empty list, and an unreadable one for an error', async () => {
    const directory = new MemoryDirectory('/c');
    expect((await readSigningKeys(directory, clockThat())).keys).toEqual([]);
    directory.put('signingkeys.json/inner', '');
    await expect(readSigningKeys(directory, clockThat())).rejects.toMatchObject({ code: 'file.notRegular' });
  });
});

describe('changing', () => {
  it('makes the change to what another program wrote meanwhile', async () => {
    const memory = new MemoryDirectory('/c');
    memory.put('signingkeys.json', listOf('old'));
    let races = 0;
    const directory = createFaultyDirectory(memory, ({ method }) => {
      if (method !== 'write' || races === 4) return;
      races += 1;
      memory.put('signingkeys.json', listOf('old', ...Array.from({ length: races }, (_, index) => `theirs-${index}`)));
    });
    await changeSigningKeys(directory, clockThat(), { kind: 'add', entry, makeDefault: false });
    const { keys } = await readSigningKeys(memory, clockThat());
    expect(keys.map(({ name }) => name)).toEqual(['old', 'theirs-0', 'theirs-1', 'theirs-2', 'theirs-3', 'ours']);
  });

  it('shows a conflict after five tries', async () => {
    const memory = new MemoryDirectory('/c');
    let races = 0;
    const directory = createFaultyDirectory(memory, ({ method }) => {
      if (method === 'write') memory.put('signingkeys.json', listOf(`theirs-${(races += 1)}`));
    });
    const change = changeSigningKeys(directory, clockThat(), { kind: 'add', entry, makeDefault: false });
    await expect(change).rejects.toMatchObject({ code: 'file.changedMeanwhile' });
    expect(races).toBe(5);
    expect(memory.text('signingkeys.json')).toBe(listOf('theirs-5'));
  });

  it('refuses a key that another program listed under the same name meanwhile', async () => {
    const memory = new MemoryDirectory('/c');
    memory.put('signingkeys.json', listOf('old'));
    const directory = createFaultyDirectory(memory, ({ method }) => {
      if (method === 'write') memory.put('signingkeys.json', listOf('old', 'ours'));
    });
    const change = changeSigningKeys(directory, clockThat(), { kind: 'add', entry, makeDefault: false });
    await expect(change).rejects.toMatchObject({ code: 'key.exists' });
    expect(memory.text('signingkeys.json')).toBe(listOf('old', 'ours'));
  });
});
