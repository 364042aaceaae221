import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from '../hosts/fixtures.ts';
import { configureFor, issueChain } from '../interop/authority.ts';
import { havePeers, startPeer, type Peer } from '../interop/peers.ts';
import { expectNoViolations } from './accessibility.ts';
import { openTag } from './places.ts';
import { closeSheet, goTo, signWithChosenKey } from './steps.ts';

const main = (page: Page) => page.getByRole('main');
const playground = { tag: '1.0', scope: 'local/playground' };

async function choose(page: Page, setting: string, choice: string): Promise<void> {
  await goTo(page, 'Settings');
  await page.getByRole('radiogroup', { name: setting }).getByRole('radio', { name: choice }).click();
  await expect(page.getByRole('radiogroup', { name: setting }).getByRole('radio', { name: choice })).toBeChecked();
}

/** The tag’s signature, its verdict and what was asked on the right. */
async function openVerdict(page: Page): Promise<void> {
  await openTag(page, undefined, playground);
  await page.getByRole('treegrid').getByRole('row').first().click();
}

test.describe('revocation', () => {
  test.skip(!havePeers(), 'the servers need the peers');
  let peer: Peer;
  test.beforeEach(async () => {
    peer = await startPeer('revocation');
  });
  test.afterEach(() => peer.stop());

  test('servers are asked once the settings allow their address, and offline is said plainly', async ({
    configDir,
    startApp,
  }) => {
    const chain = await issueChain(peer.address, { leafOCSP: ['try-later'], leafCRL: ['good'] });
    await configureFor(chain, configDir, playground.scope);
    const { page } = await startApp();
    const inspector = page.getByRole('complementary', { name: 'Inspector' });

    await test.step('an address of this computer is not asked', async () => {
      await openTag(page, undefined, playground);
      await signWithChosenKey(page);
      await closeSheet(page);
      await openVerdict(page);
      await expect(
        main(page)
          .getByText(/Not trusted/)
          .first(),
      ).toBeVisible();
      await expect(inspector.getByText('could not be found out')).toBeVisible();
      await expect(inspector.getByText(/the address leads to this computer or its network/).first()).toBeVisible();
    });

    await test.step('allowed in the settings, the list answers where the OCSP server will not', async () => {
      await choose(page, 'May be asked at', 'Private ones too');
      await openVerdict(page);
      await expect(
        main(page)
          .getByText(/Verified under policy/)
          .first(),
      ).toBeVisible();
      await inspector.getByText('What was asked').click();
      await expect(inspector.getByText('The server does not answer this, or not now.')).toBeVisible();
      await expect(inspector.getByText('Not revoked.', { exact: true })).toBeVisible();
      await expect(inspector.getByText('names no server: counts as fine')).toBeVisible();
      await expect(inspector.getByText(/a list of revoked certificates must be renewed/)).toBeVisible();
      await expectNoViolations(page, 'what was asked');
    });

    await test.step('offline, the list in the cache still counts', async () => {
      await choose(page, 'OCSP and CRL servers', 'Offline');
      await openVerdict(page);
      await expect(
        main(page)
          .getByText(/Verified under policy/)
          .first(),
      ).toBeVisible();
      await inspector.getByText('What was asked').click();
      await expect(inspector.getByText('Not asked: the settings say offline.')).toBeVisible();
      await expect(inspector.getByText(/from the cache shared with notation/)).toBeVisible();
    });
  });

  test('a signature of a revoked certificate is not trusted, and offline nobody can tell', async ({
    configDir,
    dirs,
    startApp,
  }) => {
    await configureFor(await issueChain(peer.address, { leafOCSP: ['revoked'] }), configDir, playground.scope);
    const { page } = await startApp();
    const inspector = page.getByRole('complementary', { name: 'Inspector' });
    await choose(page, 'May be asked at', 'Private ones too');

    await test.step('the verdict names the certificate and the day', async () => {
      await openTag(page, undefined, playground);
      await signWithChosenKey(page);
      await closeSheet(page);
      await openVerdict(page);
      await expect(
        main(page)
          .getByText(/Not trusted/)
          .first(),
      ).toBeVisible();
      await expect(
        inspector.getByText(/was revoked on .*: what it signed is not to be trusted any more\./),
      ).toBeVisible();
      await expect(inspector.getByText(/is revoked$/)).toHaveCount(1);
    });

    await test.step('offline it is not known, and so not trusted', async () => {
      await choose(page, 'OCSP and CRL servers', 'Offline');
      await openVerdict(page);
      await expect(inspector.getByText(/is not known: by the settings no server is asked/)).toBeVisible();
      await expect(
        main(page)
          .getByText(/Not trusted/)
          .first(),
      ).toBeVisible();
    });

    await test.step('time limits take whole numbers only', async () => {
      await goTo(page, 'Settings');
      const field = page.getByRole('textbox', { name: 'Seconds for an OCSP answer' });
      await field.fill('0');
      await expect(page.getByText('A whole number from 1 to 60.')).toBeVisible();
      await field.fill('10');
      await field.press('Enter');
      const settings = path.join(dirs.inkanHome, 'settings.json');
      await expect.poll(() => readFile(settings, 'utf8')).toContain('"ocspTimeoutSeconds": 10');
    });
  });
});
