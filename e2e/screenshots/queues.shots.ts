import type { Page } from '@playwright/test';
import { startEngine, type Engine } from '../interop/engine.ts';
import { seed, startPeer, type Peer } from '../interop/peers.ts';
import { go, takeShots, type Scene } from './shots.ts';

interface Queues {
  readonly peer: Peer;
  readonly source: string;
  readonly planned: string;
  readonly signing: string;
  readonly ended: string;
}

const repository = 'samples/hello';

/** Twenty tags on images of their own. */
async function pushTags(address: string): Promise<readonly string[]> {
  const url = `http://${address}/v2/${repository}/manifests`;
  const answer = await fetch(`${url}/1.0`, { headers: { accept: 'application/vnd.oci.image.manifest.v1+json' } });
  const manifest = (await answer.json()) as object;
  const headers = { 'content-type': answer.headers.get('content-type') ?? '' };
  const tags = Array.from({ length: 20 }, (_, patch) => `2.4.${patch}`);
  for (const version of tags) {
    const body = JSON.stringify({ ...manifest, annotations: { 'org.opencontainers.image.version': version } });
    await fetch(`${url}/${version}`, { method: 'PUT', headers, body });
  }
  return tags;
}

async function untilState(engine: Engine, id: string, state: string): Promise<void> {
  for (;;) {
    if ((await engine.call('bulk.readQueue', { id })).queue.state === state) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const queues: Scene<Queues> = {
  prepare: async (dirs) => {
    const peer = await startPeer('registry');
    await seed({ registry: peer.address });
    const tags = await pushTags(peer.address);
    const host = peer.address.replace('127.0.0.1', 'localhost');
    const engine = await startEngine(dirs.home);
    await engine.call('keys.createTestKey', { name: 'suji-toshi-mashoya' });
    const { id: sourceId } = await engine.call('registries.addRegistry', { host });
    const at = (reference: string) => ({ sourceId, repository, reference });
    const statement = {
      name: 'hello-images',
      registryScopes: [`${host}/${repository}`],
      signatureVerification: { level: 'strict', override: { revocation: 'log' } },
      trustStores: ['ca:suji-toshi-mashoya'],
      trustedIdentities: ['*'],
    };
    const { revision } = await engine.call('policies.readPolicy', {});
    const text = JSON.stringify({ version: '1.0', trustPolicies: [statement] });
    await engine.call('policies.savePolicy', { text, ifRevision: revision });
    const signed = await engine.call('bulk.planQueue', { action: 'sign', artifacts: tags.slice(0, 9).map(at) });
    await untilState(engine, signed.id, 'planned');
    await engine.call('bulk.startQueue', { id: signed.id, options: {} });
    await untilState(engine, signed.id, 'ended');
    const ended = await engine.call('bulk.planQueue', { action: 'verify', artifacts: [...tags, 'gone'].map(at) });
    await engine.call('bulk.startQueue', { id: ended.id });
    await untilState(engine, ended.id, 'ended');
    const signing = await engine.call('bulk.planQueue', { action: 'sign', artifacts: tags.slice(9).map(at) });
    await untilState(engine, signing.id, 'planned');
    const planned = await engine.call('bulk.planQueue', { action: 'verify', artifacts: tags.map(at) });
    await engine.stop();
    return { peer, source: `/sources/${sourceId}`, planned: planned.id, signing: signing.id, ended: ended.id };
  },
  tidy: ({ peer }) => peer.stop(),
};

const goToQueue = async (page: Page, id: string): Promise<void> => {
  await go(page, `/queues?queue=${id}`);
  await page.getByRole('grid').waitFor();
};

takeShots(queues, {
  'queue-ended': (page, { ended }) => goToQueue(page, ended),
  'queue-list': async (page) => {
    await page.getByRole('main').getByRole('button').first().click();
    const text = 'localhost:1/acme/web:1.0\nsha256:abc\nacme/web';
    await page.getByRole('dialog').getByRole('textbox').fill(text);
    await page.getByRole('dialog').getByRole('listitem').first().waitFor();
  },
  'queue-planned': (page, { planned }) => goToQueue(page, planned),
  'queue-signing': (page, { signing }) => goToQueue(page, signing),
  'queue-sheet': async (page) => {
    await page.getByRole('region').getByRole('button').nth(1).click();
    await page.getByRole('dialog').waitFor();
  },
  'tags-chosen': async (page, { source }) => {
    await go(page, `${source}?repository=${encodeURIComponent(repository)}`);
    await page.getByRole('grid').getByRole('checkbox').nth(2).click();
    await page.getByRole('grid').getByRole('checkbox').nth(4).click();
  },
  'tags-columns': async (page) => {
    await page.getByRole('main').getByRole('button', { expanded: false }).last().click();
    await page.getByRole('menu').waitFor();
  },
  'tags-found': async (page) => {
    await page.keyboard.press('Escape');
    await page.getByRole('searchbox').first().fill('suji');
    await page.getByRole('main').getByRole('listbox').nth(1).waitFor();
  },
  'choose-tags': async (page) => {
    await page.getByRole('main').getByRole('button').filter({ hasText: '…' }).first().click();
    await page.getByRole('dialog').getByRole('textbox').fill('2.4.1*');
  },
});
