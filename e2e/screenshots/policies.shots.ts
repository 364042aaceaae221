import type { Page } from '@playwright/test';
import { startEngine } from '../interop/engine.ts';
import { go, takeShots, type Scene } from './shots.ts';

const identity = 'x509.subject: C=US, ST=WA, O=Notary, CN=suji-toshi-mashoya';
const base = {
  name: 'busybox-images',
  registryScopes: ['localhost:5000/busybox'],
  signatureVerification: { level: 'strict' },
  trustStores: ['ca:suji-toshi-mashoya'],
  trustedIdentities: ['*'],
};
const web = {
  ...base,
  name: 'release-images',
  registryScopes: ['ghcr.io/acme/web', 'ghcr.io/acme/api'],
  signatureVerification: { level: 'permissive' },
};
const rest = { ...base, name: 'everything-else', registryScopes: ['*'], signatureVerification: { level: 'audit' } };
const playground = { ...base, name: 'playground', registryScopes: ['local/playground'] };
const toText = (...trustPolicies: unknown[]) => JSON.stringify({ version: '1.0', trustPolicies }, undefined, 2);

/** Three keys, a signed sample, and a policy that was saved three times. */
const edited: Scene<void> = {
  prepare: async (dirs) => {
    const engine = await startEngine(dirs.home);
    await engine.call('keys.createTestKey', { name: 'suji-toshi-mashoya' });
    await engine.call('keys.createTestKey', { name: 'release-bot', makeDefault: false, validityDays: 76 });
    await engine.call('keys.createTestKey', { name: 'fade-out', makeDefault: false, trust: false });
    const versions = [
      toText(playground),
      toText(base, playground, web),
      toText(
        { ...base, signatureVerification: { level: 'strict', override: { revocation: 'log' } } },
        { ...playground, trustedIdentities: [identity] },
        web,
        rest,
      ),
    ];
    let { revision } = await engine.call('policies.readPolicy', {});
    for (const text of versions)
      ({ revision } = await engine.call('policies.savePolicy', { text, ifRevision: revision }));
    const place = { sourceId: 'playground', repository: '', reference: '1.0' };
    const { descriptor } = await engine.call('artifacts.resolveReference', place);
    await engine.call('sign.signArtifact', { ...place, digest: descriptor.digest, keyName: 'suji-toshi-mashoya' });
    await engine.stop();
  },
  tidy: async () => undefined,
};

const openPolicies = (page: Page): Promise<void> => go(page, '/policies');

takeShots(edited, {
  'policies-form': openPolicies,
  'policies-history': async (page) => {
    await page.getByRole('button', { name: /^(?:History|履歴)$/ }).click();
    const sheet = page.getByRole('dialog');
    await sheet.getByRole('listitem').first().getByRole('button').first().click();
    await sheet.getByRole('table').waitFor();
  },
  'policies-trial': async (page) => {
    await go(page, '/sources/playground/artifact?repository=&reference=1.0');
    await page.getByRole('treegrid').getByRole('row').first().waitFor();
    await openPolicies(page);
    const trial = page.getByRole('region').last();
    await page.getByRole('searchbox').fill('local/playground:1.0');
    await trial.getByRole('button', { name: /Signer to try|試す署名者/ }).click();
    await page.getByRole('option', { name: 'fade-out' }).click();
    await trial.getByRole('list').last().scrollIntoViewIfNeeded();
  },
  'policies-impact': async (page) => {
    const list = page.getByRole('region').first();
    await list.getByRole('button', { name: /playground/ }).click();
    const name = page.getByRole('main').getByRole('textbox').first();
    await name.waitFor();
    const identities = page.getByRole('textbox', { name: 'CN' });
    await identities.fill('somebody-else');
    await page.locator('section[aria-busy=false]').getByRole('button').last().waitFor();
  },
  'policies-impact-list': async (page) => {
    await page.locator('section[aria-busy=false]').getByRole('button').last().click();
    await page.getByRole('dialog').waitFor();
  },
});
