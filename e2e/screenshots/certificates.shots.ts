import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { toPem } from '../../electron/domain/x509/pem.ts';
import {
  caShape,
  createTestChain,
  issueCertificate,
  leafShape,
  type TestHash,
} from '../../electron/testing/chain-factory.ts';
import type { TestDirs } from '../hosts/host.ts';
import { startEngine } from '../interop/engine.ts';
import { go, takeShots, type Scene } from './shots.ts';

const day = (days: number): Date => new Date(Date.now() + days * 24 * 60 * 60 * 1000);
const named = (CN: string) =>
  [
    ['C', 'JP'],
    ['ST', 'Tokyo'],
    ['O', 'Acme'],
    ['CN', CN],
  ] as const;
const root = (name: string, notAfter: Date): string =>
  toPem('CERTIFICATE', issueCertificate({ ...caShape(name), subject: named(name), notAfter }, undefined, name).der);
const alone = toPem(
  'CERTIFICATE',
  issueCertificate({ ...leafShape, subject: named('build-server'), notAfter: day(3.5) }, undefined, 'alone').der,
);

async function putStore(dirs: TestDirs, place: string, files: Readonly<Record<string, string>>): Promise<void> {
  const folder = path.join(dirs.configDir, 'truststore', 'x509', place);
  await mkdir(folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) await writeFile(path.join(folder, name), text);
}

/** Stores with something in every lane, keys that break a rule or have lost their files, and a long store. */
const troubled: Scene<void> = {
  prepare: async (dirs) => {
    const acme = root('Acme Code Signing Root', day(400));
    await putStore(dirs, 'ca/acme', { 'acme-root.crt': acme, 'old-root.crt': root('Acme Root 2016', day(-30)) });
    await putStore(dirs, 'ca/builds', { 'build-server.pem': alone, 'acme.pem': acme });
    await putStore(dirs, 'ca/torn', { 'torn.pem': '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n' });
    await putStore(dirs, 'tsa/clock', { 'clock.crt': root('Clock Root', day(25.5)) });
    const many = Array.from({ length: 60 }, (_, index) => `Authority ${index}`);
    const long = Object.fromEntries(many.map((name, index) => [`a-${index}.crt`, root(name, day(900))]));
    await putStore(dirs, 'ca/many', long);
    const localKeys = path.join(dirs.configDir, 'localkeys');
    await mkdir(localKeys, { recursive: true });
    const chain = createTestChain({
      length: 3,
      leaf: { subject: named('release'), notAfter: day(20.5), keyUsage: { usages: ['digitalSignature', 'cRLSign'] } },
      intermediate: { hash: 'sha1' satisfies TestHash },
    });
    for (const name of ['weak', 'moved']) {
      await writeFile(path.join(localKeys, `${name}.key`), chain.keyPem, { mode: 0o600 });
      await writeFile(path.join(localKeys, `${name}.crt`), chain.chainPem);
    }
    const entry = (name: string, folder: string) => ({
      name,
      keyPath: path.join(folder, `${name}.key`),
      certPath: path.join(folder, `${name}.crt`),
    });
    const old = '/home/somebody/.config/notation/localkeys';
    const keys = [entry('weak', localKeys), entry('moved', old), entry('lost', old)];
    await writeFile(path.join(dirs.configDir, 'signingkeys.json'), JSON.stringify({ default: 'weak', keys }));
    const engine = await startEngine(dirs.home);
    await engine.call('keys.createTestKey', { name: 'try-out', makeDefault: false });
    await engine.stop();
  },
  tidy: async () => undefined,
};

const chooseCertificate = async (page: Page, name: RegExp): Promise<void> => {
  await go(page, '/trust-stores');
  await page.getByRole('main').getByRole('button', { name }).first().click();
};

takeShots(troubled, {
  'certificates-stores': (page) => go(page, '/trust-stores'),
  'certificates-self-signed': (page) => chooseCertificate(page, /^build-server/),
  'certificates-long-store': async (page) => {
    const field = page.getByRole('searchbox');
    await field.fill('authority 1');
    await field.scrollIntoViewIfNeeded();
  },
  'certificates-broken-chain': (page) => go(page, '/keys?key=weak'),
  'certificates-extensions': async (page) => {
    await page.getByRole('complementary').getByRole('link').last().scrollIntoViewIfNeeded();
  },
  'certificates-gone': (page) => go(page, '/keys?key=moved'),
  'certificates-repair': async (page) => {
    await page.getByRole('main').getByRole('note').getByRole('button').first().click();
    await page.getByRole('dialog').getByRole('listitem').first().waitFor();
  },
  'certificates-compare-choice': async (page) => {
    await go(page, '/keys?key=weak');
    await page.locator('a[href*="compare="]').click();
    await page.getByRole('dialog').getByRole('listitem').first().waitFor();
  },
  'certificates-compare': async (page) => {
    await page.getByRole('dialog').getByRole('listitem').getByRole('button').first().click();
    await page.getByRole('dialog').getByRole('table').waitFor();
  },
});
