import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from '@playwright/test';
import { expect, test } from '../hosts/fixtures.ts';
import { startEngine } from '../interop/engine.ts';
import { seed, startPeer, type Peer } from '../interop/peers.ts';
import { expectNoViolations } from './accessibility.ts';
import { addRegistry } from './steps.ts';

let registry: Peer;
let host: string;
test.beforeEach(async () => {
  registry = await startPeer('registry');
  host = registry.address.replace('127.0.0.1', 'localhost');
  await seed({ registry: registry.address });
});
test.afterEach(() => registry.stop());

const railOf = (page: Page) => page.getByRole('navigation', { name: 'Sources and tools' });
const gridOf = (page: Page) => page.getByRole('grid', { name: 'Tags' });

interface Manifest {
  readonly text: string;
  readonly mediaType: string;
}

async function readManifest(repository: string, reference: string): Promise<Manifest> {
  const accept = 'application/vnd.oci.image.index.v1+json, application/vnd.oci.image.manifest.v1+json';
  const url = `http://${registry.address}/v2/${repository}/manifests/${reference}`;
  const answer = await fetch(url, { headers: { accept } });
  return { text: await answer.text(), mediaType: answer.headers.get('content-type') ?? '' };
}

async function putManifest(repository: string, tag: string, { text, mediaType }: Manifest): Promise<void> {
  const url = `http://${registry.address}/v2/${repository}/manifests/${tag}`;
  const pushed = await fetch(url, { method: 'PUT', headers: { 'content-type': mediaType }, body: text });
  expect(pushed.status).toBe(201);
}

test('pinned and recent repositories, columns, order and shown signature tags are there after a restart', async ({
  startApp,
}) => {
  const hello = await readManifest('samples/hello', '1.0');
  await putManifest('samples/hello', `sha256-${'a'.repeat(64)}.sig`, hello);
  await putManifest('samples/hello', '0.9', hello);
  const before = await startApp();
  await addRegistry(before.page, host);
  await before.page.getByRole('option', { name: 'library/busybox' }).click();
  await before.page.getByRole('button', { name: 'Pin to the rail' }).click();
  await expect(before.page.getByRole('button', { name: 'Take off the rail' })).toBeVisible();
  await before.page.getByRole('option', { name: 'samples/hello' }).click();
  await expect(railOf(before.page).getByRole('link', { name: 'samples/hello' })).toBeVisible();

  const { page } = before;
  await expect(gridOf(page).getByText('.sig')).toBeHidden();
  await page.getByRole('checkbox', { name: 'Hide 1 signature tag' }).click();
  await expect(gridOf(page).getByText('.sig')).toBeVisible();
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Kind' }).click();
  await page.keyboard.press('Escape');
  await expect(gridOf(page).getByRole('columnheader', { name: 'Kind' })).toBeHidden();
  await gridOf(page).getByRole('button', { name: 'Tag' }).click();
  const names = () =>
    gridOf(page)
      .getByRole('row')
      .filter({ hasText: /^[0-9]\.[0-9]/ })
      .allTextContents();
  await expect.poll(async () => (await names())[0]).toContain('0.9');
  const ticks = gridOf(page).getByRole('row').getByRole('checkbox');
  await ticks.nth(1).click();
  await ticks.nth(3).click({ modifiers: ['Shift'] });
  await expect(page.getByText('3 selected')).toBeVisible();
  await ticks.nth(2).click({ modifiers: ['Shift'] });
  await expect(page.getByText('1 selected')).toBeVisible();
  await gridOf(page).press('Control+a');
  await expect(ticks.nth(0)).toBeChecked();
  await gridOf(page).press('Escape');
  await expectNoViolations(page, 'tags with columns of the user’s choice');
  await before.stop();

  const after = await startApp();
  const rail = railOf(after.page);
  await rail.getByRole('link', { name: 'library/busybox' }).click();
  await expect(after.page.getByRole('heading', { level: 2, name: 'library/busybox' })).toBeVisible();
  await rail.getByRole('link', { name: 'samples/hello' }).click();
  await expect(gridOf(after.page).getByText('.sig')).toBeVisible();
  await expect(gridOf(after.page).getByRole('columnheader', { name: 'Kind' })).toBeHidden();
  await rail.getByRole('link', { name: 'library/busybox' }).click();
  await after.page.getByRole('button', { name: 'Take off the rail' }).click();
  await expect(rail.getByText('Pinned')).toBeHidden();
});

test('tags are told by their signatures: signed, not signed, and covered by a signed index', async ({
  startApp,
  dirs,
}) => {
  const repository = 'library/busybox';
  const { text } = await readManifest(repository, '1.36');
  const { manifests } = JSON.parse(text) as { manifests: { digest: string }[] };
  await putManifest(repository, '1.36-child', await readManifest(repository, manifests[0]?.digest ?? ''));
  const engine = await startEngine(dirs.home);
  await engine.call('keys.createTestKey', { name: 'suji-toshi-mashoya' });
  const { id } = await engine.call('registries.addRegistry', { host });
  const at = { sourceId: id, repository, reference: '1.36' };
  const { descriptor } = await engine.call('artifacts.resolveReference', at);
  await engine.call('sign.signArtifact', { ...at, digest: descriptor.digest });
  const statement = {
    name: 'busybox',
    registryScopes: [`${host}/${repository}`],
    signatureVerification: { level: 'strict', override: { revocation: 'skip' } },
    trustStores: ['ca:suji-toshi-mashoya'],
    trustedIdentities: ['*'],
  };
  const policy = JSON.stringify({ version: '1.0', trustPolicies: [statement] });
  const { revision } = await engine.call('policies.readPolicy', {});
  await engine.call('policies.savePolicy', { text: policy, ifRevision: revision });
  const { keys } = await engine.call('keys.listKeys', {});
  const fingerprint = keys[0]?.chain?.[0]?.sha256 ?? '';
  await engine.stop();

  const { page } = await startApp();
  await railOf(page).getByRole('link', { name: host }).click();
  await page.getByRole('option', { name: repository }).click();
  const rowOf = (tag: string) =>
    gridOf(page)
      .getByRole('row')
      .filter({ has: page.getByRole('gridcell', { name: tag, exact: true }) });
  await expect(rowOf('1.36').getByText('Verified', { exact: true })).toBeVisible();
  await expect(rowOf('1.36-child').getByText('Covered by its index')).toBeVisible();
  await expect(rowOf('1.36-child').getByText(/^through /)).toBeVisible();
  await expectNoViolations(page, 'a tag that its index covers');

  const facets = page.getByRole('radiogroup', { name: 'Show only this verdict' });
  await facets.getByRole('radio', { name: /^Signed/ }).click();
  await expect(rowOf('1.36-child')).toBeHidden();
  await expect(rowOf('1.36')).toBeVisible();
  await facets.getByRole('radio', { name: /^Signed/ }).click();
  const filter = page.getByRole('searchbox', { name: 'Filter tags' });
  await filter.fill('suji-toshi');
  await expect(rowOf('1.36')).toBeVisible();
  await expect(rowOf('1.36-child')).toBeHidden();
  await filter.fill(manifests[0]?.digest.slice(0, 20) ?? '');
  await expect(rowOf('1.36-child')).toBeVisible();
  await expect(rowOf('1.36')).toBeHidden();

  await filter.fill(fingerprint.slice(0, 12));
  await expect(rowOf('1.36')).toBeVisible();
  await expect(rowOf('1.36-child')).toBeHidden();

  await page.getByRole('option', { name: 'samples/hello' }).click();
  await page.getByRole('searchbox', { name: 'Search repositories, tags, signers' }).fill('cn=suji-toshi');
  const found = page.getByRole('listbox', { name: 'In what was read so far' });
  await expect(found.getByRole('option')).toHaveCount(2);
  await expectNoViolations(page, 'what a search found');
  await found.getByText('1.36', { exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: ':1.36' })).toBeVisible();
});

/** The registry without its catalog. */
async function startWithoutCatalog(): Promise<{ readonly server: Server; readonly host: string }> {
  const [hostname, port] = registry.address.split(':');
  const server = createServer((incoming, outgoing) => {
    const { url: path = '/', method, headers } = incoming;
    if (path.startsWith('/v2/_catalog')) {
      outgoing.writeHead(404).end();
      return;
    }
    const sent = request({ hostname, port, path, method, headers, agent: false }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    sent.on('error', () => outgoing.destroy());
    incoming.pipe(sent);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, host: `localhost:${(server.address() as AddressInfo).port}` };
}

test('repositories of a registry without a catalog are pasted, several at once', async ({ page }) => {
  const closed = await startWithoutCatalog();
  try {
    await addRegistry(page, closed.host);
    await page
      .getByRole('textbox', { name: /^Repository/ })
      .fill(`library/busybox\n${closed.host}/samples/hello:1.0\n`);
    await page.getByRole('button', { name: 'Pin 2' }).click();
    await expect(page.getByRole('option', { name: 'samples/hello' })).toBeVisible();
    await expect(gridOf(page).getByText('1.36', { exact: true })).toBeVisible();
  } finally {
    closed.server.closeAllConnections();
    closed.server.close();
  }
});
