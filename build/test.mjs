// npm test: every suite, one after the other, and the sum of their counts as the last line.
// `npm test -- unit interop` runs only the suites named.
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { inNodeModules, npm, root, status } from './process.mjs';
import { isInstalled } from './stamp.mjs';

const reports = path.join(root, '.cache', 'reports');
const one = { passed: 1, failed: 0, skipped: 0 };
const broken = { passed: 0, failed: 1, skipped: 0 };

/** Suites in the order they run. Each gives its counts; one that throws counts as a failed test. */
const suites = {
  check: async () => (await import('./check.mjs')).runChecks(),
  unit: () => vitest('unit', ['--project', 'unit']),
  'crypto-in-electron': async () => {
    const { runtimeExecutable } = await setUp('Electron');
    const env = { ELECTRON_RUN_AS_NODE: '1', INKAN_EXPECT_ELECTRON: '1' };
    await setUp('Peers');
    const projects = ['--project', 'unit', '--project', 'interop'];
    const files = ['electron/domain', 'e2e/interop/wycheproof'];
    return vitest('crypto-in-electron', [...projects, ...files], runtimeExecutable, env);
  },
  interop,
  build: () => script('build.mjs'),
  package: async () => {
    await setUp('Electron');
    return script('package.mjs', '--for-tests');
  },
  'journeys-in-chromium': async () => {
    await setUp('Chromium');
    return playwright('chromium-loopback');
  },
  'journeys-in-electron': async () => {
    await setUp('Electron');
    return playwright('electron-packaged');
  },
};

/** Installs what a suite needs; gives back where the runtime is. */
async function setUp(what) {
  const steps = await import('./setup-tests.mjs');
  await steps[`setup${what}`]();
  return import('./setup-electron-runtime.mjs');
}

async function interop() {
  const { setupPeers, setupMoto } = await import('./setup-tests.mjs');
  await setupMoto();
  if (await setupPeers()) return vitest('interop', ['--project', 'interop']);
  const names = readdirSync(path.join(root, 'e2e', 'interop')).filter((name) => name.endsWith('.test.ts'));
  for (const name of names) console.log(`skipped ${name}: the peers need Go`);
  if (process.env.CI === 'true') throw new Error('Go is missing, and in CI no interop suite may be skipped');
  return { passed: 0, failed: 0, skipped: names.length };
}

/** One of the scripts beside this one, as one test. It has a process of its own, because packagers meddle with the exit code. */
async function script(name, ...args) {
  const code = await status(process.execPath, [path.join(import.meta.dirname, name), ...args]);
  return code === 0 ? one : broken;
}

async function vitest(name, args, command = process.execPath, env = {}) {
  const report = reportOf(name);
  const script = inNodeModules('vitest', 'vitest.mjs');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const all = [script, 'run', '--config', 'build/vitest.config.ts', ...reporters, ...args];
  const code = await status(command, all, { env: { ...process.env, ...env } });
  const found = readReport(report);
  return countsOf(code, {
    passed: found.numPassedTests,
    failed: found.numFailedTests + found.testResults.filter(failedWhole).length,
    skipped: found.numPendingTests + found.numTodoTests,
  });
}

/** A file that could not be loaded, or whose set-up failed, has no failed test of its own. */
function failedWhole({ status, assertionResults }) {
  return status === 'failed' && assertionResults.every((result) => result.status !== 'failed');
}

async function playwright(project) {
  const report = reportOf(project);
  const script = inNodeModules('@playwright', 'test', 'cli.js');
  const args = [script, 'test', '--config', 'e2e/playwright.config.ts', '--project', project];
  const needsDisplay = project === 'electron-packaged' && process.platform === 'linux';
  const [command, ...rest] = needsDisplay
    ? ['xvfb-run', '--auto-servernum', '--server-args=-noreset -screen 0 1440x900x24', process.execPath, ...args]
    : [process.execPath, ...args];
  const code = await status(command, rest, { env: { ...process.env, PLAYWRIGHT_JSON_OUTPUT_FILE: report } });
  const { stats } = readReport(report);
  return countsOf(code, {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky,
    skipped: stats.skipped,
  });
}

/** Where a suite leaves its report; the one of an earlier run is removed. */
function reportOf(name) {
  mkdirSync(reports, { recursive: true });
  const report = path.join(reports, `${name}.json`);
  rmSync(report, { force: true });
  return report;
}

function readReport(report) {
  if (!existsSync(report)) throw new Error('the suite ended without a report');
  return JSON.parse(readFileSync(report, 'utf8'));
}

/** A runner that fails although no test did, or that ran no test at all, counts as one failed test. */
function countsOf(code, counts) {
  if (counts.failed === 0 && code !== 0) return { ...counts, failed: 1 };
  if (counts.passed + counts.failed === 0) throw new Error('the suite ran no test');
  return counts;
}

async function runSuite(name) {
  console.log(`\n== ${name}`);
  const started = performance.now();
  const counts = await suites[name]().catch((error) => {
    console.error(error instanceof Error ? error.message : error);
    return broken;
  });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  return { name, seconds, ...counts };
}

async function main() {
  const asked = process.argv.slice(2);
  const unknown = asked.filter((name) => !(name in suites));
  if (unknown.length > 0) {
    console.error(`There is no suite ${unknown.join(', ')}. Suites: ${Object.keys(suites).join(', ')}`);
    process.exit(2);
  }
  if (!isInstalled()) await npm(['ci', '--no-audit', '--no-fund']);
  const results = [];
  for (const name of asked.length > 0 ? asked : Object.keys(suites)) results.push(await runSuite(name));
  console.log('');
  console.table(results);
  const sum = (key) => results.reduce((total, result) => total + result[key], 0);
  const skipped = sum('skipped') > 0 ? `, ${sum('skipped')} skipped` : '';
  process.exitCode = sum('failed') > 0 ? 1 : 0;
  console.log(`${sum('passed')} passed, ${sum('failed')} failed${skipped}`);
}

await main();
