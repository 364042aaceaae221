import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '..');
const cases = JSON.parse(readFileSync(path.join(import.meta.dirname, 'named-cases.json'), 'utf8')) as object;
const folders = ['shared', 'electron', 'renderer', 'e2e/interop', 'e2e/specs'];
/** The first argument of a call of `describe`, `it` or `test`, tables of cases included. */
const title = /(?:\b(?:describe|it|test)(?:\.\w+)*(?:<[^()]*>)?|\))\(\s*(?:'([^'\n]*)'|`([^`]*)`|"([^"\n]*)")/g;
const id = /\b[A-Z]-\d{2}\b/g;

function titlesOf(file: string): string[] {
  return [...readFileSync(file, 'utf8').matchAll(title)].map(([, single, template, double]) =>
    String(single ?? template ?? double),
  );
}

const named = new Set(
  folders
    .flatMap((folder) => readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && /\.(?:test|spec)\.tsx?$/.test(entry.name))
    .flatMap((entry) => titlesOf(path.join(entry.parentPath, entry.name)))
    .flatMap((text) => text.match(id) ?? []),
);

test('every named case of the security notes is in the title of a test', () => {
  expect(Object.keys(cases).filter((each) => !named.has(each))).toEqual([]);
});
