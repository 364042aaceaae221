import { existsSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import path from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '..');

/** Every package and built-in that a file reaches through our own files, with the file that asks for it. */
function reach(start: string): Map<string, string> {
  const packages = new Map<string, string>();
  const seen = new Set<string>();
  const visit = (file: string): void => {
    if (seen.has(file) || !/\.tsx?$/.test(file)) return;
    seen.add(file);
    for (const { fileName } of ts.preProcessFile(readFileSync(file, 'utf8')).importedFiles) {
      if (!fileName.startsWith('.')) packages.set(fileName, path.relative(root, file));
      else if (existsSync(path.resolve(path.dirname(file), fileName)))
        visit(path.resolve(path.dirname(file), fileName));
    }
  };
  visit(path.join(root, start));
  return packages;
}

test('nothing that the loopback host reaches imports electron', () => {
  const packages = reach('electron/loopback.ts');
  expect(packages.get('electron')).toBeUndefined();
  expect(packages.has('node:http')).toBe(true);
});

test('nothing that the page reaches imports a Node built-in, electron or a key library', () => {
  const packages = reach('renderer/main.tsx');
  const forbidden = [...packages].filter(
    ([name]) => isBuiltin(name) || /^(?:electron|jose|ws|undici|@peculiar)(?:\/|$)/.test(name),
  );
  expect(forbidden).toEqual([]);
  expect(packages.size).toBeGreaterThan(0);
});

test('the preload imports nothing but electron and types of the pipe', () => {
  expect([...reach('electron/preload.ts').keys()].filter((name) => name !== 'electron')).toEqual([]);
});
