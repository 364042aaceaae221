import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createTestChain } from '../../electron/testing/chain-factory.ts';
import { startEngine } from '../interop/engine.ts';
import { installPlugin, writeKey } from '../interop/plugin-peers.ts';
import { go, takeShots, type Scene } from './shots.ts';

const files = 'com.example.files';
const authority = 'com.amazonaws.signer.notation.plugin';

/** Two plugins that work, one that does not, a key, and a few calls. */
const installed: Scene<void> = {
  prepare: async (dirs) => {
    const id = await writeKey(path.join(dirs.scratch, 'keys'), 'release', createTestChain({ length: 2 }));
    await installPlugin(dirs.configDir, 'raw-plugin', files);
    await installPlugin(dirs.configDir, 'envelope-plugin', authority);
    await installPlugin(dirs.configDir, 'raw-plugin', 'broken').then((program) =>
      writeFile(program, '#!/bin/sh\nexit 1\n'),
    );
    const engine = await startEngine(dirs.home);
    await engine.call('keys.addPluginKey', { name: 'release', plugin: files, id });
    await engine.stop();
  },
  tidy: async () => undefined,
};

takeShots(installed, {
  plugins: (page) => go(page, `/plugins?plugin=${authority}`),
  'plugins-broken': (page) => go(page, '/plugins?plugin=broken'),
  'plugins-console': async (page) => {
    await go(page, `/plugins?plugin=${files}`);
    await page.getByRole('complementary').getByRole('tab').nth(1).click();
    await page.locator('summary').first().click();
  },
  'plugins-add-key': async (page) => {
    await go(page, `/plugins?plugin=${authority}`);
    await page.getByRole('main').locator('header button').first().click();
    await page.getByRole('dialog').getByRole('textbox').nth(1).fill('Release');
  },
});
