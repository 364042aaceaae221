import path from 'node:path';
import { expect, test } from '../hosts/fixtures.ts';
import type { RunningApp } from '../hosts/host.ts';
import { expectNoViolations } from './accessibility.ts';
import { openTag } from './places.ts';
import { saveFile } from './save-file.ts';
import { closeSheet, makeTestCertificate, signWithChosenKey } from './steps.ts';

/** Saves what the menu of reports offers. */
function save(app: RunningApp, entry: string, file: string): Promise<string> {
  const { page } = app;
  return saveFile(app, file, async () => {
    await page.getByRole('main').getByRole('button', { name: 'Report', exact: true }).click();
    await page.getByRole('menuitem', { name: entry }).click();
  });
}

test('a verdict is taken along as JSON, Markdown, JUnit and SARIF', async ({ startApp, dirs }) => {
  const app = await startApp();
  const { page } = app;
  const at = (name: string): string => path.join(dirs.scratch, name);
  await makeTestCertificate(page);
  await openTag(page, undefined, { tag: '1.0', scope: '' });
  await signWithChosenKey(page);
  await closeSheet(page);
  await expect(page.getByText('Not trusted: there is no trust policy.')).toBeVisible();

  const json = JSON.parse(await save(app, 'Save as JSON…', at('report.json'))) as { report: unknown };
  expect(json.report).toMatchObject({ verdict: 'notTrusted', policy: { kind: 'missing' } });

  expect(await save(app, 'Save as Markdown…', at('report.md'))).toMatch(/^# Not trusted\n\n- Artifact: /);

  const junit = await save(app, 'Save as JUnit XML…', at('report.xml'));
  expect(junit.match(/<testcase /g)).toHaveLength(6);
  expect(junit.match(/<failure type="notTrusted" /g)).toHaveLength(1);

  const sarif = JSON.parse(await save(app, 'Save as SARIF…', at('report.sarif'))) as {
    runs: readonly { results: readonly { ruleId: string }[] }[];
  };
  expect(sarif.runs[0]?.results.map(({ ruleId }) => ruleId)).toContain('verdict.notTrusted');

  await page.getByRole('main').getByRole('button', { name: 'Report', exact: true }).click();
  await expect(page.getByRole('menuitem', { name: 'Copy as Markdown' })).toBeVisible();
  await expectNoViolations(page, 'the menu of reports');
});
