import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { expect, test } from '../hosts/fixtures.ts';
import { seed, startPeer, type PeerName } from '../interop/peers.ts';
import { openTag } from './places.ts';
import { addRegistry, closeSheet, makeTestCertificate, paste, signWithChosenKey } from './steps.ts';

const sample = { repository: 'samples/hello', tag: '1.0', scope: '' };

async function startRegistry(name: PeerName): Promise<{ host: string; stop: () => Promise<void> }> {
  const peer = await startPeer(name);
  await seed({ registry: peer.address });
  return { host: peer.address.replace('127.0.0.1', 'localhost'), stop: () => peer.stop() };
}

/** A port on which nobody listens. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

test('one that is not there: what to start or check, and a way to try again', async ({ page }) => {
  const host = `localhost:${String(await freePort())}`;
  await addRegistry(page, host);
  const problem = page.getByRole('main').getByRole('alert');
  await expect(problem).toContainText(`${host} cannot be reached.`);
  await expect(problem).toContainText('Start the registry or check the name and the network, then try again.');
  await expect(page.getByText('Not reachable when it was last probed.')).toBeVisible();
  await expect(problem.getByRole('button', { name: 'Try again' })).toBeEnabled();
});

test('one that speaks plain HTTP where HTTPS was asked: the setting to change, and then it opens', async ({ page }) => {
  const { host, stop } = await startRegistry('registry');
  await addRegistry(page, host, 'Always HTTPS');
  const problem = page.getByRole('main').getByRole('alert');
  await expect(problem).toContainText(`${host} speaks plain HTTP.`);
  await expect(problem).toContainText('choose plain HTTP in the settings of this source');
  await problem.getByRole('button', { name: 'Settings of this source…' }).click();
  const dialog = page.getByRole('dialog', { name: `Settings of ${host}` });
  await dialog.getByRole('radio', { name: 'Always plain HTTP' }).click();
  await expect(dialog.getByText(/Passwords and images cross the network readable by anyone/)).toBeVisible();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('option', { name: sample.repository })).toBeVisible();
  await expect(page.getByText('Plain HTTP, not encrypted')).toBeVisible();
  await stop();
});

test('one that closes the connection on plain HTTP: that the port most likely expects TLS', async ({ page }) => {
  const close = (socket: Socket): void => void socket.on('error', () => undefined).once('data', () => socket.destroy());
  const server = createServer(close).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const host = `localhost:${String((server.address() as AddressInfo).port)}`;
  await addRegistry(page, host, 'Always plain HTTP');
  const problem = page.getByRole('main').getByRole('alert');
  await expect(problem).toContainText(`${host} closed the connection without an answer.`);
  await expect(problem).toContainText('Most likely this port expects TLS (HTTPS).');
  await expect(problem).toContainText('Choose “Always HTTPS” in the settings of this source.');
  server.close();
});

test('a tag that is not in it, pasted: the name to check, and the way back to the tags that are', async ({ page }) => {
  const { host, stop } = await startRegistry('registry');
  await addRegistry(page, host);
  await paste(page, `${host}/${sample.repository}:no-such-tag`);
  const problem = page.getByRole('main').getByRole('alert');
  await expect(problem).toContainText(`There is no`);
  await expect(problem).toContainText('no-such-tag');
  await expect(problem).toContainText('Check the name, or log in.');
  await problem.getByRole('link', { name: 'Back to the tags' }).click();
  await expect(page.getByRole('grid', { name: 'Tags' }).getByText(sample.tag, { exact: true })).toBeVisible();
  await stop();
});

test('one whose list of signatures lies: the signature is shown, and that notation would not see it', async ({
  page,
}) => {
  const { host, stop } = await startRegistry('lying-registry');
  await makeTestCertificate(page);
  await addRegistry(page, host);
  await openTag(page, host, sample);
  await signWithChosenKey(page);
  await closeSheet(page);
  const tree = page.getByRole('treegrid', { name: 'Attached to this artifact' });
  await expect(tree.getByRole('row', { name: /Notation/ })).toBeVisible();
  const warning = /The notation CLI does not find this one: its listing names another artifact type/;
  await expect(tree.getByText(warning).or(tree.getByLabel(warning)).first()).toBeVisible();
  await expect(page.getByRole('main').getByText(/Verified/)).toHaveCount(0);
  await stop();
});
