import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from '@playwright/test';
import type { TestDirs } from '../hosts/host.ts';
import { seed, startPeer, type Peer } from '../interop/peers.ts';

/** One kind of place a journey works in: how it is opened, and what the two artifacts of the article are called there. */
export interface JourneyPlace {
  readonly title: string;
  /** Before the app starts: a registry with the samples in it, and its credentials. */
  prepare(dirs: TestDirs): Promise<JourneyRegistry>;
}
export interface JourneyRegistry {
  /** What the user types to add it; undefined for the playground, which is there. */
  readonly host?: string;
  /** Repository and tag of the image that is signed by a trusted key, and of the one that is not. */
  readonly trusted: Target;
  readonly untrusted: Target;
  stop(): Promise<void>;
}
export interface Target {
  readonly repository?: string;
  readonly tag: string;
  /** What policy scopes are compared with. */
  readonly scope: string;
}

async function prepareRegistry(peer: Peer, credentials?: { user: string; password: string }): Promise<JourneyRegistry> {
  await seed({ registry: peer.address, ...credentials });
  const host = peer.address.replace('127.0.0.1', 'localhost');
  return {
    host,
    trusted: { repository: 'library/busybox', tag: '1.36', scope: `${host}/library/busybox` },
    untrusted: { repository: 'samples/hello', tag: '1.0', scope: `${host}/samples/hello` },
    stop: () => peer.stop(),
  };
}

const credentials = { user: 'suji', password: 'open sesame' };

/** Registries with and without the referrers API, and the layout that Inkan brings. */
export const places: readonly JourneyPlace[] = [
  {
    title: 'a registry with the referrers API',
    prepare: async () => prepareRegistry(await startPeer('registry')),
  },
  {
    title: 'a registry without it, behind a password',
    prepare: async (dirs) => {
      const peer = await startPeer('distribution', ['-user', credentials.user, '-password', credentials.password]);
      const prepared = await prepareRegistry(peer, credentials);
      const auth = Buffer.from(`${credentials.user}:${credentials.password}`).toString('base64');
      const folder = path.join(dirs.home, '.docker');
      await mkdir(folder, { recursive: true });
      await writeFile(path.join(folder, 'config.json'), JSON.stringify({ auths: { [prepared.host ?? '']: { auth } } }));
      return prepared;
    },
  },
  {
    title: 'the playground',
    prepare: async () => ({
      trusted: { tag: '1.0', scope: 'local/playground' },
      // The playground is one repository, so the second image is another tag of it.
      untrusted: { tag: '1.1', scope: 'local/playground' },
      stop: async () => undefined,
    }),
  },
];

/** Opens a tag by clicking through the rail, the repositories and the tags. */
export async function openTag(page: Page, host: string | undefined, target: Target): Promise<void> {
  const rail = page.getByRole('navigation', { name: 'Sources and tools' });
  await rail.getByRole('link', { name: host ?? 'Playground' }).click();
  if (target.repository) await page.getByRole('option', { name: target.repository }).click();
  await page.getByRole('grid', { name: 'Tags' }).getByText(target.tag, { exact: true }).click();
  await page.getByRole('heading', { level: 1, name: `:${target.tag}` }).waitFor();
}

/** An authority that runs, its root in the store `tsa:clock`. */
export async function prepareAuthority(configDir: string): Promise<Peer> {
  const peer = await startPeer('tsa');
  const root = await (await fetch(`http://${peer.address}/root.pem`)).text();
  const store = path.join(configDir, 'truststore', 'x509', 'tsa', 'clock');
  await mkdir(store, { recursive: true });
  await writeFile(path.join(store, 'root.pem'), root);
  return peer;
}
