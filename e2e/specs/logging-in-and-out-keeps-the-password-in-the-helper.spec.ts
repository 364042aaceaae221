import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from '../hosts/fixtures.ts';
import { seed, startPeer, type Peer } from '../interop/peers.ts';
import { addRegistry, chooseOfSource } from './steps.ts';

const user = 'suji';
const password = 'correct-horse-battery';

/** A credential helper as Docker defines them, keeping its one secret in a file. */
async function installHelper(folder: string): Promise<{ store: string; PATH: string }> {
  const store = path.join(folder, 'kept-by-the-helper');
  const program = path.join(folder, 'docker-credential-journey');
  const script = `#!/bin/sh
case "$1" in
  store) cat > '${store}' ;;
  get) cat > /dev/null; [ -f '${store}' ] && cat '${store}' || { echo 'credentials not found in native keychain'; exit 1; } ;;
  erase) cat > /dev/null; rm -f '${store}' ;;
esac
`;
  await mkdir(folder, { recursive: true });
  await writeFile(program, script);
  await chmod(program, 0o755);
  return { store, PATH: `${folder}${path.delimiter}${process.env['PATH'] ?? ''}` };
}

/** Files below a folder that hold a text, plain or as a header would carry it. */
async function filesWith(folder: string, texts: readonly string[]): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const names = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
  const held = await Promise.all(
    names.map(async (name) => {
      const bytes = await readFile(name).catch(() => Buffer.alloc(0));
      return texts.some((text) => bytes.includes(text) || bytes.includes(Buffer.from(text, 'utf16le')));
    }),
  );
  return names.filter((_, index) => held[index]);
}

let registry: Peer;
test.beforeEach(async () => {
  registry = await startPeer('distribution', ['-user', user, '-password', password]);
  await seed({ registry: registry.address, user, password });
});
test.afterEach(() => registry.stop());

test('logging in shows what is in the registry, logging out takes it away, and only the helper knows the password', async ({
  startApp,
  dirs,
  configDir,
}) => {
  const { store, PATH } = await installHelper(path.join(dirs.scratch, 'bin'));
  await writeFile(path.join(configDir, 'config.json'), '{"credsStore":"journey"}');
  const host = registry.address.replace('127.0.0.1', 'localhost');
  const { page } = await startApp({ env: { PATH } });
  const main = page.getByRole('main');
  await addRegistry(page, host);

  await test.step('without a login the registry tells that it wants one', async () => {
    await expect(main.getByText(`${host} wants a login.`).first()).toBeVisible();
    await expect(main.getByText(/No credentials are saved for it\./).first()).toBeVisible();
    await expect(main.getByText(/Log in at this source/).first()).toBeVisible();
  });

  const dialog = page.getByRole('dialog', { name: `Log in to ${host}` });
  await test.step('a wrong password is told, and is kept nowhere', async () => {
    await chooseOfSource(page, 'Log in…');
    await expect(dialog.getByText(/the password crosses the network unencrypted/)).toBeVisible();
    await dialog.getByRole('textbox', { name: 'User name' }).fill(user);
    await dialog.getByLabel('Password or token').fill('wrong-horse');
    await dialog.getByRole('button', { name: 'Log in' }).click();
    await expect(dialog.getByRole('alert')).toContainText(`${host} did not accept this login.`);
    expect(await filesWith(dirs.home, ['wrong-horse'])).toEqual([]);
  });

  await test.step('the right one shows the repositories', async () => {
    await dialog.getByLabel('Password or token').fill(password);
    await dialog.getByRole('button', { name: 'Log in' }).click();
    await expect(dialog).toBeHidden();
    await expect(page.getByText('Kept by journey.')).toBeVisible();
    await expect(page.getByRole('option', { name: 'library/busybox' })).toBeVisible();
    await expect(main.getByText('Credentials: credential helper')).toBeVisible();
  });

  await test.step('the password is in the store of the helper and in no other file', async () => {
    const basic = Buffer.from(`${user}:${password}`).toString('base64');
    expect(await filesWith(dirs.home, [password, basic])).toEqual([store]);
    expect(JSON.parse(await readFile(store, 'utf8'))).toEqual({ ServerURL: host, Username: user, Secret: password });
    expect(await readFile(path.join(configDir, 'config.json'), 'utf8')).toBe('{"credsStore":"journey"}');
  });

  await test.step('logging out takes all of it away', async () => {
    await chooseOfSource(page, 'Log out');
    await page
      .getByRole('alertdialog', { name: `Log out of ${host}?` })
      .getByRole('button', { name: 'Log out' })
      .click();
    await expect(page.getByText(`Logged out of ${host}`)).toBeVisible();
    await expect(main.getByText(`${host} wants a login.`).first()).toBeVisible();
    await expect(page.getByRole('option', { name: 'library/busybox' })).toBeHidden();
    expect(await filesWith(dirs.home, [password])).toEqual([]);
  });
});
