import { execFile } from 'node:child_process';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { havePeers, pathOf } from './peers.ts';
import { strictStatement, Workbench, type Place } from './workbench.ts';

const run = promisify(execFile);
const pieceBytes = 300_000;
const scope = 'local/busybox';

let bench: Workbench;

/** Hands a file over as the page does. */
async function handOver(file: string): Promise<string> {
  const bytes = await readFile(file);
  const { id } = await bench.engine.call('intake.openFile', {
    name: path.basename(file),
    size: bytes.length,
    keep: 'spool',
  });
  for (let offset = 0; offset < bytes.length; offset += pieceBytes) {
    const base64 = bytes.subarray(offset, offset + pieceBytes).toString('base64');
    await bench.engine.call('intake.appendChunk', { id, offset, base64 });
  }
  return id;
}

/** The whole of a packed copy, as the page stores it. */
async function fetchCopy(id: string, file: string): Promise<void> {
  const { copyId, size } = await bench.engine.call('layouts.packCopy', { id });
  const parts: Buffer[] = [];
  for (let offset = 0; offset < size;) {
    const { base64 } = await bench.engine.call('layouts.readCopy', { copyId, offset });
    parts.push(Buffer.from(base64, 'base64'));
    offset += parts.at(-1)?.length ?? 0;
  }
  await bench.engine.call('layouts.discardCopy', { id, copyId, isStored: true });
  await writeFile(file, Buffer.concat(parts));
}

describe.skipIf(!havePeers())('archives made by others', () => {
  let place: Place;

  beforeAll(async () => {
    bench = await Workbench.open(['pluginInstall']);
    place = (await bench.addRegistry('registry'))('library/busybox', '1.36');
    await bench.createKey('builder', 'EC-256');
    await bench.savePolicy({
      ...strictStatement('all', '', 'builder'),
      registryScopes: [place.scope, scope],
    });
    await bench.signWithReference(place, 'builder');
  }, 120_000);
  afterAll(() => bench.close());

  test.each(['tar', 'tar.gz'])(
    'a layout of oras-go in a %s is read, signed in a copy, and verified by the reference',
    async (form) => {
      const folder = path.join(bench.home, `made-${form}`);
      const archive = path.join(bench.home, `busybox.${form}`);
      const from = `${place.scope}:${place.tag}`;
      await run(pathOf('pack'), ['-from', from, '-folder', folder, '-out', archive]);

      const { source } = await bench.engine.call('layouts.addArchive', { fileId: await handOver(archive) });
      expect(source.archive?.form).toBe(form);
      const { tags } = await bench.engine.call('registries.listTags', { id: source.id, repository: '' });
      expect(tags).toEqual([place.tag]);
      const inArchive: Place = { ...place, label: form, sourceId: source.id, repository: '', scope, oracle: {} };
      expect(await bench.verify(inArchive)).toMatchObject({ verdict: 'verified', subject: { digest: place.digest } });

      const { signatureDigest } = await bench.sign(inArchive, 'builder', { userMetadata: { from: form } });
      const unsaved = () => bench.engine.call('layouts.readUnsaved', { id: source.id });
      expect(await unsaved()).toEqual({ signatures: 1 });
      expect(await bench.verify(inArchive, { userMetadata: { from: form } })).toMatchObject({ verdict: 'verified' });
      const copy = path.join(bench.home, `copy-of-${form}.tar`);
      await fetchCopy(source.id, copy);
      expect(await unsaved()).toEqual({ signatures: 0 });

      const unpacked = path.join(bench.home, `unpacked-${form}`);
      await mkdir(unpacked);
      await run('tar', ['-xf', copy, '-C', unpacked]);
      const oracle = { layout: unpacked, ref: place.tag, scope };
      const seen = await bench.verifyWithReference({ ...inArchive, oracle }, { userMetadata: { from: form } });
      expect(seen).toMatchObject({ verdict: 'verified', artifact: { digest: place.digest } });
      expect(seen.outcomes.at(-1)?.manifest.digest).toBe(signatureDigest);
      expect((await readFile(archive)).equals(await readFile(source.path ?? ''))).toBe(true);
    },
  );

  test.each(['zip', 'tar.gz'])('a plugin in a %s is installed and found by the reference', async (form) => {
    const folder = path.join(bench.home, `plugin-${form}`);
    const metadata = {
      name: `made-${form.length}`,
      description: 'Says what it is and no more',
      version: '1.0.0',
      url: 'https://example.com',
      supportedContractVersions: ['1.0'],
      capabilities: ['SIGNATURE_GENERATOR.RAW'],
    };
    const program = path.join(folder, `notation-${metadata.name}`);
    await mkdir(folder);
    await writeFile(program, `#!/bin/sh\ncat > /dev/null\necho '${JSON.stringify(metadata)}'\n`);
    await chmod(program, 0o755);
    await writeFile(path.join(folder, 'LICENSE'), 'free');
    const archive = path.join(bench.home, `plugin.${form}`);
    await run(pathOf('pack'), ['-folder', folder, '-out', archive]);

    const from = { kind: 'intake', id: await handOver(archive) } as const;
    const { package: opened } = await bench.engine.call('pluginPackages.openPackage', { from });
    const { id } = opened ?? { id: '' };
    expect(await bench.engine.call('pluginPackages.askPackage', { id })).toMatchObject({ change: 'new', metadata });
    await bench.engine.call('pluginPackages.installPackage', { id });

    const { configDir } = bench;
    expect(await bench.oracle.ask('pluginMetadata', { configDir, name: metadata.name })).toMatchObject(metadata);
    const plan = await bench.engine.call('pluginPackages.planUninstall', { plugin: metadata.name });
    expect(plan.files.map((file) => file.path)).toEqual(['LICENSE', `notation-${metadata.name}`]);
    await bench.engine.call('pluginPackages.uninstallPlugin', { plugin: metadata.name, revision: plan.revision });
    await expect(bench.oracle.ask('pluginMetadata', { configDir, name: metadata.name })).rejects.toThrow();
  });
});
