// npm run screenshots: draws every screen in both themes and languages into dist/screenshots/.
import { rmSync } from 'node:fs';
import path from 'node:path';
import { buildAll } from './build.mjs';
import { inNodeModules, root, run } from './process.mjs';
import { setupChromium, setupPeers } from './setup-tests.mjs';
import { isBuilt } from './stamp.mjs';

await setupChromium();
await setupPeers();
if (!isBuilt()) await buildAll();
rmSync(path.join(root, 'dist', 'screenshots'), { recursive: true, force: true });
const script = inNodeModules('@playwright', 'test', 'cli.js');
const filters = process.argv.slice(2);
await run(process.execPath, [
  script,
  'test',
  '--config',
  'e2e/playwright.config.ts',
  '--project',
  'screenshots',
  ...filters,
]);
