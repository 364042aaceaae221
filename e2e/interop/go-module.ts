import { execFileSync } from 'node:child_process';
import path from 'node:path';

const peers = path.resolve(import.meta.dirname, '..', 'peers');

/** The folder of a Go module, at the version that the peers are built with; its files are other people's, read and not copied. */
export function folderOfModule(name: string): string {
  const told = execFileSync('go', ['list', '-m', '-json', name], { cwd: peers, encoding: 'utf8' });
  const { Path, Version } = JSON.parse(told) as { Path: string; Version: string };
  const fetched = execFileSync('go', ['mod', 'download', '-json', `${Path}@${Version}`], {
    cwd: peers,
    encoding: 'utf8',
  });
  return (JSON.parse(fetched) as { Dir: string }).Dir;
}
