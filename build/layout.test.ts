import { readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { layers } from './layers.mjs';

const root = path.resolve(import.meta.dirname, '..');
const product = ['shared', 'electron', 'renderer'];
const files = product.flatMap((folder) =>
  readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(?:ts|tsx|css)$/.test(entry.name) && !entry.parentPath.includes('testdata'))
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/')),
);

test('every file stands in a layer, so that the linter knows what it may import', () => {
  const homes = layers.map(({ path: home }) => new RegExp(`^${home.replaceAll('*', '[^/]+')}(?:/|$)`));
  const homeless = files.filter((file) => !file.endsWith('.d.ts') && !homes.some((home) => home.test(file)));
  expect(homeless).toEqual([]);
});

test('files have kebab-case names that say what is in them', () => {
  const odd = files.filter((file) => !/^[a-z0-9]+(?:[-.][a-z0-9]+)*\.(?:ts|tsx|css)$/.test(path.basename(file)));
  const empty = files.filter((file) => /(?:^|[/.-])(?:utils?|helpers?|common|misc|manager|core)[/.-]/.test(file));
  expect([...odd, ...empty]).toEqual([]);
});
