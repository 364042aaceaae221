import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { createTestChain } from '../../electron/testing/chain-factory.ts';
import { expect, test } from '../hosts/fixtures.ts';
import type { TestDirs } from '../hosts/host.ts';
import { havePeers, startPeer, type Peer } from '../interop/peers.ts';
import { payloads } from './hostile-payloads.ts';
import { addRegistry, goTo } from './steps.ts';

test.skip(!havePeers(), 'the registry is built from Go modules');

const json = (value: unknown): string => JSON.stringify(value);
const digestOf = (text: string): string => `sha256:${createHash('sha256').update(text).digest('hex')}`;
const empty = { mediaType: 'application/vnd.oci.empty.v1+json', digest: digestOf('{}'), size: 2 };

/** An image with an attachment for each payload: its kind, and an annotation's name and value. */
async function pushAttachments({ address }: Peer): Promise<void> {
  const base = `http://${address}/v2/samples/hostile`;
  const begun = await fetch(`${base}/blobs/uploads/`, { method: 'POST' });
  const place = new URL(begun.headers.get('location') ?? '', base);
  place.searchParams.set('digest', empty.digest);
  expect((await fetch(place, { method: 'PUT', body: '{}' })).status).toBe(201);
  const mediaType = 'application/vnd.oci.image.manifest.v1+json';
  const push = async (manifest: object, reference?: string): Promise<string> => {
    const body = json({ schemaVersion: 2, mediaType, config: empty, layers: [empty], ...manifest });
    const target = `${base}/manifests/${reference ?? digestOf(body)}`;
    const answer = await fetch(target, { method: 'PUT', body, headers: { 'content-type': mediaType } });
    expect(answer.status, await answer.text()).toBe(201);
    return body;
  };
  const body = await push(
    { annotations: Object.fromEntries(payloads.slice(0, 20).map((text) => [text, text])) },
    '1.0',
  );
  const subject = { mediaType, digest: digestOf(body), size: Buffer.byteLength(body) };
  for (const text of payloads) await push({ subject, artifactType: text, annotations: { [text]: text } });
}

/** Statements, keys and certificates that are called so. */
async function writeConfiguration({ configDir }: TestDirs): Promise<void> {
  const statements = payloads.map((text, at) => ({
    name: text,
    registryScopes: [`r${at}.example/${text}`],
    signatureVerification: { level: at % 2 === 0 ? 'strict' : text },
    trustStores: [`ca:${text}`],
    trustedIdentities: [`x509.subject: C=US, ST=WA, O=${text}`],
  }));
  await writeFile(path.join(configDir, 'trustpolicy.oci.json'), json({ version: '1.0', trustPolicies: statements }));
  // A list of keys with half a letter in it is refused as a whole.
  const whole = payloads.filter((text) => !/half of a letter/.test(text));
  const keys = whole.map((text) => ({
    name: text,
    keyPath: `/nowhere/${text}.key`,
    certPath: `/nowhere/${text}.crt`,
  }));
  await writeFile(path.join(configDir, 'signingkeys.json'), json({ default: whole[0], keys }));
  const store = path.join(configDir, 'truststore', 'x509', 'ca', 'hostile');
  await mkdir(store, { recursive: true });
  for (const [at, text] of payloads.slice(0, 40).entries()) {
    const subject = [
      ['C', 'US'],
      ['ST', 'WA'],
      ['O', text],
      ['CN', text],
    ] as const;
    const { ders } = createTestChain({ length: 1, leaf: { subject: [...subject] } });
    await writeFile(path.join(store, `${at}.crt`), ders[0] ?? '');
  }
}

/** Nothing ran, nothing was loaded, nothing leads away, nothing hides, and nothing is wider than the window. */
async function expectInert(page: Page, where: string): Promise<void> {
  const found = await page.evaluate(() => {
    const main = document.querySelector('main') ?? document.body;
    const links = [...document.querySelectorAll('a[href]')].map((link) => link.getAttribute('href') ?? '');
    return {
      ran: '__pwned' in globalThis,
      elements: document.querySelectorAll(
        'iframe, img[src], object, embed, form[action], base, main style, main script',
      ).length,
      away: links.filter((href) => !/^\/?#/.test(href)),
      hidden:
        /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u200B\u200E\u200F\u2028-\u202E\u2066-\u2069\uFEFF\uD800-\uDBFF](?![\uDC00-\uDFFF])/.exec(
          main.innerText,
        )?.[0],
      tooWide: document.documentElement.scrollWidth > innerWidth || main.scrollWidth > main.clientWidth + 1,
    };
  });
  expect(found, where).toEqual({ ran: false, elements: 0, away: [], hidden: undefined, tooWide: false });
}

/** How many of the payloads' numbers a part of the page shows. */
async function countShown(page: Page, selector: string): Promise<number> {
  const text = await page.locator(selector).first().innerText();
  return new Set(text.match(/#\d+#/g)).size;
}

test('200 texts of strangers do nothing and hide nothing, wherever they are shown', async ({ startApp, dirs }) => {
  test.setTimeout(150_000);
  expect(new Set(payloads).size).toBe(200);
  const registry = await startPeer('registry');
  try {
    await pushAttachments(registry);
    await writeConfiguration(dirs);
    const { page } = await startApp();
    const own = new URL(page.url()).host;
    const asked: string[] = [];
    page.on('request', (request) => {
      const { protocol, host } = new URL(request.url());
      if (!/^(?:data|blob):$/.test(protocol) && host !== own) asked.push(request.url());
    });
    page.on('dialog', (dialog) => asked.push(dialog.message()));
    const host = registry.address.replace('127.0.0.1', 'localhost');

    await test.step('kinds and annotations of attachments, as tree, graph and table', async () => {
      await addRegistry(page, host);
      await page.getByRole('option', { name: 'samples/hostile' }).click();
      await page.getByRole('grid', { name: 'Tags' }).getByText('1.0', { exact: true }).click();
      await page.getByRole('heading', { level: 1, name: ':1.0' }).waitFor();
      const tree = page.getByRole('treegrid');
      await tree.getByText(/#\d+#/).filter({ visible: true }).first().waitFor();
      await expectInert(page, 'the tree');
      await tree.getByRole('row').nth(2).click();
      await page.getByRole('complementary').getByText(/#\d+#/).filter({ visible: true }).first().waitFor();
      await expectInert(page, 'the inspector');
      for (const view of ['Graph', 'Table']) {
        await page.getByRole('radio', { name: view, exact: true }).click();
        await page.getByRole('main').getByText(/#\d+#/).filter({ visible: true }).first().waitFor();
        await expectInert(page, view);
      }
    });

    await test.step('names, scopes, levels, stores and identities of a policy', async () => {
      await goTo(page, 'Trust policies');
      await page.getByText('#199#').first().waitFor();
      expect(await countShown(page, 'main')).toBe(200);
      await expectInert(page, 'the policy');
    });

    await test.step('names and places of keys', async () => {
      await goTo(page, 'Keys and certificates');
      await page.getByRole('grid').getByText(/#\d+#/).filter({ visible: true }).first().waitFor();
      await expectInert(page, 'the keys');
    });

    await test.step('subjects of certificates', async () => {
      await goTo(page, 'Trust stores');
      await page.getByRole('main').getByText(/#\d+#/).filter({ visible: true }).first().waitFor();
      await expectInert(page, 'the trust stores');
      await page.getByRole('main').getByText(/#\d+#/).filter({ visible: true }).last().click();
      await expectInert(page, 'a certificate');
    });

    await test.step('names of files', async () => {
      await goTo(page, 'Files');
      const chooser = page.waitForEvent('filechooser');
      await page.getByRole('button', { name: 'Add files…' }).click();
      const files = payloads.map((name) => ({
        name: name.replaceAll('/', '_'),
        mimeType: '',
        buffer: Buffer.from('x'),
      }));
      await (await chooser).setFiles(files.slice(0, 60));
      await page.getByRole('grid').getByText(/#\d+#/).filter({ visible: true }).first().waitFor();
      await expectInert(page, 'the files');
    });

    expect(asked, 'requests and dialogs that a text caused').toEqual([]);
  } finally {
    await registry.stop();
  }
});
