// npm run package: puts the built application and an Electron runtime together in release/.
//
//   node build/package.mjs              with the Electron of the electron package, and the fuses that users get
//   node build/package.mjs --for-tests  with the test runtime, open to Playwright: into release/linux-unpacked
import path from 'node:path';
import { buildAll } from './build.mjs';
import { inNodeModules, isMain, root, run } from './process.mjs';
import { runtimeDir, runtimeVersion } from './setup-electron-runtime.mjs';
import { isBuilt } from './stamp.mjs';

/** The executable of the copy that the journeys are played on. */
export const packagedExecutable = path.join(root, 'release', 'linux-unpacked', 'inkan');

/** Makes the unpacked application; `forTests` takes the test runtime and lets a debugger in. */
export async function packageApp({ forTests = false } = {}) {
  if (!isBuilt()) await buildAll();
  const args = ['--config', 'build/electron-builder.json', '--dir', '--publish', 'never'];
  if (forTests) {
    args.push(
      '--linux',
      '--x64',
      `-c.electronDist=${runtimeDir}`,
      `-c.electronVersion=${runtimeVersion}`,
      '-c.electronFuses.enableNodeCliInspectArguments=true',
    );
  }
  await run(process.execPath, [inNodeModules('electron-builder', 'cli.js'), ...args]);
}

if (isMain(import.meta)) await packageApp({ forTests: process.argv.includes('--for-tests') });
