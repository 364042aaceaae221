import { startEngine } from '../interop/engine.ts';
import { go, takeShots, type Scene } from './shots.ts';

const nothing: Scene<void> = { prepare: async () => undefined, tidy: async () => undefined };

takeShots(nothing, { 'lab-empty': (page) => go(page, '/lab') });

/** An example with some drills run, one of them put right by the user, and something of the user's in a store. */
const made: Scene<void> = {
  prepare: async (dirs) => {
    const engine = await startEngine(dirs.home);
    await engine.call('lab.makeExample', { intermediate: true });
    for (const drill of ['wrongStore', 'tampered', 'movedTag', 'revoked', 'missingTimestamp'] as const)
      await engine.call('lab.runDrill', { drill });
    await engine.stop();
  },
  tidy: async () => undefined,
};

takeShots(made, {
  lab: (page) => go(page, '/lab'),
  'lab-drills': async (page) => {
    await go(page, '/lab');
    await page.getByRole('main').getByRole('heading', { level: 3 }).last().scrollIntoViewIfNeeded();
  },
  'lab-clean-up': async (page) => {
    await go(page, '/lab');
    await page.getByRole('main').getByRole('button').first().click();
    await page.getByRole('alertdialog').getByRole('heading', { level: 4 }).first().waitFor();
  },
  'lab-source': async (page) => {
    await page.keyboard.press('Escape');
    await go(page, '/sources/test-lab');
  },
  'lab-artifact': (page) => go(page, '/sources/test-lab/artifact?repository=&reference=revoked'),
  'lab-keys': (page) => go(page, '/keys?key=test-lab'),
  'lab-stores': (page) => go(page, '/trust-stores'),
});
