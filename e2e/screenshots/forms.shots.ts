import type { Page } from '@playwright/test';
import { startEngine } from '../interop/engine.ts';
import { go, takeShots, type Scene } from './shots.ts';

/** A signature with metadata, under a policy that trusts it. */
const signed: Scene<void> = {
  prepare: async (dirs) => {
    const engine = await startEngine(dirs.home);
    await engine.call('keys.createTestKey', { name: 'suji-toshi-mashoya' });
    const statement = {
      name: 'samples',
      registryScopes: ['local/playground'],
      signatureVerification: { level: 'strict' },
      trustStores: ['ca:suji-toshi-mashoya'],
      trustedIdentities: ['*'],
    };
    const { revision } = await engine.call('policies.readPolicy', {});
    const text = JSON.stringify({ version: '1.0', trustPolicies: [statement] }, undefined, 2);
    await engine.call('policies.savePolicy', { text, ifRevision: revision });
    const place = { sourceId: 'playground', repository: '', reference: '1.0' };
    const { descriptor } = await engine.call('artifacts.resolveReference', place);
    const userMetadata = { 'io.example.build': '1042' };
    await engine.call('sign.signArtifact', { ...place, digest: descriptor.digest, userMetadata });
    await engine.stop();
  },
  tidy: async () => undefined,
};

const artifact = '/sources/playground/artifact?repository=&reference=1.0';

async function fillPair(page: Page, group: number, name: string, value: string): Promise<void> {
  const pairs = page
    .getByRole('dialog')
    .getByRole('group')
    .filter({ has: page.getByRole('button') })
    .nth(group);
  await pairs.getByRole('button').last().click();
  await pairs.getByRole('textbox').nth(0).fill(name);
  await pairs.getByRole('textbox').nth(1).fill(value);
}

takeShots(signed, {
  'verify-form': async (page) => {
    await go(page, artifact);
    await page.getByRole('main').locator('header button').nth(2).click();
    await fillPair(page, 0, 'io.example.build', '1043');
    await fillPair(page, 1, 'region', '');
    await page.getByRole('dialog').getByRole('textbox').nth(2).fill('0');
  },
  'verify-options': async (page) => {
    const form = page.getByRole('dialog');
    await form.getByRole('textbox').nth(2).fill('25');
    await form.getByRole('textbox').last().fill('eu-west-1');
    await form.getByRole('contentinfo').getByRole('button').last().click();
    await page.getByRole('treegrid').getByRole('row').first().click();
  },
});
