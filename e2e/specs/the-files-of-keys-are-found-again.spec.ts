import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createTestChain } from '../../electron/testing/chain-factory.ts';
import { expect, test } from '../hosts/fixtures.ts';
import { expectNoViolations } from './accessibility.ts';
import { goTo } from './steps.ts';

const chain = createTestChain({ length: 2 });

test('keys whose files were moved are found again, and only their paths change in the list', async ({
  page,
  configDir,
}) => {
  const local = path.join(configDir, 'localkeys');
  const file = path.join(configDir, 'signingkeys.json');
  const old = '/home/somebody/.config/notation/localkeys';
  const entry = (name: string): string =>
    `{"note": 1e400, "name":"${name}", "keyPath":"${old}/${name}.key",\n  "certPath":"${old}/${name}.crt"}`;
  const list = `{ "default":"release","keys":[${entry('release')}, ${entry('spare')}] }\n`;
  const put = async (name: string): Promise<void> => {
    await writeFile(path.join(local, `${name}.key`), chain.keyPem, { mode: 0o600 });
    await writeFile(path.join(local, `${name}.crt`), chain.chainPem);
  };
  await mkdir(local, { recursive: true });
  await put('release');
  await writeFile(file, list);
  const main = page.getByRole('main');
  const dialog = page.getByRole('dialog', { name: 'Find the files of keys again' });

  await test.step('the keys screen says whose files are gone', async () => {
    await goTo(page, 'Keys and certificates');
    await expect(main.getByText('The files of 2 keys are gone')).toBeVisible();
    await main.getByRole('button', { name: 'Find the files…' }).first().click();
  });

  await test.step('it is shown what would be replaced in which entry, and what was not found', async () => {
    await expect(dialog.getByText('/home/somebody/.config', { exact: true })).toBeVisible();
    await expect(dialog.getByText(path.join(local, 'release.key'), { exact: true })).toBeVisible();
    await expect(dialog.getByText('1 entry changes')).toBeVisible();
    await expect(dialog.getByRole('listitem').filter({ hasText: /^spare/ })).toBeVisible();
    await expectNoViolations(page, 'finding files of keys again');
    expect(await readFile(file, 'utf8')).toBe(list);
  });

  await test.step('confirmed, exactly these paths are written', async () => {
    await dialog.getByRole('button', { name: 'Change 1 entry' }).click();
    await expect(dialog.getByText('1 entry changes')).toBeHidden();
    expect(await readFile(file, 'utf8')).toBe(list.replaceAll(`${old}/release`, path.join(local, 'release')));
  });

  await test.step('once its files are back, the other one is found as well', async () => {
    await put('spare');
    await dialog.getByRole('button', { name: 'Change 1 entry' }).click();
    await expect(dialog).toBeHidden();
    expect(await readFile(file, 'utf8')).toBe(list.replaceAll(old, local));
    await expect(main.getByText(/The files of/)).toBeHidden();
    await expect(main.getByRole('grid').getByRole('row', { name: /spare/ }).getByText('EC P-256')).toBeVisible();
  });
});
