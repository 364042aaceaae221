import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { createTestChain } from '../../electron/testing/chain-factory.ts';
import { startEngine, type Engine } from '../interop/engine.ts';
import { installPlugin, writeKey } from '../interop/plugin-peers.ts';
import { go, takeShots, type Scene } from './shots.ts';

/** A signature with metadata, under a policy that trusts it. */
const signed: Scene<void> = {
  prepare: async (dirs) => {
    const engine = await startEngine(dirs.home);
    await engine.call('keys.createTestKey', { name: 'suji-toshi-mashoya' });
    const statement = {
      name: 'samples',
      registryScopes: ['local/playground'],
      signatureVerification: { level: 'strict' },
      trustStores: ['ca:suji-toshi-mashoya'],
      trustedIdentities: ['*'],
    };
    const { revision } = await engine.call('policies.readPolicy', {});
    const text = JSON.stringify({ version: '1.0', trustPolicies: [statement] }, undefined, 2);
    await engine.call('policies.savePolicy', { text, ifRevision: revision });
    const place = { sourceId: 'playground', repository: '', reference: '1.0' };
    const { descriptor } = await engine.call('artifacts.resolveReference', place);
    const userMetadata = { 'io.example.build': '1042' };
    await engine.call('sign.signArtifact', { ...place, digest: descriptor.digest, userMetadata });
    await engine.stop();
  },
  tidy: async () => undefined,
};

const artifact = '/sources/playground/artifact?repository=&reference=1.0';

async function fillPair(page: Page, group: number, name: string, value: string): Promise<void> {
  const pairs = page
    .getByRole('dialog')
    .getByRole('group')
    .filter({ has: page.getByRole('button') })
    .nth(group);
  await pairs.getByRole('button').last().click();
  await pairs.getByRole('textbox').nth(0).fill(name);
  await pairs.getByRole('textbox').nth(1).fill(value);
}

takeShots(signed, {
  'verify-form': async (page) => {
    await go(page, artifact);
    await page.getByRole('main').locator('header button').nth(2).click();
    await fillPair(page, 0, 'io.example.build', '1043');
    await fillPair(page, 1, 'region', '');
    await page.getByRole('dialog').getByRole('textbox').nth(2).fill('0');
  },
  'verify-options': async (page) => {
    const form = page.getByRole('dialog');
    await form.getByRole('textbox').nth(2).fill('25');
    await form.getByRole('textbox').last().fill('eu-west-1');
    await form.getByRole('contentinfo').getByRole('button').last().click();
    await page.getByRole('treegrid').getByRole('row').first().click();
  },
});

async function signFile(engine: Engine, file: string): Promise<string> {
  const [name, bytes] = [path.basename(file), await readFile(file)];
  const { id } = await engine.call('intake.openFile', { name, size: bytes.length, keep: 'hashOnly' });
  await engine.call('intake.appendChunk', { id, offset: 0, base64: bytes.toString('base64') });
  const { signatureName, base64 } = await engine.call('blobs.signFile', { fileId: id, userMetadata: { build: '42' } });
  const signature = path.join(path.dirname(file), signatureName);
  await writeFile(signature, Buffer.from(base64, 'base64'));
  return signature;
}

/** Files that verify, fail, have no signature, one that is no signature, and one whose file is missing. */
const files: Scene<readonly string[]> = {
  prepare: async (dirs) => {
    const engine = await startEngine(dirs.home);
    await engine.call('keys.createTestKey', { name: 'suji-toshi-mashoya' });
    const statement = {
      name: 'releases',
      globalPolicy: true,
      signatureVerification: { level: 'strict' },
      trustStores: ['ca:suji-toshi-mashoya'],
      trustedIdentities: ['*'],
    };
    const place = (name: string): string => path.join(dirs.scratch, name);
    const content = JSON.stringify({ version: '1.0', trustPolicies: [statement] });
    await writeFile(path.join(dirs.configDir, 'trustpolicy.blob.json'), content);
    const [good, changed, plain, unread, lone] = [
      ...['inkan-1.4.0-linux-x64.tar.gz', 'release-notes.md', 'checksums.txt', 'installer.exe', 'only-signature.zip'],
    ].map(place) as [string, string, string, string, string];
    for (const file of [good, changed, plain, unread, lone]) await writeFile(file, Buffer.alloc(400_000, file));
    const signatures = [await signFile(engine, good), await signFile(engine, changed), await signFile(engine, lone)];
    await writeFile(changed, 'changed since');
    await writeFile(`${unread}.jws.sig`, 'no signature');
    await engine.stop();
    return [good, changed, plain, unread, `${unread}.jws.sig`, ...signatures];
  },
  tidy: async () => undefined,
};

const chooseFile = (page: Page, name: RegExp): Promise<void> => page.getByRole('row', { name }).click();

takeShots(files, {
  'files-verified': async (page, all) => {
    await go(page, '/files');
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('main').getByRole('button').first().click();
    await (await chooser).setFiles([...all]);
    await page.getByRole('row', { name: /only-signature/ }).waitFor();
    await chooseFile(page, /inkan-1/);
  },
  'files-changed': (page) => chooseFile(page, /release-notes/),
  'files-unreadable': (page) => chooseFile(page, /installer/),
  'files-unsigned': (page) => chooseFile(page, /checksums/),
  'files-inspection': async (page) => {
    await chooseFile(page, /only-signature/);
    await page.getByRole('tab').last().click();
    await page.getByRole('tabpanel').getByRole('button').first().click();
    await page.getByRole('dialog').getByRole('figure').waitFor();
  },
});

/** A plugin that signs, and nothing else. */
const withPlugin: Scene<void> = {
  prepare: async (dirs) => {
    await writeKey(path.join(dirs.scratch, 'keys'), 'release', createTestChain({ length: 2 }));
    await installPlugin(dirs.configDir, 'raw-plugin', 'com.example.files');
  },
  tidy: async () => undefined,
};

takeShots(withPlugin, {
  'sign-everything': async (page) => {
    await page.setViewportSize({ width: 1440, height: 1800 });
    await go(page, '/sources/playground/artifact/sign?repository=&reference=1.1');
    const sheet = page.getByRole('dialog');
    await sheet.getByRole('note').getByRole('button').last().click();
    await sheet.getByRole('textbox').first().fill('https://vault.example/keys/release');
    await sheet.getByRole('radiogroup').last().getByRole('radio').last().click();
    for (const group of [2, 1]) {
      const pairs = sheet.getByRole('group').filter({ has: page.getByRole('button') });
      await pairs
        .nth(group - 1)
        .getByRole('button')
        .last()
        .click();
    }
  },
});
