// npm run check: everything that can be said about the code without running it.
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { inNodeModules, isMain, root } from './process.mjs';

const cache = (name) => inNodeModules('.cache', 'inkan', name);

/** Longest first, so that two cores are busy to the end. */
const checks = [
  {
    name: 'lint and layers',
    script: inNodeModules('eslint', 'bin', 'eslint.js'),
    args: ['--config', 'build/eslint.config.mjs', '--max-warnings', '0', '--no-warn-ignored', '.'],
  },
  { name: 'types', script: inNodeModules('typescript', 'bin', 'tsc'), args: ['--build'] },
  {
    name: 'format',
    script: inNodeModules('prettier', 'bin', 'prettier.cjs'),
    args: ['--check', '--cache', '--cache-location', cache('prettier'), '--log-level', 'warn', '.'],
  },
  {
    name: 'unused code and packages',
    script: inNodeModules('knip', 'bin', 'knip.js'),
    args: ['--config', 'build/knip.json', '--no-progress', '--treat-config-hints-as-errors'],
  },
];

/** Runs one check and keeps its output for later, so that two at a time do not mix theirs. */
function runCheck({ name, script, args }) {
  const started = performance.now();
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [script, ...args], { cwd: root, env: { ...process.env, NO_COLOR: '1' } });
    const output = [];
    child.stdout.on('data', (chunk) => output.push(chunk));
    child.stderr.on('data', (chunk) => output.push(chunk));
    child.once('close', (code) => {
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`);
      if (code !== 0) process.stdout.write(Buffer.concat(output));
      resolve(code === 0);
    });
  });
}

/** Runs all checks, as many at a time as there are cores, and counts how they ended. */
export async function runChecks() {
  const waiting = [...checks];
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const worker = async () => {
    for (let check = waiting.shift(); check; check = waiting.shift()) {
      counts[(await runCheck(check)) ? 'passed' : 'failed'] += 1;
    }
  };
  await Promise.all(Array.from({ length: Math.min(4, availableParallelism()) }, worker));
  return counts;
}

if (isMain(import.meta)) {
  const { failed } = await runChecks();
  process.exitCode = failed === 0 ? 0 : 1;
}
