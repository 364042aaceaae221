// npm run package: puts the built application and an Electron runtime together in release/.
//
//   node build/package.mjs              with the Electron of the electron package, and the fuses that users get
//   node build/package.mjs --for-tests  with the test runtime, open to Playwright: into release/linux-unpacked
import path from 'node:path';
import { Arch, Platform, build } from 'electron-builder';
import { buildAll } from './build.mjs';
import { isMain, root } from './process.mjs';
import { runtimeDir, runtimeVersion } from './setup-electron-runtime.mjs';
import { isBuilt } from './stamp.mjs';

/** Makes the unpacked application; `forTests` takes the test runtime and lets a debugger in. */
export async function packageApp({ forTests = false } = {}) {
  if (!isBuilt()) await buildAll();
  const forTestsOnly = {
    electronDist: runtimeDir,
    electronVersion: runtimeVersion,
    electronFuses: { enableNodeCliInspectArguments: true },
  };
  await build({
    projectDir: root,
    targets: forTests ? Platform.LINUX.createTarget('dir', Arch.x64) : Platform.current().createTarget('dir'),
    publish: 'never',
    config: { extends: path.join(root, 'build', 'electron-builder.json'), ...(forTests ? forTestsOnly : {}) },
  });
}

if (isMain(import.meta)) await packageApp({ forTests: process.argv.includes('--for-tests') });
