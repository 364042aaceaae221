import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestDirs } from '../hosts/host.ts';

/** Runs a task with the folders of a user who has nothing yet. */
export async function withFreshUser<Result>(task: (dirs: TestDirs) => Promise<Result>): Promise<Result> {
  const home = await mkdtemp(path.join(tmpdir(), 'inkan-bench-'));
  const [inkanHome, configDir, scratch] = [
    path.join(home, 'inkan'),
    path.join(home, 'notation'),
    path.join(home, 'scratch'),
  ];
  try {
    await Promise.all([inkanHome, configDir, scratch].map((folder) => mkdir(folder)));
    return await task({ home, inkanHome, configDir, scratch });
  } finally {
    await rm(home, { recursive: true, force: true, maxRetries: 5 });
  }
}
