import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from '../hosts/fixtures.ts';
import { seed, startPeer, type Peer } from '../interop/peers.ts';
import { expectNoViolations } from './accessibility.ts';
import { saveFile } from './save-file.ts';
import { addRegistry, goTo, makeTestCertificate } from './steps.ts';

const tags = Array.from({ length: 12 }, (_, patch) => `9.0.${patch}`);

let registry: Peer;
test.beforeEach(async () => {
  registry = await startPeer('registry');
  await seed({ registry: registry.address });
  for (const tag of tags) await pushTag(tag, tag);
});
test.afterEach(() => registry.stop());

/** Points a tag at an image of its own. */
async function pushTag(tag: string, version: string): Promise<void> {
  const urlOf = (name: string): string => `http://${registry.address}/v2/samples/hello/manifests/${name}`;
  const answer = await fetch(urlOf('1.0'), { headers: { accept: 'application/vnd.oci.image.manifest.v1+json' } });
  const annotations = { 'org.opencontainers.image.version': version };
  const body = JSON.stringify({ ...((await answer.json()) as object), annotations });
  const headers = { 'content-type': answer.headers.get('content-type') ?? '' };
  const pushed = await fetch(urlOf(tag), { method: 'PUT', headers, body });
  expect(pushed.status).toBe(201);
}

/** Goes to the tags and selects by what the dialog is told. */
async function select(page: Page, host: string, form: RegExp, text: string, count: number): Promise<void> {
  const rail = page.getByRole('navigation', { name: 'Sources and tools' });
  await rail.getByRole('link', { name: host }).click();
  await page.getByRole('option', { name: 'samples/hello' }).click();
  await expect(page.getByRole('grid', { name: 'Tags' }).getByText('9.0.11', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Select…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Select tags' });
  await dialog.getByRole('radio', { name: form }).click();
  await dialog.getByRole('textbox').fill(text);
  await dialog.getByRole('button', { name: `Select ${count} tags` }).click();
  await expect(page.getByText(`${count} selected`)).toBeVisible();
}

test('many tags are signed as a queue: digests first, a tag that moved is left alone and asked about again', async ({
  page,
}) => {
  const host = registry.address.replace('127.0.0.1', 'localhost');
  await makeTestCertificate(page);
  await addRegistry(page, host);
  await select(page, host, /wildcards/, '9.0.*', 12);
  await page.getByRole('button', { name: 'Sign 12…' }).click();

  await expect(page.getByRole('heading', { name: 'Sign 12 digests' })).toBeVisible();
  await expect(page.getByText('nothing has been signed yet')).toBeVisible();
  await expect(page.getByText(/^About 108 requests/)).toBeVisible();
  await pushTag('9.0.3', 'somebody else was here');
  await page.getByRole('button', { name: 'Sign 12 digests…' }).click();
  const sheet = page.getByRole('dialog', { name: 'Sign 12 digests as a queue' });
  await expect(sheet.getByText(/^sha256:[0-9a-f]{64}$/)).toHaveCount(12);
  await expectNoViolations(page, 'the sheet that signs a queue');
  await sheet.getByRole('button', { name: 'Sign these 12 digests' }).click();
  await expect(sheet).toBeHidden();

  await expect(page.getByRole('radio', { name: 'Done 11' })).toBeVisible();
  await page.getByRole('radio', { name: 'Failed 1' }).click();
  await expect(page.getByText('The tag 9.0.3 has moved; nothing was signed.')).toBeVisible();
  await page.getByRole('radio', { name: 'All 12' }).click();
  await page.getByRole('button', { name: 'Retry 1 failed' }).click();
  await page.getByRole('button', { name: 'Sign 1 digest…' }).click();
  await page.getByRole('button', { name: 'Sign this digest' }).click();
  await expect(page.getByRole('radio', { name: 'Done 12' })).toBeVisible();
  await expect(page.getByRole('region').getByText('Ended', { exact: true })).toBeVisible();
  await expectNoViolations(page, 'a queue that signed');

  await goTo(page, 'Activity');
  await expect(page.getByText(/^Queue: sign/).first()).toBeVisible();
});

/** A registry that can be held up at one manifest, so that a queue can be paused on the way. */
async function startGate(address: string, held: string): Promise<{ server: Server; host: string; open: () => void }> {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  const server = createServer((incoming, outgoing) => {
    const pass = (): void => {
      const { url = '/', method, headers } = incoming;
      const [hostname, port] = address.split(':');
      const sent = request({ hostname, port, path: url, method, headers, agent: false }, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      });
      // Who asked may be gone by now.
      sent.on('error', () => outgoing.destroy());
      incoming.pipe(sent);
    };
    if (incoming.url?.endsWith(`/manifests/${held}`)) void opened.then(pass);
    else pass();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, host: `localhost:${(server.address() as AddressInfo).port}`, open };
}

test('a queue that verifies is paused, goes on after Inkan was closed, and gives a report', async ({
  startApp,
  dirs,
}) => {
  const gate = await startGate(registry.address, '9.0.5');
  try {
    const before = await startApp();
    await addRegistry(before.page, gate.host);
    await select(before.page, gate.host, /regular/, String.raw`^9\.0\.[0-9]+$`, 12);
    await before.page.getByRole('button', { name: 'Verify 12…' }).click();
    await expect(before.page.getByText('Nothing has been asked yet.')).toBeVisible();
    await expect(before.page.getByText(/^About 60 requests/)).toBeVisible();
    await before.page.getByRole('radio', { name: '1', exact: true }).click();
    await before.page.getByRole('button', { name: 'Verify 12 artifacts' }).click();
    await expect(before.page.getByText('6 of 12')).toBeVisible();
    await before.page.getByRole('button', { name: 'Pause' }).click();
    gate.open();
    await expect(before.page.getByText('Nothing is asked while the queue is paused.')).toBeVisible();
    await expect(before.page.getByText('7 of 12')).toBeVisible();
    await before.stop();

    const after = await startApp();
    const { page } = after;
    await goTo(page, 'Queues');
    await expect(page.getByText('7 of 12')).toBeVisible();
    await expectNoViolations(page, 'a paused queue');
    await page.getByRole('button', { name: 'Go on' }).click();
    await expect(page.getByText('12 of 12')).toBeVisible();
    await expect(page.getByRole('grid').getByText('No signature').first()).toBeVisible();

    const report = await saveFile(after, path.join(dirs.scratch, 'queue.csv'), async () => {
      await page.getByRole('button', { name: 'Report' }).click();
      await page.getByRole('menuitem', { name: 'As CSV' }).click();
    });
    const lines = report.trim().split('\r\n');
    expect(lines).toHaveLength(13);
    expect(lines[1]).toContain(`${gate.host}/samples/hello:9.0.11,sha256:`);
    await page.getByRole('button', { name: 'More', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Remove from the list' }).click();
    await expect(page.getByText('No queue yet')).toBeVisible();
  } finally {
    gate.server.closeAllConnections();
    gate.server.close();
  }
});

test('a queue is made of a pasted list over several repositories, and what is no artifact is told before', async ({
  page,
}) => {
  const host = registry.address.replace('127.0.0.1', 'localhost');
  await addRegistry(page, host);
  await goTo(page, 'Queues');
  await page.getByRole('button', { name: 'New from a list…' }).click();
  const dialog = page.getByRole('dialog', { name: 'A queue from a list' });
  await dialog
    .getByRole('textbox', { name: 'References' })
    .fill(`${host}/samples/hello:9.0.1\n${host}/library/busybox:1.36\nelsewhere.example/acme/web:1.0\n=1+1`);
  await expect(dialog.getByText('2 artifacts.')).toBeVisible();
  await expect(
    dialog.getByText('Its registry is not at the left; add it first: elsewhere.example/acme/web:1.0'),
  ).toBeVisible();
  await expect(dialog.getByText('This is no reference: =1+1')).toBeVisible();
  await expectNoViolations(page, 'a list for a queue');
  await dialog.getByRole('button', { name: 'Plan verifying 2' }).click();
  await expect(dialog).toBeHidden();
  await page.getByRole('button', { name: 'Verify 2 artifacts' }).click();
  await expect(page.getByText('2 of 2')).toBeVisible();
  await expect(page.getByRole('grid').getByText(`${host}/library/busybox:1.36`)).toBeVisible();
});
