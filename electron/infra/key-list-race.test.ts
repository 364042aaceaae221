import { existsSync } from 'node:fs';
import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { changeSigningKeys, readSigningKeys } from '../domain/keystore/signing-keys-file.ts';
import { createDirectory } from './directory.ts';
import { systemClock } from './system-clock.ts';

const memoryDisk = '/dev/shm';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(existsSync(memoryDisk) ? memoryDisk : tmpdir(), 'inkan-race-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

const addKey = (name: string): Promise<unknown> =>
  changeSigningKeys(createDirectory(root), systemClock, {
    kind: 'add',
    entry: { name, keyPath: `/k/${name}`, certPath: `/c/${name}` },
    makeDefault: false,
  });

/** As the reference adds a key: read, truncate, write in place; no lock, no sync, and here some time between the steps. */
async function addAsReference(name: string): Promise<void> {
  const path = join(root, 'signingkeys.json');
  const list = JSON.parse(await readFile(path, 'utf8')) as { keys: object[] };
  const handle = await open(path, 'w', 0o600);
  await delay(Math.random() * 3);
  await handle.writeFile(`${JSON.stringify({ ...list, keys: [...list.keys, { name }] }, null, 4)}\n`);
  await handle.close();
}

it('case F-05: changes of 4 writers at once all stand in the list', async () => {
  const names = Array.from({ length: 4 }, (_, writer) =>
    Array.from({ length: 25 }, (__, change) => `${writer}-${change}`),
  );
  await Promise.all(
    names.map(async (own) => {
      for (const name of own) await addKey(name);
    }),
  );
  const { keys } = await readSigningKeys(createDirectory(root), systemClock);
  expect(keys.map(({ name }) => name).sort()).toEqual(names.flat().sort());
});

it('case F-05: no key that the reference adds is lost to a change of ours at the same moment', async () => {
  await addKey('first');
  const theirs = Array.from({ length: 60 }, (_, index) => `theirs-${index}`);
  for (const [index, name] of theirs.entries()) {
    // Whichever step of the one meets whichever step of the other; ours begins up to 4 ms before theirs, or after.
    const ours = delay((index % 9) / 2).then(() => addKey(`ours-${index}`));
    await Promise.all([ours, delay(4).then(() => addAsReference(name))]);
  }
  const { keys } = await readSigningKeys(createDirectory(root), systemClock);
  expect(theirs.filter((name) => !keys.some((key) => key.name === name))).toEqual([]);
});
