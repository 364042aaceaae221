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
});
