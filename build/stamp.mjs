// Knowing what is up to date, with Node's built-ins only: npm start needs this before anything is installed.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './process.mjs';

/** Lists the files of folders and files, sorted; `skip` leaves out names of folders and files. */
function listFiles(start, skip) {
  if (!statSync(start).isDirectory()) return [start];
  return readdirSync(start, { withFileTypes: true })
    .filter(({ name }) => !skip.test(name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const full = path.join(start, entry.name);
      return entry.isDirectory() ? listFiles(full, skip) : [full];
    });
}

/**
 * A hash over the content of files, so that neither a checkout nor a copy makes anything look changed.
 *
 * @param {readonly string[]} paths - folders and files, relative to the project
 */
export function hashOf(paths, skip = /^(?:node_modules|bin|testdata)$|\.test\.tsx?$/) {
  const hash = createHash('sha256');
  for (const file of paths.flatMap((start) => listFiles(path.join(root, start), skip))) {
    hash
      .update(`${path.relative(root, file)}\0`)
      .update(readFileSync(file))
      .update('\0');
  }
  return hash.digest('hex');
}

/** What `writeStamp` left in this file, or nothing. */
export function readStamp(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

/** Remembers `value`; written last, so that an interrupted step is done again. */
export function writeStamp(file, value) {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, value);
}

const sources = ['shared', 'electron', 'renderer', 'package-lock.json', 'build/vite.config.mjs', 'build/stamp.mjs'];
const buildStamp = path.join(root, 'dist', '.stamp');

/** A name for the state of all that goes into the bundles. */
export const hashSources = () => hashOf(sources);

/** Whether dist/ was built from the sources as they are. */
export const isBuilt = () => readStamp(buildStamp) === hashSources();

/** Marks dist/ as built from the sources that had this hash. */
export const markBuilt = (hash) => writeStamp(buildStamp, hash);

/**
 * Whether node_modules is what package-lock.json says. npm keeps its own record of what it installed; packages that
 * are optional may be missing from it, because they are for other systems.
 */
export function isInstalled() {
  try {
    const wanted = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')).packages;
    const found = JSON.parse(readFileSync(path.join(root, 'node_modules', '.package-lock.json'), 'utf8')).packages;
    return Object.entries(wanted).every(
      ([name, { version, optional }]) => name === '' || optional || found[name]?.version === version,
    );
  } catch {
    return false;
  }
}
