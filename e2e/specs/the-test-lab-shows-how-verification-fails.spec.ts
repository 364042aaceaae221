import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from '../hosts/fixtures.ts';
import { expectNoViolations } from './accessibility.ts';
import { goTo } from './steps.ts';

const drills = [
  { title: 'A stranger’s root', failing: 'Authenticity' },
  { title: 'The wrong name', failing: 'Authenticity' },
  { title: 'An expired signature', failing: 'Expiry' },
  { title: 'A changed payload', failing: 'Integrity' },
  { title: 'A moved tag', failing: undefined },
  { title: 'A revoked certificate', failing: 'Revocation' },
  { title: 'No timestamp', failing: 'Authentic timestamp' },
] as const;

test('one click makes a working example, seven drills show how it fails, and it all goes again', async ({
  page,
  dirs,
  configDir,
}) => {
  const main = page.getByRole('main');
  const read = (file: string): Promise<unknown> =>
    readFile(path.join(configDir, file), 'utf8').then((text) => JSON.parse(text) as unknown);
  const filesOf = (folder: string): Promise<string[]> =>
    readdir(folder, { recursive: true, withFileTypes: true }).then(
      (entries) => entries.filter((entry) => entry.isFile()).map(({ name }) => name),
      () => [],
    );

  await test.step('the plan names every file before anything is written', async () => {
    await goTo(page, 'Test lab');
    const plan = main.getByRole('group', { name: 'Notation configuration' });
    await expect(plan.getByText('test-lab-root.crt')).toHaveCount(2);
    await expect(plan.getByText('new, statement test-lab')).toBeVisible();
    await expectNoViolations(page, 'an empty test lab');
    expect(await filesOf(path.join(configDir, 'localkeys'))).toEqual([]);
  });

  await test.step('one click: signed, and verified under a policy for one repository', async () => {
    await main.getByRole('button', { name: 'Make a working example' }).click();
    const example = main.getByRole('region', { name: 'The working example' });
    await expect(example.getByText('Verified', { exact: true })).toBeVisible();
    await expect(example.getByText('TEST', { exact: true }).first()).toBeVisible();
    expect(await read('trustpolicy.oci.json')).toMatchObject({
      trustPolicies: [{ name: 'test-lab', registryScopes: ['local/test-lab'] }],
    });
    await expect(page.getByRole('navigation').getByRole('link', { name: /^Test lab.*TEST/ })).toBeVisible();
  });

  await test.step('each drill is seen to fail as it should', async () => {
    await main.getByRole('button', { name: 'Run all seven' }).click();
    for (const { title, failing } of drills) {
      const drill = main.getByRole('listitem', { name: title });
      await expect(drill.getByText('As expected')).toBeVisible({ timeout: 20_000 });
      if (failing) await expect(drill.getByText(`${failing}: failed`)).toBeAttached();
      else await expect(drill.getByText('No signature', { exact: true })).toHaveCount(2);
    }
    await expectNoViolations(page, 'a test lab with its drills');
  });

  await test.step('a drill that is put right verifies, and says that something changed', async () => {
    const drill = main.getByRole('listitem', { name: 'The wrong name' });
    const file = path.join(configDir, 'trustpolicy.oci.json');
    const policy = await readFile(file, 'utf8');
    await writeFile(file, policy.replace('CN=test-lab"', 'CN=somebody-else"'));
    await expect(drill.getByText('Verified', { exact: true })).toBeVisible();
    await expect(drill.getByText('Not as expected')).toBeVisible();
    await writeFile(file, policy);
    await expect(drill.getByText('As expected')).toBeVisible();
  });

  await test.step('cleaning up names what goes and keeps what is the user’s', async () => {
    const own = path.join(configDir, 'truststore', 'x509', 'ca', 'test-lab', 'mine.crt');
    await writeFile(own, await readFile(path.join(path.dirname(own), 'test-lab-root.crt')));
    await main.getByRole('button', { name: 'Clean up…' }).click();
    const dialog = page.getByRole('alertdialog', { name: 'Clean up the test lab' });
    await expect(dialog.getByText('kept, not made by the lab')).toBeVisible();
    await expect(dialog.getByText('test-lab.key')).toBeVisible();
    await expectNoViolations(page, 'cleaning up the test lab');
    await dialog.getByRole('button', { name: 'Remove it all' }).click();
    await expect(main.getByRole('button', { name: 'Make a working example' })).toBeVisible();
    expect(await filesOf(path.join(configDir, 'truststore'))).toEqual(['mine.crt']);
    expect(await filesOf(path.join(configDir, 'localkeys'))).toEqual([]);
    expect(await filesOf(path.join(dirs.inkanHome, 'test-lab'))).toEqual([]);
    expect(await read('signingkeys.json')).toMatchObject({ keys: [] });
  });
});
