import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from '../hosts/fixtures.ts';
import { expectNoViolations } from './accessibility.ts';
import { openTag } from './places.ts';
import { closeSheet, makeTestCertificate, signWithChosenKey } from './steps.ts';

/** A program that answers as the `notation` command does: its verdict is in a file, and what it was asked is written to another. */
const program = `#!/bin/sh
here="$(dirname "$0")"
if [ "$1" = version ]; then
  printf 'Notation - a tool to sign and verify artifacts.\\n\\nVersion:     2.0.0-alpha.1\\n'
  exit 0
fi
echo "$NOTATION_CONFIG $*" > "$here/asked"
if [ "$(cat "$here/verdict")" = good ]; then
  echo "Successfully verified signature for $5"
  exit 0
fi
echo 'Error: trust policy is not present.' >&2
exit 1
`;

test.skip(process.platform === 'win32', 'the program is a shell script');

test('the installed notation command judges the same digest, and a difference is explained', async ({
  startApp,
  dirs,
  configDir,
}) => {
  const bin = path.join(dirs.scratch, 'bin');
  await mkdir(bin);
  await writeFile(path.join(bin, 'notation'), program);
  await writeFile(path.join(bin, 'verdict'), 'bad');
  const { page } = await startApp({ env: { PATH: `${bin}:/usr/bin:/bin` } });
  const main = page.getByRole('main');
  await makeTestCertificate(page);
  await openTag(page, undefined, { tag: '1.0', scope: '' });
  await signWithChosenKey(page);
  await closeSheet(page);
  await expect(main.getByText('Not trusted: there is no trust policy.')).toBeVisible();
  const sheet = page.getByRole('dialog', { name: 'The same digest, judged by notation' });
  const compare = (): Promise<void> => main.getByRole('button', { name: 'Compare with notation…' }).click();
  const close = async (): Promise<void> => {
    await page.keyboard.press('Escape');
    await expect(sheet).toBeHidden();
  };

  await test.step('a file that may not be run is no command', async () => {
    await compare();
    await expect(sheet.getByText('The notation command is not installed here.')).toBeVisible();
    await close();
  });

  await test.step('both refuse it; the command worked on the same configuration and digest', async () => {
    await chmod(path.join(bin, 'notation'), 0o755);
    await compare();
    await expect(sheet.getByText('Both refuse it.')).toBeVisible();
    await expect(sheet.getByText('2.0.0-alpha.1')).toBeVisible();
    await expect(sheet.getByText('Error: trust policy is not present.')).toBeVisible();
    await expectNoViolations(page, 'a comparison with the command');
    const asked = await readFile(path.join(bin, 'asked'), 'utf8');
    expect(asked).toMatch(/^\S+ verify --oci-layout --scope local\/playground \S+@sha256:[0-9a-f]{64}\n$/);
    expect(asked.startsWith(`${configDir} `)).toBe(true);
    await close();
  });

  await test.step('a difference says whether it was foreseen', async () => {
    await writeFile(path.join(bin, 'verdict'), 'good');
    await compare();
    await expect(sheet.getByText('They differ: Inkan refuses it, notation accepts it.')).toBeVisible();
    await expect(sheet.getByText(/^Inkan did not foresee this\./)).toBeVisible();
    await close();
  });
});
