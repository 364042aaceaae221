// Installs what the tests need and the machine lacks: system packages, the Electron runtime, the Go peers.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { isMain, root, run } from './process.mjs';
import { runtimeVersions, setupElectronRuntime } from './setup-electron-runtime.mjs';
import { hashOf, readStamp, writeStamp } from './stamp.mjs';

/** What each Debian package brings that shows it is installed, whatever brought it. */
const chromiumPackages = {
  chromium: () => existsSync(chromiumExecutable()),
  'fonts-noto-cjk': () => hasFont('NotoSansCJK'),
};
const electronPackages = {
  unzip: () => onPath('unzip'),
  xvfb: () => onPath('Xvfb'),
  xauth: () => onPath('xauth'),
  'libgtk-3-0': () => hasLibrary('libgtk-3.so.0'),
  libnss3: () => hasLibrary('libnss3.so'),
  libgbm1: () => hasLibrary('libgbm.so.1'),
  libasound2: () => hasLibrary('libasound.so.2'),
};

/** The browser that plays the journeys. */
export function chromiumExecutable() {
  return process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
}

function onPath(program) {
  return process.env.PATH.split(path.delimiter).some((folder) => existsSync(path.join(folder, program)));
}

function hasLibrary(name) {
  return execFileSync('/sbin/ldconfig', ['-p'], { encoding: 'utf8' }).includes(name);
}

function hasFont(name) {
  const folders = ['/usr/share/fonts/opentype/noto', '/usr/share/fonts/noto-cjk'];
  return folders.some((folder) => existsSync(folder) && readdirSync(folder).some((file) => file.startsWith(name)));
}

async function installPackages(packages) {
  if (process.platform !== 'linux') return;
  const missing = Object.keys(packages).filter((name) => !packages[name]());
  if (missing.length === 0) return;
  if (!onPath('apt-get')) throw new Error(`these programs or libraries are missing: ${missing.join(', ')}`);
  console.log(`Installing ${missing.join(', ')} ...`);
  const asRoot = process.getuid() === 0 ? [] : ['sudo', '--non-interactive'];
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (...args) => {
    const [command, ...rest] = [...asRoot, 'apt-get', '-qq', ...args];
    return run(command, rest, { env, stdio: ['ignore', 'ignore', 'inherit'] });
  };
  await apt('update');
  await apt('install', '--yes', '--no-install-recommends', ...missing);
}

/** The browser and the fonts that the journeys are played with. */
export function setupChromium() {
  return installPackages(chromiumPackages);
}

/** The Electron runtime and the display it draws on. */
export async function setupElectron() {
  await installPackages(electronPackages);
  await setupElectronRuntime();
  const { electron, chrome, node } = runtimeVersions();
  console.log(`Test runtime: Electron ${electron}, Chromium ${chrome}, Node ${node}`);
}

const peersDir = path.join(root, 'e2e', 'peers');

/** Builds the Go programs of e2e/peers and tells whether they are there. Without Go they are not. */
export async function setupPeers() {
  if (!onPath('go') && !onPath('go.exe')) return false;
  const stamp = path.join(peersDir, 'bin', '.stamp');
  const hash = hashOf(['e2e/peers']);
  if (readStamp(stamp) === hash) return true;
  console.log('Building the peers of the interop suites ...');
  await run('go', ['build', '-o', `bin${path.sep}`, './cmd/...'], { cwd: peersDir });
  // The version of the reference that knows files is another one, and a module has only one.
  // What Sigstore needs is far more than all the others.
  for (const name of ['blob-oracle', 'sigstore-tsa'])
    await run('go', ['build', '-o', path.join('..', 'bin') + path.sep, '.'], { cwd: path.join(peersDir, name) });
  writeStamp(stamp, hash);
  return true;
}

const motoVersion = '5.2.5';

/** Installs the emulation of AWS that the suite of KMS keys uses, and tells whether it is there. Without Python it is not. */
export async function setupMoto() {
  if (process.platform === 'win32' || !onPath('python3')) return false;
  const folder = path.join(root, '.cache', 'moto');
  const stamp = path.join(folder, '.stamp');
  if (readStamp(stamp) === motoVersion) return true;
  console.log('Installing the emulation of AWS ...');
  try {
    await run('python3', ['-m', 'venv', folder]);
    const install = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', `moto[server]==${motoVersion}`];
    await run(path.join(folder, 'bin', 'python'), install);
  } catch (error) {
    console.log(`It could not be installed: ${error.message}`);
    return false;
  }
  writeStamp(stamp, motoVersion);
  return true;
}

if (isMain(import.meta)) {
  await setupChromium();
  await setupElectron();
  if (!(await setupPeers())) console.log('Go is not installed: the interop suites will be skipped.');
  if (!(await setupMoto())) console.log('Python is not installed: the suite of keys in AWS KMS will be skipped.');
}
