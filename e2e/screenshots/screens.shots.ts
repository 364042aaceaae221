import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Page } from '@playwright/test';
import { startEngine, type Engine } from '../interop/engine.ts';
import { configureFor, issueChain } from '../interop/authority.ts';
import { pathOf, seed, startPeer, type Peer } from '../interop/peers.ts';
import { go, takeShots, type Scene } from './shots.ts';

const nothing: Scene<void> = { prepare: async () => undefined, tidy: async () => undefined };

takeShots(nothing, {
  'playground-new': (page) => go(page, '/sources/playground'),
  'keys-empty': (page) => go(page, '/keys'),
  'plugins-empty': (page) => go(page, '/plugins'),
  'trust-stores-empty': (page) => go(page, '/trust-stores'),
  'policies-empty': (page) => go(page, '/policies'),
  'policies-blob-empty': (page) => go(page, '/policies?document=blob'),
  'files-empty': (page) => go(page, '/files'),
  'activity-empty': (page) => go(page, '/activity'),
  settings: (page) => go(page, '/settings'),
  'add-registry': (page) => go(page, '/settings?dialog=addSource'),
});

interface Signed {
  readonly peer: Peer;
  readonly source: string;
  readonly artifact: string;
  readonly failing: string;
}

async function signTag(
  engine: Engine,
  sourceId: string,
  repository: string,
  tag: string,
  keyName: string,
): Promise<void> {
  const place = { sourceId, repository, reference: tag };
  const { descriptor } = await engine.call('artifacts.resolveReference', place);
  await engine.call('sign.signArtifact', { ...place, digest: descriptor.digest, keyName });
}

/** The article's state: one image signed by a trusted key, one by a key that no policy trusts. */
const signed: Scene<Signed> = {
  prepare: async (dirs) => {
    const peer = await startPeer('registry');
    await seed({ registry: peer.address });
    const host = peer.address.replace('127.0.0.1', 'localhost');
    const engine = await startEngine(dirs.home);
    await engine.call('keys.createTestKey', { name: 'suji-toshi-mashoya' });
    await engine.call('keys.createTestKey', {
      name: 'fade-out',
      makeDefault: false,
      trust: false,
      algorithm: 'EC-256',
    });
    await engine.call('keys.createTestKey', { name: 'release-bot', makeDefault: false, validityDays: 76 });
    const { id } = await engine.call('registries.addRegistry', { host });
    await signTag(engine, id, 'library/busybox', '1.36', 'suji-toshi-mashoya');
    await signTag(engine, id, 'library/busybox', '1.36', 'release-bot');
    await signTag(engine, id, 'library/busybox', '1.36', 'fade-out');
    await signTag(engine, id, 'samples/hello', '1.0', 'fade-out');
    const { revision } = await engine.call('policies.readPolicy', {});
    const statement = {
      name: 'busybox-images',
      registryScopes: [`${host}/library/busybox`],
      signatureVerification: { level: 'strict', override: { revocation: 'log' } },
      trustStores: ['ca:suji-toshi-mashoya'],
      trustedIdentities: ['x509.subject: C=US, ST=WA, O=Notary, CN=suji-toshi-mashoya'],
    };
    const web = { ...statement, name: 'release-images', registryScopes: ['ghcr.io/acme/web', 'ghcr.io/acme/api'] };
    const text = JSON.stringify({ version: '1.0', trustPolicies: [statement, web] }, undefined, 2);
    await engine.call('policies.savePolicy', { text, ifRevision: revision });
    await engine.stop();
    const source = `/sources/${id}`;
    const artifact = (repository: string, tag: string): string =>
      `${source}/artifact?repository=${encodeURIComponent(repository)}&reference=${tag}`;
    return { peer, source, artifact: artifact('library/busybox', '1.36'), failing: artifact('samples/hello', '1.0') };
  },
  tidy: ({ peer }) => peer.stop(),
};

takeShots(signed, {
  registry: (page, { source }) => go(page, source),
  tags: (page, { source }) => go(page, `${source}?repository=${encodeURIComponent('library/busybox')}`),
  artifact: async (page, { artifact }) => {
    await go(page, artifact);
    await page
      .getByRole('treegrid')
      .getByRole('row', { name: /suji-toshi-mashoya/ })
      .click();
  },
  'artifact-envelope': (page) => page.getByRole('tab').nth(1).click(),
  'artifact-certificates': (page) => page.getByRole('tab').nth(2).click(),
  'artifact-payload': (page) => page.getByRole('tab').nth(3).click(),
  'artifact-failing': async (page, { failing }) => {
    await go(page, failing);
    await page.getByRole('treegrid').getByRole('row').first().click();
    await page.getByRole('tab').first().click();
  },
  sign: (page, { failing }) => go(page, failing.replace('/artifact?', '/artifact/sign?')),
  'sign-cose': (page) => page.getByRole('radio', { name: 'COSE' }).click(),
  'sign-done': async (page) => {
    await page.getByRole('dialog').getByRole('button').last().click();
    await page.getByRole('dialog').getByRole('status').waitFor();
  },
  'artifact-cose-raw': async (page, { failing }) => {
    await go(page, failing);
    await page
      .getByRole('treegrid')
      .getByRole('row', { name: /suji-toshi-mashoya/ })
      .click();
    await page.getByRole('tab').nth(4).click();
  },
  inspection: async (page) => {
    await page.getByRole('tabpanel').getByRole('button').first().click();
    await page.getByRole('dialog').getByRole('figure').waitFor();
  },
  keys: (page) => go(page, '/keys'),
  'trust-stores': (page) => go(page, '/trust-stores'),
  'add-certificates': async (page) => {
    await page.getByRole('main').getByRole('button').first().click();
    await page.getByRole('dialog').waitFor();
  },
  policies: (page) => go(page, '/policies'),
  activity: (page) => go(page, '/activity'),
  palette: async (page) => {
    await go(page, '/settings');
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').getByRole('textbox').fill('localhost:5000/library/busybox:1.36');
  },
});

/** Two signers whose certificates name servers: one list answers where OCSP will not, one certificate was revoked. */
const asked: Scene<Peer> = {
  prepare: async (dirs) => {
    const peer = await startPeer('revocation');
    const engine = await startEngine(dirs.home);
    await engine.call('app.updateSettings', { revocationPrivateAddresses: true });
    const { sources } = await engine.call('registries.listSources', {});
    const playground = sources.find(({ isPlayground }) => isPlayground)?.id ?? '';
    const good = await issueChain(peer.address, { leafOCSP: ['try-later'], leafCRL: ['good'], caCRL: ['good'] });
    await configureFor(good, dirs.configDir, 'local/playground');
    await signTag(engine, playground, '', '1.0', 'release');
    await configureFor(
      await issueChain(peer.address, { leafOCSP: ['absent', 'revoked'] }),
      dirs.configDir,
      'local/playground',
    );
    await signTag(engine, playground, '', '1.0', 'release');
    await engine.stop();
    return peer;
  },
  tidy: (peer) => peer.stop(),
};

/** Opens a signature by its place in the list, and what was asked about it. */
const openSignature = async (page: Page, place: number): Promise<void> => {
  await go(page, '/sources/playground/artifact?repository=&reference=1.0');
  await page.getByRole('treegrid').getByRole('row').nth(place).click();
  const details = page.getByRole('complementary').locator('details:has(ul)').last();
  if ((await details.getAttribute('open')) === null) await details.locator('summary').first().click();
  await details.scrollIntoViewIfNeeded();
};

takeShots(asked, {
  'revocation-first': (page) => openSignature(page, 0),
  'revocation-second': (page) => openSignature(page, 1),
  'settings-revocation': async (page) => {
    await go(page, '/settings');
    await page.getByRole('radiogroup').nth(4).scrollIntoViewIfNeeded();
  },
});

interface Archived {
  readonly source: string;
  readonly artifact: string;
}

/** A layout in an archive, before and after something in it is signed. */
const archived: Scene<Archived> = {
  prepare: async (dirs) => {
    const layouts = path.join(dirs.scratch, 'layouts');
    await seed({ layout: layouts });
    const archive = path.join(dirs.scratch, 'busybox.tar.gz');
    await promisify(execFile)(pathOf('pack'), ['-folder', path.join(layouts, 'library-busybox'), '-out', archive]);
    const engine = await startEngine(dirs.home);
    await engine.call('keys.createTestKey', { name: 'suji-toshi-mashoya' });
    const bytes = await readFile(archive);
    const { id } = await engine.call('intake.openFile', { name: 'busybox.tar.gz', size: bytes.length, keep: 'spool' });
    await engine.call('intake.appendChunk', { id, offset: 0, base64: bytes.toString('base64') });
    const { source } = await engine.call('layouts.addArchive', { fileId: id });
    await engine.stop();
    const at = `/sources/${source.id}`;
    return { source: at, artifact: `${at}/artifact?repository=&reference=1.36` };
  },
  tidy: async () => undefined,
};

takeShots(archived, {
  archive: (page, { source }) => go(page, source),
  'archive-sign': (page, { artifact }) => go(page, artifact.replace('/artifact?', '/artifact/sign?')),
  'archive-signed': async (page) => {
    await page.getByRole('dialog').getByRole('button').last().click();
    await page.getByRole('dialog').getByRole('status').waitFor();
  },
  'archive-unsaved': (page, { source }) => go(page, source),
});

/** What goes wrong: a registry that is gone, a policy that no longer parses, a certificate file that is none. */
const broken: Scene<{ source: string }> = {
  prepare: async (dirs) => {
    const engine = await startEngine(dirs.home);
    await engine.call('keys.createTestKey', { name: 'suji-toshi-mashoya' });
    const { id } = await engine.call('registries.addRegistry', { host: '127.0.0.1:1', plainHttp: 'always' });
    await engine.stop();
    await writeFile(
      path.join(dirs.configDir, 'trustpolicy.oci.json'),
      '{\n  "version": "1.0",\n  "trustPolicies": [ }\n',
    );
    const store = path.join(dirs.configDir, 'truststore', 'x509', 'ca', 'suji-toshi-mashoya');
    await writeFile(path.join(store, 'broken.crt'), 'not a certificate');
    return { source: `/sources/${id}` };
  },
  tidy: async () => undefined,
};

takeShots(broken, {
  'registry-unreachable': (page, { source }) => go(page, source),
  'policies-malformed': (page) => go(page, '/policies'),
  'trust-stores-broken': (page) => go(page, '/trust-stores'),
});
