import { expect, test } from '../hosts/fixtures.ts';
import { seed, startPeer, type Peer } from '../interop/peers.ts';
import { openTag } from './places.ts';
import { addRegistry, makeTestCertificate, signWithChosenKey } from './steps.ts';

const repository = 'samples/hello';
const tag = '1.0';

let registry: Peer;
let shown: string;
test.beforeEach(async () => {
  registry = await startPeer('registry');
  const samples = await seed({ registry: registry.address });
  shown = samples.find((sample) => sample.repository === repository && sample.tag === tag)?.digest ?? '';
});
test.afterEach(() => registry.stop());

/** Lets the tag point at another manifest, as somebody who pushes a new build would. */
async function moveTag(): Promise<string> {
  const url = `http://${registry.address}/v2/${repository}/manifests/${tag}`;
  const answer = await fetch(url, { headers: { accept: 'application/vnd.oci.image.manifest.v1+json' } });
  const manifest = {
    ...((await answer.json()) as object),
    annotations: { 'org.opencontainers.image.version': 'next' },
  };
  const body = JSON.stringify(manifest);
  const headers = { 'content-type': answer.headers.get('content-type') ?? '' };
  const pushed = await fetch(url, { method: 'PUT', headers, body });
  expect(pushed.status).toBe(201);
  return pushed.headers.get('docker-content-digest') ?? '';
}

async function signaturesOf(digest: string): Promise<number> {
  const answer = await fetch(`http://${registry.address}/v2/${repository}/referrers/${digest}`);
  const { manifests } = (await answer.json()) as { manifests: { artifactType?: string }[] | null };
  const signatures = manifests?.filter(({ artifactType }) => artifactType === 'application/vnd.cncf.notary.signature');
  return signatures?.length ?? 0;
}

for (const isSheetOpen of [false, true]) {
  const when = isSheetOpen ? 'while the sheet is open' : 'before the sheet is opened';
  test(`the digest on the screen is signed, and the move is told, when the tag moves ${when}`, async ({ page }) => {
    const host = registry.address.replace('127.0.0.1', 'localhost');
    await makeTestCertificate(page);
    await addRegistry(page, host);
    await openTag(page, host, { repository, tag, scope: '' });
    const main = page.getByRole('main');
    await expect(main.getByText(/No signature\./).first()).toBeVisible();

    const sheet = page.getByRole('dialog', { name: /^Sign / });
    let moved = '';
    if (isSheetOpen) {
      await page.getByRole('button', { name: 'Sign…', exact: true }).click();
      await expect(sheet.getByRole('button', { name: 'Sign this digest' })).toBeEnabled();
      moved = await moveTag();
    } else {
      moved = await moveTag();
      await page.getByRole('button', { name: 'Sign…', exact: true }).click();
      await expect(sheet.getByRole('alert')).toContainText(`The tag “${tag}” has moved meanwhile.`);
    }
    expect(moved).not.toBe(shown);
    await expect(sheet.getByText(shown, { exact: true })).toBeVisible();
    await signWithChosenKey(page);

    await expect(sheet.getByRole('alert')).toContainText(`The tag “${tag}” has moved meanwhile.`);
    await expect(sheet.getByRole('alert')).toContainText(moved);
    await expect(sheet.getByText(shown, { exact: true })).toBeVisible();
    expect(await signaturesOf(shown)).toBe(1);
    expect(await signaturesOf(moved)).toBe(0);

    await sheet.getByRole('button', { name: 'Look at what it points at now' }).click();
    await expect(sheet).toBeHidden();
    await expect(page.getByRole('heading', { level: 1, name: moved.slice(7, 19) })).toBeVisible();
    await expect(main.getByText(/No signature\./).first()).toBeVisible();
  });
}
