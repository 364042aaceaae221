import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, readFile, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { _electron } from '@playwright/test';
import { toEnvironment } from '../hosts/host.ts';
import { withFreshUser } from './folders.ts';
import { alternate } from './measure.ts';
import { toRow, type Row } from './report.ts';

const root = path.resolve(import.meta.dirname, '..', '..');
const inkan = path.join(root, 'release', 'linux-unpacked', 'inkan');
const startRounds = 7;
const memoryRounds = 3;
const settleMs = 5000;

/** The packaged app beside an app with an empty window, on the same runtime, each start with a new profile. */
export async function measureDesktop(): Promise<Row[]> {
  const empty = await makeEmptyApp();
  const starts = await alternate(
    startRounds,
    () => measureStart(inkan),
    () => measureStart(empty),
  );
  const memory = await alternate(
    memoryRounds,
    () => measureMemory(inkan),
    () => measureMemory(empty),
  );
  return [
    toRow('start to a window with its sources listed, against an empty window', starts),
    toRow('idle memory of all processes (PSS), against an empty window', memory, { unit: 'MB' }),
  ];
}

/** The runtime with an application folder in it; its files are links, so that both share what the system has read. */
async function makeEmptyApp(): Promise<string> {
  const folder = path.join(root, '.cache', 'empty-app');
  await rm(folder, { recursive: true, force: true });
  await mkdir(path.dirname(folder), { recursive: true });
  execFileSync('cp', ['-al', path.join(root, '.electron'), folder]);
  const resources = path.join(folder, 'resources');
  await rm(resources, { recursive: true, force: true });
  await cp(path.join(import.meta.dirname, 'empty-app'), path.join(resources, 'app'), { recursive: true });
  return path.join(folder, 'electron');
}

/** Until the first link to a source can be seen: the page runs, and the engine has answered. */
function measureStart(executablePath: string): Promise<number[]> {
  return withFreshUser(async (dirs) => {
    const started = performance.now();
    const app = await _electron.launch({
      executablePath,
      args: [`--user-data-dir=${path.join(dirs.home, 'profile')}`, '--lang=en-US'],
      env: toEnvironment(dirs),
    });
    const page = await app.firstWindow();
    await page.locator('nav a[href*="/sources/"]').first().waitFor();
    const took = performance.now() - started;
    await app.close();
    return [took];
  });
}

/** Started as a user would, with nothing attached, and left alone. */
function measureMemory(executablePath: string): Promise<number[]> {
  return withFreshUser(async (dirs) => {
    const args = [`--user-data-dir=${path.join(dirs.home, 'profile')}`, '--lang=en-US', '--no-sandbox'];
    const app = spawn(executablePath, args, { env: toEnvironment(dirs), stdio: 'ignore' });
    const ended = once(app, 'exit');
    await sleep(settleMs);
    if (app.pid === undefined || app.exitCode !== null) throw new Error(`${executablePath} ended early`);
    const sizes = await Promise.all((await treeOf(app.pid)).map(proportionalSizeOf));
    app.kill();
    await ended;
    return [sizes.reduce((sum, size) => sum + size, 0)];
  });
}

/** A process and all that come from it. */
async function treeOf(first: number): Promise<number[]> {
  const parents = new Map<number, number>();
  for (const name of await readdir('/proc')) {
    const stat = /^\d+$/.test(name) ? await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '') : '';
    const parent = /^\d+ \(.*\) \S (\d+)/s.exec(stat)?.[1];
    if (parent !== undefined) parents.set(Number(name), Number(parent));
  }
  const tree = new Set([first]);
  for (let size = 0; size < tree.size;) {
    size = tree.size;
    for (const [child, parent] of parents) if (tree.has(parent)) tree.add(child);
  }
  return [...tree];
}

/** Megabytes of memory, pages that are shared counted by their share. */
async function proportionalSizeOf(pid: number): Promise<number> {
  const rollup = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '');
  return Number(/^Pss:\s+(\d+) kB$/m.exec(rollup)?.[1] ?? 0) / 1024;
}
