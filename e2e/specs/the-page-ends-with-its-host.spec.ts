import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { FakeRegistry } from '../../electron/testing/fake-registry.ts';
import { hanging } from '../../electron/testing/fake-registry-faults.ts';
import { expect, test } from '../hosts/fixtures.ts';
import { startLoopbackServer } from '../hosts/loopback-host.ts';
import { openTag } from './places.ts';
import { addRegistry } from './steps.ts';

const image = {
  schemaVersion: 2,
  mediaType: 'application/vnd.oci.image.manifest.v1+json',
  config: { mediaType: 'application/vnd.oci.image.config.v1+json', digest: `sha256:${'1'.repeat(64)}`, size: 2 },
  layers: [],
};

async function listen(server: Server, port = 0): Promise<number> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

test.describe('the page of the loopback host', { tag: '@loopback' }, () => {
  test('cases E-23, H-05: the host ends during a verification: no verdict, and no token for who takes its port', async ({
    dirs,
    sharedBrowser,
  }) => {
    const registry = await FakeRegistry.start();
    registry.addManifest('app', image, '1.0');
    registry.misbehave('referrers', hanging);
    const host = await startLoopbackServer(dirs);
    const { port, hash } = new URL(host.url);
    const page = await (await sharedBrowser()).newPage();
    await page.goto(host.url);
    const name = registry.host.replace('127.0.0.1', 'localhost');
    await addRegistry(page, name, 'Always plain HTTP');
    await openTag(page, name, { repository: 'app', tag: '1.0', scope: '' });
    const verdict = page.getByTestId('verdict').first();
    await expect(verdict.getByText('Checking')).toBeVisible();

    await host.stop();
    const seen: string[] = [];
    const other = createServer((request, response) => {
      seen.push(JSON.stringify([request.url, request.headers]));
      response.end();
    });
    other.on('upgrade', (request, socket) => {
      seen.push(JSON.stringify([request.url, request.headers]));
      socket.destroy();
    });
    await listen(other, Number(port));
    await expect(page.getByText('Disconnected.')).toBeVisible();
    // What the user may still click fetches no script from whoever it is, and changes nothing to green.
    const rail = page.getByRole('navigation', { name: 'Sources and tools' });
    for (const screen of ['Trust policies', 'Keys and certificates', 'Settings']) {
      await rail.getByRole('link', { name: new RegExp(`^${screen}`) }).click();
      await expect(page.getByRole('alert').filter({ hasText: 'rpc.disconnected' })).toBeVisible();
      await expect(page.getByText('Disconnected.')).toBeVisible();
    }
    // A picture does nothing in the page, and takes nothing along.
    expect(seen.filter((request) => !request.includes('"sec-fetch-dest":"image"'))).toEqual([]);
    expect(seen.filter((request) => request.includes(hash.slice('#token='.length)))).toEqual([]);
    await expect(page.getByText('Verified', { exact: true })).toHaveCount(0);
    await page.close();
    other.closeAllConnections();
    other.close();
    await registry.stop();
  });

  test('case H-04: is in no frame, and says nothing to who opened it', async ({ dirs, sharedBrowser }) => {
    const host = await startLoopbackServer(dirs);
    const evil = createServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html' });
      response.end(`<!doctype html><iframe src="${host.url}"></iframe>`);
    });
    const port = await listen(evil);
    const page = await (await sharedBrowser()).newPage();
    await page.goto(`http://127.0.0.1:${String(port)}/`);
    await expect.poll(() => page.frames()[1]?.url()).toMatch(/^chrome-error:/);

    const popup = page.waitForEvent('popup');
    await page.evaluate((url) => {
      Object.assign(globalThis, { opened: window.open(url) });
    }, host.url);
    // Opened from another site there is not even a page, and what there is cannot be read there.
    await expect((await popup).getByText('rpc.refusedSender')).toBeVisible();
    const read = await page.evaluate(() => {
      const { opened } = globalThis as unknown as { opened: Window };
      try {
        return opened.closed ? 'cut off' : opened.document.body.textContent;
      } catch (error) {
        return (error as Error).name;
      }
    });
    expect(['cut off', 'SecurityError']).toContain(read);
    await page.close();
    await (await popup).close();
    evil.closeAllConnections();
    evil.close();
    await host.stop();
  });
});
