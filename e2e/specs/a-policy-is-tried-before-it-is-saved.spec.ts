import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from '../hosts/fixtures.ts';
import { expectNoViolations } from './accessibility.ts';
import { openTag } from './places.ts';
import { closeSheet, goTo, makeTestCertificate, signWithChosenKey } from './steps.ts';

const name = 'test-key';
const statement = (change: object) => ({
  name: 'prod',
  registryScopes: ['localhost:5000/net-monitor'],
  signatureVerification: { level: 'strict' },
  trustStores: [`ca:${name}`],
  trustedIdentities: ['x509.subject: C=JP, ST=Tokyo, O=Other'],
  ...change,
});

test('a reference and a signer are tried on a policy, and it is told what a draft would change', async ({
  page,
  configDir,
}) => {
  const file = path.join(configDir, 'trustpolicy.oci.json');
  await makeTestCertificate(page);
  const playground = statement({ name: 'here', registryScopes: ['local/playground'], trustedIdentities: ['*'] });
  await writeFile(file, JSON.stringify({ version: '1.0', trustPolicies: [statement({}), playground] }, undefined, 2));
  await openTag(page, undefined, { tag: '1.0', scope: '' });
  await signWithChosenKey(page);
  await closeSheet(page);
  await expect(page.getByText(/Verified under policy/).first()).toBeVisible();
  await goTo(page, 'Trust policies');
  const simulator = page.getByRole('region', { name: 'Which statement applies?' });

  await test.step('a near miss says why it is one', async () => {
    await simulator.getByRole('searchbox').fill('localhost:5000/net-logger:1.0');
    await expect(simulator.getByText(/scopes are exact repositories, prefixes do not match/)).toBeVisible();
    await expect(simulator.getByText('No statement applies,')).toBeVisible();
  });

  await test.step('a signer is compared name part by name part, and accepted by a reviewed change', async () => {
    await simulator.getByRole('searchbox').fill('localhost:5000/net-monitor:1.0');
    await simulator.getByRole('button', { name: /Signer to try/ }).click();
    await page.getByRole('option', { name }).first().click();
    await expect(simulator.getByText('This statement does not trust the signer: no identity matches.')).toBeVisible();
    await expect(simulator.getByText('the signer has US')).toBeVisible();
    await expectNoViolations(page, 'a signer tried on a policy');
    await simulator.getByRole('link', { name: 'Accept this signer…' }).click();
    const review = page.getByRole('dialog', { name: 'Review the proposed change' });
    await expect(review.getByText(/prod: identity x509\.subject: .* added/)).toBeVisible();
    await review.getByRole('button', { name: 'Save' }).click();
    await expect(review).toBeHidden();
    expect(await readFile(file, 'utf8')).toContain(`CN=${name}`);
    await expect(simulator.getByText('This statement trusts the signer.')).toBeVisible();
  });

  await test.step('a draft says which artifacts would have another verdict', async () => {
    await page.getByRole('button', { name: /^here/ }).click();
    await page.getByRole('radio', { name: 'Only listed' }).click();
    await page.getByRole('button', { name: 'Another identity' }).click();
    const strip = page.getByRole('region', { name: 'What the draft would change' });
    for (const part of ['C', 'ST', 'O']) await page.getByRole('textbox', { name: part, exact: true }).fill('XX');
    await expect(strip.getByText(/1 of \d artifacts verified lately changes verdict/)).toBeVisible();
    await strip.getByRole('button', { name: 'See them' }).click();
    const sheet = page.getByRole('dialog', { name: 'What the draft would change' });
    await expect(sheet.getByText('under here → under here')).toBeVisible();
    await expectNoViolations(page, 'what a draft would change');
  });
});
