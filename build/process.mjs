// Starting other programs, with Node's built-ins only: npm start needs this before anything is installed.
import { spawn } from 'node:child_process';
import { realpathSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The top folder of the project. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/** Whether the module with this `import.meta` is the program that was started. */
export function isMain(meta) {
  return process.argv[1] !== undefined && fileURLToPath(meta.url) === realpathSync(process.argv[1]);
}

/**
 * Runs a program with live output and gives its exit status. A program that cannot be started counts as 127.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, stdio?: import('node:child_process').StdioOptions, timeoutMs?: number }} [options]
 * @returns {Promise<number>}
 */
export function status(command, args, { cwd = root, env = process.env, stdio = 'inherit', timeoutMs = 0 } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, env, stdio });
    const stop = (signal) => child.kill(signal);
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    for (const signal of signals) process.on(signal, stop);
    const timer = timeoutMs > 0 ? setTimeout(stop, timeoutMs, 'SIGKILL') : undefined;
    const finish = (code) => {
      clearTimeout(timer);
      for (const signal of signals) process.off(signal, stop);
      resolve(code);
    };
    child.once('error', (error) => {
      console.error(error.message);
      finish(127);
    });
    child.once('close', (code) => finish(code ?? 1));
  });
}

/** Like {@link status}, but throws when the program fails. */
export async function run(command, args, options) {
  const code = await status(command, args, options);
  if (code !== 0) throw new Error(`${path.basename(command)} ${args[0] ?? ''} ended with status ${code}`);
}

/** Runs npm, by its script when npm itself started us, so that no shell is needed. */
export function npm(args, options) {
  const script = process.env.npm_execpath;
  if (script?.endsWith('npm-cli.js')) return run(process.execPath, [script, ...args], options);
  return run(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, options);
}

/** The path of a program that an npm package of the project brings, relative to node_modules. */
export function inNodeModules(...parts) {
  return path.join(root, 'node_modules', ...parts);
}
