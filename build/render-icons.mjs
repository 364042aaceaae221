// Renders build/icons/inkan.svg to the PNG sizes that desktops ask for. Run it after the drawing changed.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { chromium } from 'playwright';
import { root } from './process.mjs';
import { chromiumExecutable } from './setup-tests.mjs';

const folder = path.join(root, 'build', 'icons');
const svg = await readFile(path.join(folder, 'inkan.svg'), 'utf8');
const browser = await chromium.launch({ executablePath: chromiumExecutable() });
for (const size of [16, 32, 48, 64, 128, 256, 512]) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(`<style>* { margin: 0 } svg { display: block; width: 100vw; height: 100vh }</style>${svg}`);
  await page.screenshot({ path: path.join(folder, `${size}x${size}.png`), omitBackground: true });
  await page.close();
}
await browser.close();
