import { createHash } from 'node:crypto';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createTestChain, issueCertificate, leafShape } from '../../electron/testing/chain-factory.ts';
import { toPem } from '../../electron/domain/x509/pem.ts';
import { expect, test } from '../hosts/fixtures.ts';
import { expectNoViolations } from './accessibility.ts';
import { openTag } from './places.ts';
import { closeSheet, goTo, signWithChosenKey } from './steps.ts';

const dayMs = 24 * 60 * 60 * 1000;
const chain = createTestChain({ length: 3, leaf: { notAfter: new Date(Date.now() + 20.5 * dayMs) } });
const rootDer = chain.ders.at(-1) ?? new Uint8Array();
const fingerprint = createHash('sha256').update(rootDer).digest('hex');
/** A certificate that signs itself and ends in three days. */
const own = issueCertificate(
  {
    ...leafShape,
    subject: [
      ['C', 'US'],
      ['ST', 'WA'],
      ['O', 'Notary'],
      ['CN', 'alone'],
    ],
    notAfter: new Date(Date.now() + 3.5 * dayMs),
  },
  undefined,
  'alone',
);

test('the chain of a signature is examined, compared, and its root trusted by its fingerprint', async ({
  page,
  configDir,
}) => {
  const store = (name: string): string => path.join(configDir, 'truststore', 'x509', 'ca', name);
  const local = path.join(configDir, 'localkeys');
  await mkdir(local, { recursive: true });
  await writeFile(path.join(local, 'release.key'), chain.keyPem, { mode: 0o600 });
  await writeFile(path.join(local, 'release.crt'), chain.chainPem);
  for (const name of ['one', 'two']) {
    await mkdir(store(name), { recursive: true });
    await writeFile(path.join(store(name), 'alone.pem'), toPem('CERTIFICATE', own.der));
  }
  const entry = {
    name: 'release',
    keyPath: path.join(local, 'release.key'),
    certPath: path.join(local, 'release.crt'),
  };
  await writeFile(path.join(configDir, 'signingkeys.json'), JSON.stringify({ default: 'release', keys: [entry] }));
  const main = page.getByRole('main');
  const compare = page.getByRole('dialog', { name: 'Compare certificates' });

  await test.step('each certificate of a signature’s chain shows its rules and its extensions by name', async () => {
    await openTag(page, undefined, { tag: '1.0', scope: '' });
    await signWithChosenKey(page);
    await closeSheet(page);
    await page.getByRole('tab', { name: 'Certificates' }).click();
    await expect(main.getByText('Rules for the leaf')).toBeVisible();
    await expect(main.getByText('No usage for TLS, e-mail, timestamps or OCSP')).toBeVisible();
    await main.getByRole('button', { name: /^root/ }).click();
    await expect(main.getByText('Rules for the root')).toBeVisible();
    await expect(main.getByText('Basic constraints', { exact: true })).toBeVisible();
    await expectNoViolations(page, 'the chain of a signature');
  });

  await test.step('two certificates are compared line by line', async () => {
    await main.getByRole('link', { name: 'Compare…' }).click();
    await compare.getByRole('button', { name: /^alone/ }).click();
    await expect(compare.getByText(/lines differ/)).toBeVisible();
    await expect(compare.getByRole('row', { name: /Subject.*CN=root.*CN=alone/ })).toBeVisible();
    await compare.getByRole('checkbox', { name: 'Only what differs' }).click();
    await expect(compare.getByRole('row', { name: /EC P-256/ })).toBeHidden();
    await expectNoViolations(page, 'two certificates side by side');
    await compare.getByRole('contentinfo').getByRole('button', { name: 'Close' }).click();
  });

  await test.step('its root goes into a store once the whole fingerprint is confirmed', async () => {
    await main.getByRole('link', { name: 'Trust its root…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Add certificates to a trust store' });
    const shown = dialog.getByRole('list', { name: '1 certificate found' });
    await expect.poll(async () => (await shown.textContent())?.replace(/[^0-9a-f]/g, '')).toContain(fingerprint);
    await dialog.getByRole('textbox', { name: 'Store name' }).fill('acme');
    await expect(dialog.getByRole('button', { name: 'Trust this certificate' })).toBeDisabled();
    await dialog.getByRole('checkbox', { name: 'The fingerprint above is the one that I expect' }).click();
    await dialog.getByRole('button', { name: 'Trust this certificate' }).click();
    await expect(dialog).toBeHidden();
    expect(await readdir(store('acme'))).toEqual(['root.crt']);
  });

  await test.step('the stores tell what ends soon, what is there twice, and what nobody uses', async () => {
    await goTo(page, 'Trust stores');
    const board = main.getByRole('region', { name: 'Certificates that end soon' });
    await expect(board.getByText('in 3 days')).toHaveCount(2);
    const one = main.getByRole('region', { name: 'ca:one' });
    await expect(one.getByText('Unused')).toBeVisible();
    await expect(one.getByText('also in ca:two/alone.pem')).toBeVisible();
    await board.getByRole('button', { name: 'alone' }).first().click();
    await expect(main.getByText('It signs itself, and is no authority')).toBeVisible();
    await expectNoViolations(page, 'stores with what is wrong in them');
  });

  await test.step('the keys tell in days when they end, and what depends on them', async () => {
    await goTo(page, 'Keys and certificates');
    const board = main.getByRole('region', { name: 'Certificates that end soon' });
    await expect(board.getByText('in 20 days')).toBeVisible();
    await expect(board.getByText('store ca:acme, 1 signature seen since the start')).toBeVisible();
  });
});
