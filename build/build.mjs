// Bundles the application into dist/: main and loopback hosts, preload, renderer. `--if-stale` builds only when needed.
import { assertPageSize } from './page-size.mjs';
import { isMain } from './process.mjs';
import { hashSources, isBuilt, markBuilt } from './stamp.mjs';

/** Builds all bundles and marks dist/ with the state of the sources that went in. */
export async function buildAll() {
  const started = performance.now();
  const hash = hashSources();
  const { build } = await import('vite');
  const { bundles } = await import('./vite.config.mjs');
  for (const bundle of Object.values(bundles)) await build(bundle);
  assertPageSize(bundles.renderer.build.outDir);
  markBuilt(hash);
  console.log(`Built in ${((performance.now() - started) / 1000).toFixed(1)} s`);
}

if (isMain(import.meta) && !(process.argv.includes('--if-stale') && isBuilt())) await buildAll();
