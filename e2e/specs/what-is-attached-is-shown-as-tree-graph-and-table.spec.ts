import type { Page } from '@playwright/test';
import { expect, test } from '../hosts/fixtures.ts';
import type { RunningApp, StartOptions, TestDirs } from '../hosts/host.ts';
import { makeAttachments, makeOddities, type AttachmentsWorld } from '../interop/attachments-world.ts';
import { startEngine } from '../interop/engine.ts';
import { havePeers, startPeer } from '../interop/peers.ts';
import { expectNoViolations } from './accessibility.ts';
import { addRegistry, paste } from './steps.ts';

test.skip(!havePeers(), 'the registries are built from Go modules');

/** Prepares the index and opens it in the app. */
async function openIndex(
  dirs: TestDirs,
  startApp: (options?: StartOptions) => Promise<RunningApp>,
  options: { readonly signsIndex: boolean },
): Promise<{ page: Page; world: AttachmentsWorld }> {
  const engine = await startEngine(dirs.home);
  const world = await makeAttachments(engine, options);
  await engine.stop();
  const { page } = await startApp({ env: { DOCKER_CONFIG: `${dirs.home}/.docker` } });
  await paste(page, `${world.host}/${world.repository}:2.4`);
  await expect(page.getByText(/of 6 platforms covered/)).toBeVisible();
  return { page, world };
}

const show = (page: Page, view: string) =>
  page.getByRole('radiogroup', { name: 'View' }).getByRole('radio', { name: view }).click();
const inspector = (page: Page) => page.getByRole('complementary', { name: 'Inspector' });
const tree = (page: Page) => page.getByRole('treegrid', { name: 'Attached to this artifact' });
const graph = (page: Page) => page.getByRole('tree', { name: 'Attached to this artifact' });
const table = (page: Page) => page.getByRole('grid', { name: 'Attached to this artifact' });

test('one selection goes through tree, graph and table, and so do back and forward', async ({ dirs, startApp }) => {
  const { page, world } = await openIndex(dirs, startApp, { signsIndex: true });
  await expect(page.getByText('6 of 6 platforms covered: 4 signed directly, 2 through the index')).toBeVisible();
  await tree(page).getByRole('row', { name: /SPDX/ }).click();
  await expect(inspector(page).getByText('Not covered by Notary policy')).toBeVisible();
  await expect(inspector(page).getByText('SPDX-2.3', { exact: true })).toBeVisible();
  await inspector(page).getByText('3 packages').click();
  await expect(inspector(page).getByText('GPL-2.0-only', { exact: true })).toBeVisible();
  await expectNoViolations(page, 'the tree');

  await show(page, 'Graph');
  const sbom = graph(page).getByRole('treeitem', { name: /SBOM · SPDX/ });
  await expect(sbom).toHaveAttribute('aria-selected', 'true');
  const windows = graph(page).getByRole('treeitem', { name: 'windows/amd64, Covered by its index' });
  await expect(windows).toBeVisible();
  await sbom.focus();
  await page.keyboard.press('ArrowRight');
  const focused = graph(page).locator(':focus');
  await expect(focused).toHaveAttribute('aria-level', '3');
  await expect(focused).toHaveAccessibleName('Notation · JWS, suji-toshi-mashoya, Verified');
  await page.keyboard.press('Space');
  await expect(inspector(page).getByRole('tab', { name: 'Verdict' })).toBeVisible();
  await expectNoViolations(page, 'the graph');

  await show(page, 'Table');
  await expect(table(page).getByRole('row', { selected: true })).toContainText('suji-toshi-mashoya');
  await table(page).getByRole('columnheader', { name: 'Signer' }).click();
  await expect(table(page).getByRole('row').nth(1)).toContainText('fade-out');
  await expectNoViolations(page, 'the table');

  await page.goBack();
  await expect(graph(page)).toBeVisible();
  await page.goBack();
  await expect(tree(page)).toBeVisible();
  await page.goForward();
  await expect(graph(page)).toBeVisible();
  await world.peer.stop();
});

test('no view breaks a rule of accessibility in the dark and in Japanese @loopback', async ({ dirs, startApp }) => {
  const { page, world } = await openIndex(dirs, startApp, { signsIndex: true });
  const address = await page.evaluate(() => location.hash);
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  await page.evaluate(() => (location.hash = '#/settings'));
  await page.getByRole('radio', { name: '日本語' }).click();
  for (const [view, role] of [
    ['tree', 'treegrid'],
    ['graph', 'tree'],
    ['table', 'grid'],
  ] as const) {
    await page.evaluate((hash) => (location.hash = hash), `${address}&view=${view}`);
    await expect(page.getByRole(role, { name: 'このアーティファクトに付随するもの' })).toBeVisible();
    await expect(page.getByText('6 プラットフォーム中 6 をカバー')).toBeVisible();
    await expectNoViolations(page, view);
  }
  await world.peer.stop();
});

test('the missing platforms of an index are signed with one confirmation that names their digests', async ({
  dirs,
  startApp,
}) => {
  const { page, world } = await openIndex(dirs, startApp, { signsIndex: false });
  const coverage = '4 of 6 platforms covered: 4 signed directly, 1 not signed, 1 signed but not accepted';
  await expect(page.getByText(coverage)).toBeVisible();
  await page.getByRole('button', { name: 'Sign the missing one…' }).click();
  const sheet = page.getByRole('dialog', { name: 'Sign 1 digest' });
  await expect(sheet.getByText('windows/amd64')).toBeVisible();
  await expect(sheet.getByText(world.manifests[5]?.digest ?? '', { exact: true })).toBeVisible();
  await sheet.getByRole('button', { name: 'Sign this digest' }).click();
  await expect(sheet.getByText('The digest is signed.')).toBeVisible();
  await sheet.getByRole('contentinfo').getByRole('button', { name: 'Close' }).click();
  await expect(page.getByText('5 of 6 platforms covered: 5 signed directly, 1 signed but not accepted')).toBeVisible();
  await world.peer.stop();
});

test('what cosign attached is found in both its places, decoded, and covered by no policy', async ({
  dirs,
  startApp,
}) => {
  const { page, world } = await openIndex(dirs, startApp, { signsIndex: true });
  await paste(page, `${world.host}/library/busybox:1.36`);
  await expect(page.getByText('asked the referrers API: 2 items · tags of cosign: 2 items')).toBeVisible();
  await tree(page)
    .getByRole('row', { name: /cosign signature/ })
    .click();
  await expect(inspector(page).getByText('It says that it is about what it is attached to.')).toBeVisible();
  await expect(inspector(page).getByText('127.0.0.1:44065/library/busybox', { exact: true })).toBeVisible();
  await tree(page)
    .getByRole('row', { name: /Attestation · SLSA/ })
    .click();
  await expect(inspector(page).getByText('https://builder.example', { exact: true })).toBeVisible();
  await tree(page)
    .getByRole('row', { name: /Sigstore bundle · SLSA/ })
    .click();
  await expect(inspector(page).getByText('in-toto statement')).toBeVisible();
  await expect(inspector(page).getByText('Not covered by Notary policy')).toBeVisible();
  await world.peer.stop();
});

test('what dangles and what is there twice is marked, and nothing attached says what was asked', async ({ page }) => {
  const peer = await startPeer('distribution', ['-delete']);
  const { repository } = await makeOddities(peer);
  const host = peer.address.replace('127.0.0.1', 'localhost');
  await addRegistry(page, host);
  await paste(page, `${host}/${repository}:1.0`);
  await expect(page.getByText('2 items are dangling: listed here, but gone or about something else.')).toBeVisible();
  await expect(page.getByText('1 item is there twice.')).toBeVisible();
  await tree(page).getByRole('row').nth(1).click();
  await expect(inspector(page).getByText('Dangling: about something else')).toBeVisible();
  await tree(page).getByRole('row').nth(2).click();
  await expect(inspector(page).getByText('Dangling: gone')).toBeVisible();
  await peer.stop();
});
