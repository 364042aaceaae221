// npm start: installs and builds what is missing, then opens the desktop app, or serves it on loopback where there is
// no desktop. Node's built-ins only, because it runs before anything is installed.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { inNodeModules, npm, root, run, status } from './process.mjs';
import { isBuilt, isInstalled, readStamp, writeStamp } from './stamp.mjs';

const downloadLimitMs = 45_000;
const downloadPauseMs = 24 * 60 * 60 * 1000;
const earlyExitMs = 10_000;
const failureFile = inNodeModules('.cache', 'inkan', 'electron-download-failed');

await main();

async function main() {
  assertNode();
  const args = process.argv.slice(2);
  const forwarded = args.filter((arg) => arg !== '--loopback');
  if (!isInstalled()) {
    console.log('Installing packages ...');
    // What packages for building releases want of Node is no concern of who starts Inkan.
    await npm(['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  }
  if (!isBuilt()) await run(process.execPath, [path.join(root, 'build', 'build.mjs')]);
  if (args.includes('--loopback')) return startLoopback(forwarded);
  const { executable, reason } = await findDesktop(forwarded);
  if (executable === undefined) return startLoopback(forwarded, reason);
  return startDesktop(executable, forwarded);
}

function assertNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  console.error(`Inkan needs Node.js 20.19 or newer; this is ${process.versions.node}.`);
  process.exit(1);
}

/** The executable of a usable Electron, or the reason why there is none. */
async function findDesktop(args) {
  const { platform, env } = process;
  if (platform === 'linux' && !env.DISPLAY && !env.WAYLAND_DISPLAY) return { reason: 'there is no display' };
  if (platform === 'linux' && process.getuid() === 0 && !args.includes('--no-sandbox')) {
    return { reason: 'Electron does not run its sandbox as root' };
  }
  const installed = electronIn(env.ELECTRON_OVERRIDE_DIST_PATH) ?? electronIn(inNodeModules('electron', 'dist'));
  if (installed !== undefined) return { executable: installed };
  return downloadElectron();
}

function electronIn(folder) {
  if (!folder) return undefined;
  const names = { darwin: path.join('Electron.app', 'Contents', 'MacOS', 'Electron'), win32: 'electron.exe' };
  const executable = path.join(folder, names[process.platform] ?? 'electron');
  return existsSync(executable) ? executable : undefined;
}

/** Lets the electron package fetch its binary, once a day at most. */
async function downloadElectron() {
  const failedAt = Number(readStamp(failureFile) ?? 0);
  if (Date.now() - failedAt < downloadPauseMs) return { reason: 'Electron could not be downloaded earlier today' };
  console.log('Downloading Electron ...');
  const script = inNodeModules('electron', 'install.js');
  const code = await status(process.execPath, [script], { stdio: 'ignore', timeoutMs: downloadLimitMs });
  const executable = electronIn(inNodeModules('electron', 'dist'));
  if (code === 0 && executable !== undefined) return { executable };
  writeStamp(failureFile, String(Date.now()));
  return { reason: 'Electron could not be downloaded' };
}

/** Runs the desktop app; one that cannot start, say for a missing library, gives way to the loopback host. */
async function startDesktop(executable, args) {
  const started = Date.now();
  const code = await runHost(executable, [root, ...args]);
  if (code === 0 || Date.now() - started > earlyExitMs) process.exit(code);
  return startLoopback(args, `Electron ended with status ${code}`);
}

async function startLoopback(args, reason) {
  if (reason) console.log(`No desktop window: ${reason}. Serving Inkan to your browser instead.`);
  // Arguments that were meant for the desktop mean nothing here; those that asked for this host are its own to judge.
  const own = reason ? portArguments(args) : args;
  process.exit(await runHost(process.execPath, [path.join(root, 'dist', 'main', 'loopback.js'), ...own]));
}

function portArguments(args) {
  return args.filter((arg, index) => /^--port(?:=|$)/.test(arg) || args[index - 1] === '--port');
}

/** Runs a host until it ends, and passes on what asks us to stop. */
function runHost(command, args) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: process.env.INIT_CWD ?? process.cwd(), stdio: 'inherit' });
    // Ctrl+C reaches the host from the terminal; the other two reach only this process.
    process.on('SIGINT', () => undefined);
    for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
    child.once('error', () => resolve(127));
    child.once('exit', (code, signal) => resolve(signal === 'SIGINT' || signal === 'SIGTERM' ? 0 : (code ?? 1)));
  });
}
