import type { Page } from '@playwright/test';
import { startEngine } from '../interop/engine.ts';
import { makeAttachments, makeOddities } from '../interop/attachments-world.ts';
import { startPeer, type Peer } from '../interop/peers.ts';
import { go, takeShots, type Scene } from './shots.ts';

interface Places {
  readonly peers: readonly Peer[];
  readonly index: string;
  readonly cosign: string;
  readonly odd: string;
  readonly empty: string;
}

/** Everything that people attach, and what may be wrong with it. */
const attached = (signsIndex: boolean): Scene<Places> => ({
  prepare: async (dirs) => {
    const engine = await startEngine(dirs.home);
    const world = await makeAttachments(engine, { signsIndex });
    const tagged = await startPeer('distribution', ['-delete']);
    const odd = await makeOddities(tagged);
    const host = tagged.address.replace('127.0.0.1', 'localhost');
    const { id } = await engine.call('registries.addRegistry', { host });
    await engine.stop();
    const at = (source: string, repository: string, reference: string) =>
      `/sources/${source}/artifact?repository=${encodeURIComponent(repository)}&reference=${reference}`;
    return {
      peers: [world.peer, tagged],
      index: at(world.sourceId, world.repository, '2.4'),
      cosign: at(world.sourceId, 'library/busybox', '1.36'),
      odd: at(id, odd.repository, '1.0'),
      empty: at(world.sourceId, 'samples/web', '2.0.0'),
    };
  },
  tidy: async ({ peers }) => void (await Promise.all(peers.map((peer) => peer.stop()))),
});

const grid = (page: Page) => page.getByRole('treegrid');
/** Chooses a view by its place, whatever it is called. */
const view = (page: Page, place: number) =>
  page.getByRole('main').locator('section [role=radiogroup] [role=radio]').nth(place).click();

takeShots(attached(true), {
  'attachments-tree': async (page, { index }) => {
    await go(page, index);
    await grid(page).getByRole('button').last().click();
  },
  'attachments-sbom': async (page) => {
    await grid(page).getByRole('row', { name: /SPDX/ }).click();
    await page.getByRole('complementary').locator('summary').first().click();
  },
  'attachments-graph': (page) => view(page, 1),
  'attachments-table': (page) => view(page, 2),
  'attachments-empty': (page, { empty }) => go(page, empty),
  'attachments-cosign': async (page, { cosign }) => {
    await go(page, cosign);
    await grid(page)
      .getByRole('row', { name: /cosign/ })
      .first()
      .click();
  },
  'attachments-odd': async (page, { odd }) => {
    await go(page, odd);
    await grid(page).getByRole('row').nth(1).click();
  },
});

takeShots(attached(false), {
  'attachments-missing': async (page, { index }) => {
    await go(page, index);
    await grid(page).getByRole('button').last().click();
  },
  'attachments-missing-graph': (page) => view(page, 1),
  'attachments-sign-missing': async (page) => {
    await page.getByRole('main').getByRole('status').getByRole('button').first().click();
    await page.getByRole('dialog').waitFor();
  },
});
