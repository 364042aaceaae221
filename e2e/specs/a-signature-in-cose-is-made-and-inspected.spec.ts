import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from '../hosts/fixtures.ts';
import { openTag } from './places.ts';
import { closeSheet, goTo, makeTestCertificate, signWithChosenKey } from './steps.ts';

test('a signature is made in COSE, looked into, and inspected as notation does; the choice can be kept', async ({
  page,
  dirs,
}) => {
  await makeTestCertificate(page);
  await openTag(page, undefined, { tag: '1.0', scope: '' });
  await page.getByRole('button', { name: 'Sign…', exact: true }).click();
  const sheet = page.getByRole('dialog', { name: /^Sign / });
  const formats = sheet.getByRole('radiogroup', { name: 'Envelope format' });
  await expect(formats.getByRole('radio', { name: 'JWS' })).toBeChecked();
  await formats.getByRole('radio', { name: 'COSE' }).click();
  await expect(sheet.getByText(/--signature-format cose/)).toBeVisible();
  await signWithChosenKey(page);
  await closeSheet(page);

  const inspector = page.getByRole('complementary', { name: 'Inspector' });
  await page.getByRole('treegrid').getByRole('row').first().click();
  await inspector.getByRole('tab', { name: 'Envelope' }).click();
  await expect(inspector.getByText('COSE', { exact: true })).toBeVisible();
  await expect(inspector.getByText('33 (x5chain)')).toBeVisible();
  await inspector.getByRole('tab', { name: 'Raw' }).click();
  await expect(inspector.getByText('18([')).toBeVisible();

  await inspector.getByRole('button', { name: 'Inspect as notation does…' }).click();
  const inspection = page.getByRole('dialog', { name: 'The signature, inspected' });
  await expect(inspection.getByText('"signatureEnvelopeType": "application/cose"')).toBeVisible();
  await inspection.getByRole('radio', { name: 'Tree' }).click();
  await expect(inspection.getByText('signature envelope type: application/cose')).toBeVisible();
  await inspection.getByRole('button', { name: 'Close' }).last().click();

  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Inspect as notation does…' }).click();
  const all = page.getByRole('dialog', { name: 'All signatures, inspected' });
  await expect(all.getByText('"signatures": [')).toBeVisible();
  await all.getByRole('button', { name: 'Close' }).last().click();

  await goTo(page, 'Settings');
  await page.getByRole('radiogroup', { name: 'Envelope format' }).getByRole('radio', { name: 'COSE' }).click();
  await expect
    .poll(() => readFile(path.join(dirs.configDir, 'config.json'), 'utf8').catch(() => ''))
    .toContain('"signatureFormat": "cose"');
  await openTag(page, undefined, { tag: '1.1', scope: '' });
  await page.getByRole('button', { name: 'Sign…', exact: true }).click();
  await expect(formats.getByRole('radio', { name: 'COSE' })).toBeChecked();
});
