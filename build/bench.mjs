// npm run bench: speed and memory beside the reference, in one run. `npm run bench -- engine tags` runs only those groups.
import path from 'node:path';
import { build } from 'vite';
import { root, run } from './process.mjs';
import { setupChromium, setupElectron, setupPeers } from './setup-tests.mjs';
import { bundles } from './vite.config.mjs';

async function needPeers() {
  if (!(await setupPeers())) throw new Error('the reference needs Go, which is not installed');
}

/** In processes of their own: Vite keeps in a configuration what it made of it. */
const needBundles = () => run(process.execPath, ['build/build.mjs', '--if-stale']);
const needPackage = () => run(process.execPath, ['build/package.mjs', '--for-tests']);

/** What each group needs before it can run. */
const groups = {
  engine: [needPeers],
  revocation: [needPeers],
  registry: [needPeers],
  tags: [setupChromium, needBundles],
  attachments: [needPeers, setupChromium, needBundles],
  certificates: [needPeers, setupChromium, needBundles],
  desktop: [setupElectron, needPackage],
  size: [needBundles],
};

/** The program is bundled as the product is, but its modules still know where they stand in the sources. */
async function bundleBench(outDir) {
  const { main } = bundles;
  const sourceFolders = {
    name: 'source-folders',
    transform: (code, id) => code.replaceAll('import.meta.dirname', JSON.stringify(path.dirname(id))),
  };
  const { rolldownOptions } = main.build;
  await build({
    ...main,
    plugins: [sourceFolders],
    build: {
      ...main.build,
      outDir,
      rolldownOptions: {
        ...rolldownOptions,
        input: { bench: path.join(root, 'e2e', 'bench', 'bench.ts') },
        external: [...rolldownOptions.external, '@playwright/test'],
      },
    },
  });
  return path.join(outDir, 'bench.js');
}

async function main(asked) {
  const unknown = asked.filter((name) => !(name in groups));
  if (unknown.length > 0)
    throw new Error(`unknown: ${unknown.join(', ')}; there are ${Object.keys(groups).join(', ')}`);
  const names = asked.length > 0 ? asked : Object.keys(groups);
  for (const step of new Set(names.flatMap((name) => groups[name]))) await step();
  const program = [process.execPath, await bundleBench(path.join(root, '.cache', 'bench')), ...names];
  const display = ['xvfb-run', '--auto-servernum', '--server-args=-noreset -screen 0 1440x900x24'];
  const [command, ...args] =
    names.includes('desktop') && process.platform === 'linux' ? [...display, ...program] : program;
  await run(command, args);
}

await main(process.argv.slice(2));
