import type { Page } from '@playwright/test';
import { test } from '../hosts/fixtures.ts';
import { startEngine, type Engine } from '../interop/engine.ts';
import { seed, startPeer, type Peer } from '../interop/peers.ts';
import { go, takeShots, type Scene } from './shots.ts';

/** What the pictures of the guide in `docs/` are drawn with. The engine works beside the app, as the command line would. */
interface Walk {
  readonly peer: Peer;
  readonly engine: Engine;
  readonly sourceId: string;
}

const trusted = { repository: 'library/busybox', reference: '1.36' };
const untrusted = { repository: 'samples/hello', reference: '1.0' };

/** A registry at the address that readers of the guide have theirs at. */
const walk: Scene<Walk> = {
  prepare: async (dirs) => {
    const peer = await startPeer('registry', ['-addr', '127.0.0.1:5000']);
    await seed({ registry: peer.address });
    const engine = await startEngine(dirs.home);
    const { id } = await engine.call('registries.addRegistry', { host: 'localhost:5000' });
    return { peer, engine, sourceId: id };
  },
  tidy: async ({ peer, engine }) => {
    await engine.stop();
    await peer.stop();
  },
};

type Place = typeof trusted;

function openArtifact(page: Page, { sourceId }: Walk, { repository, reference }: Place, sheet = ''): Promise<void> {
  return go(
    page,
    `/sources/${sourceId}/artifact${sheet}?repository=${encodeURIComponent(repository)}&reference=${reference}`,
  );
}

async function sign({ engine, sourceId }: Walk, place: Place, keyName: string): Promise<void> {
  const { descriptor } = await engine.call('artifacts.resolveReference', { sourceId, ...place });
  await engine.call('sign.signArtifact', { sourceId, ...place, digest: descriptor.digest, keyName });
}

/** Opens a change that the verdict offers, for review; the first unless it is told by what it names. */
async function openProposal(page: Page, named = ''): Promise<void> {
  await page.getByRole('main').locator('a[href*="/policies"]', { hasText: named }).first().click();
  await page.getByRole('dialog').getByRole('heading', { level: 2 }).waitFor();
}

async function saveProposal(page: Page): Promise<void> {
  await page.getByRole('dialog').getByRole('button').last().click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  // What was saved is told in a toast, which would cover the next pictures.
  await page.getByRole('alertdialog').getByRole('button').first().click();
}

// One after another, because all use the same port.
test.describe.configure({ mode: 'default' });

takeShots(
  walk,
  {
    'guide-1-add-registry': async (page) => {
      await go(page, '/settings?dialog=addSource');
      await page.getByRole('dialog').getByRole('textbox').first().fill('localhost:5000');
    },
    'guide-2-certificate': async (page, { engine }) => {
      await engine.call('keys.createTestKey', { name: 'suji-toshi-mashoya' });
      await go(page, '/keys?key=suji-toshi-mashoya');
      await page.getByRole('grid').getByText('suji-toshi-mashoya').first().waitFor();
    },
    'guide-3-sign': (page, all) => openArtifact(page, all, trusted, '/sign'),
    'guide-4-signed': async (page) => {
      await page.getByRole('dialog').getByRole('button').last().click();
      await page.getByRole('dialog').getByRole('status').waitFor();
    },
    'guide-5-no-policy': async (page, all) => {
      await openArtifact(page, all, trusted);
      await page.getByRole('treegrid').getByRole('row', { name: /suji/ }).click();
    },
    'guide-6-policy': (page) => openProposal(page),
    'guide-7-verified': async (page, all) => {
      await saveProposal(page);
      await openArtifact(page, all, trusted);
      await page.getByRole('treegrid').getByRole('row', { name: /suji/ }).click();
    },
    'guide-8-no-statement': async (page, all) => {
      await all.engine.call('keys.createTestKey', { name: 'fade-out', makeDefault: false });
      await sign(all, untrusted, 'fade-out');
      await openArtifact(page, all, untrusted);
      await page
        .getByRole('treegrid')
        .getByRole('row', { name: /fade-out/ })
        .click();
    },
    'guide-9-not-trusted': async (page, all) => {
      await openProposal(page, 'busybox-images');
      await saveProposal(page);
      await openArtifact(page, all, untrusted);
      await page
        .getByRole('treegrid')
        .getByRole('row', { name: /fade-out/ })
        .click();
    },
    'guide-10-drills': async (page, { engine }) => {
      await engine.call('lab.makeExample', {});
      for (const drill of ['wrongStore', 'tampered', 'movedTag', 'revoked'] as const)
        await engine.call('lab.runDrill', { drill });
      await go(page, '/lab');
      const drill = page.getByRole('main').getByRole('listitem').first();
      await drill.evaluate((element) => element.scrollIntoView({ block: 'start' }));
    },
  },
  { themes: ['light'], viewport: { width: 1200, height: 750 } },
);
