import { setTimeout } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import { startEngine } from '../interop/engine.ts';
import { startPeer, type Peer } from '../interop/peers.ts';
import { go, takeShots, type Scene } from './shots.ts';

/** A signature with a timestamp under a policy that wants one, and one without. */
const stamped: Scene<Peer> = {
  prepare: async (dirs) => {
    const peer = await startPeer('tsa');
    const url = `http://${peer.address}/`;
    const engine = await startEngine(dirs.home);
    await engine.call('keys.createTestKey', { name: 'suji-toshi-mashoya' });
    const root = Buffer.from(await (await fetch(`${url}root.pem`)).arrayBuffer()).toString('base64');
    const { certificates } = await engine.call('trustStores.inspectCertificates', { content: root });
    const confirmedSha256 = certificates.map(({ sha256 }) => sha256);
    const store = { type: 'tsa', name: 'clock', file: 'root.pem', content: root } as const;
    await engine.call('trustStores.addCertificates', { ...store, confirmedSha256 });
    const statement = {
      name: 'stamped',
      registryScopes: ['local/playground'],
      signatureVerification: { level: 'strict', verifyTimestamp: 'always' },
      trustStores: ['ca:suji-toshi-mashoya', 'tsa:clock'],
      trustedIdentities: ['*'],
    };
    const { revision } = await engine.call('policies.readPolicy', {});
    const text = JSON.stringify({ version: '1.0', trustPolicies: [statement] }, undefined, 2);
    await engine.call('policies.savePolicy', { text, ifRevision: revision });
    const choice = { url, root: { kind: 'store', store: 'clock', file: 'root.pem' } } as const;
    await engine.call('app.updateSettings', {
      timestampAuthorities: [{ url, root: choice.root }, { url: 'http://timestamp.example.com' }],
    });
    // The authority is good to a second, so the certificate must be older than that.
    await setTimeout(2100);
    const { sources } = await engine.call('registries.listSources', {});
    const sourceId = sources.find(({ isPlayground }) => isPlayground)?.id ?? '';
    for (const [tag, timestamp] of [
      ['1.0', choice],
      ['1.1', undefined],
    ] as const) {
      const place = { sourceId, repository: '', reference: tag };
      const { descriptor } = await engine.call('artifacts.resolveReference', place);
      await engine.call('sign.signArtifact', { ...place, digest: descriptor.digest, ...(timestamp && { timestamp }) });
    }
    await engine.stop();
    return peer;
  },
  tidy: (peer) => peer.stop(),
};

async function openSignature(page: Page, tag: string): Promise<void> {
  await go(page, `/sources/playground/artifact?repository=&reference=${tag}`);
  await page.getByRole('treegrid').getByRole('row').first().click();
  await page.getByRole('tab').first().click();
}

takeShots(stamped, {
  'timestamp-verdict': async (page) => {
    await openSignature(page, '1.0');
    await page.getByRole('complementary').locator('details:has(dl) summary').first().click();
  },
  'timestamp-envelope': async (page) => {
    await page.getByRole('tab').nth(1).click();
    const chain = page.getByRole('complementary').locator('details summary').first();
    await chain.click();
    await chain.scrollIntoViewIfNeeded();
  },
  'timestamp-missing': (page) => openSignature(page, '1.1'),
  'sign-timestamp': async (page) => {
    await go(page, '/sources/playground/artifact/sign?repository=&reference=1.1');
    await page.getByRole('dialog').getByRole('radiogroup').last().getByRole('radio').last().click();
  },
  'sign-timestamp-given': async (page) => {
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /tsa:clock/ })
      .click();
    await page.getByRole('option').last().click();
    await page.getByRole('dialog').getByRole('textbox').first().fill('');
  },
  'settings-authorities': async (page) => {
    await go(page, '/settings');
    await page.getByRole('main').locator('li').last().scrollIntoViewIfNeeded();
  },
});
