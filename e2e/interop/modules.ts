import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';

const peers = path.resolve(import.meta.dirname, '..', 'peers');

/** Go modules whose test data the suites read; e2e/peers/go.mod says which version. */
export type VectorModule =
  | 'github.com/c2sp/wycheproof'
  | 'github.com/notaryproject/notation-go'
  | 'github.com/notaryproject/notation-core-go'
  | 'github.com/notaryproject/tspclient-go';

const folders = new Map<VectorModule, string>();

/** The folder of a module, which Go downloads when it is not there yet. */
export function folderOf(module: VectorModule): string {
  const known = folders.get(module);
  if (known !== undefined) return known;
  const told = execFileSync('go', ['mod', 'download', '-json', module], { cwd: peers, encoding: 'utf8' });
  const { Dir } = JSON.parse(told) as { Dir: string };
  folders.set(module, Dir);
  return Dir;
}

/** A file of a module. */
export function readOf(module: VectorModule, ...names: readonly string[]): Buffer {
  return readFileSync(path.join(folderOf(module), ...names));
}
