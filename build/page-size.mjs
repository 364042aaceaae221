// How large the page is, gzipped, and how large it may be. The build ends with it; `npm run bench -- size` shows it.
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

/** Upper limits in kilobytes, gzipped. Raising one wants a reason: every start reads the first. */
export const pageBudgets = { start: 450, largestScreen: 150, all: 900 };

const gzippedKilobytes = (page, files) =>
  files.reduce((sum, file) => sum + gzipSync(readFileSync(path.join(page, file))).length, 0) / 1000;
const isCode = (file) => /\.(?:js|css)$/.test(file);

/**
 * Kilobytes of scripts and styles in the folder of the built page: `start` is what the document names, and is read before anything is drawn;
 * `largestScreen` is the largest file that a screen adds; `all` is everything.
 */
export function measurePage(page) {
  const document = readFileSync(path.join(page, 'index.html'), 'utf8');
  const named = [...document.matchAll(/(?:src|href)="\.?\/([^"]+)"/g)].map(([, file]) => file).filter(isCode);
  const all = readdirSync(path.join(page, 'assets'))
    .map((name) => `assets/${name}`)
    .filter(isCode);
  const added = all.filter((file) => !named.includes(file)).map((file) => gzippedKilobytes(page, [file]));
  return { start: gzippedKilobytes(page, named), largestScreen: Math.max(...added), all: gzippedKilobytes(page, all) };
}

/** Fails when a part of the page has outgrown its limit. */
export function assertPageSize(page) {
  const sizes = measurePage(page);
  const over = Object.entries(pageBudgets).filter(([part, limit]) => sizes[part] > limit);
  if (over.length === 0) return;
  const said = over.map(([part, limit]) => `${part}: ${sizes[part].toFixed(1)} kB of ${limit} kB`);
  throw new Error(`the page has outgrown its limits in build/page-size.mjs: ${said.join(', ')}`);
}
