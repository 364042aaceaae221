// npm run fuzz: envelopes and certificates with something wrong, judged beside the reference, and inputs for every other parser;
// 100,000 of each, or as many as asked for.
import { inNodeModules, run } from './process.mjs';
import { setupPeers } from './setup-tests.mjs';

const [count = '100000', seed = String(Date.now() % 1_000_000_000)] = process.argv.slice(2);
if (!(await setupPeers())) throw new Error('the reference needs Go, which is not installed');
console.log(`${count} of each, seed ${seed}; the same again: npm run fuzz -- ${count} ${seed}`);
const files = ['mutations', 'cose-mutations', 'differential-certificates'].map((name) => `e2e/interop/${name}`);
const args = [
  'run',
  '--config',
  'build/vitest.config.ts',
  '--project',
  'interop',
  '--project',
  'unit',
  '--testTimeout',
  '7200000',
  ...files,
  'fuzz.test',
];
const env = { ...process.env, INKAN_MUTATIONS: count, INKAN_SEED: seed };
await run(process.execPath, [inNodeModules('vitest', 'vitest.mjs'), ...args], { env });
