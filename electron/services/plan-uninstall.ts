import { createHash } from 'node:crypto';
import type { OutputOf } from '../../shared/contract/contract.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { pluginsFolder } from '../domain/plugin/plugin-directory.ts';
import { assertPluginName } from '../domain/plugin/plugin-name.ts';
import type { Directory } from '../domain/ports.ts';

type PlannedUninstall = Pick<OutputOf<'pluginPackages.planUninstall'>, 'files' | 'revision'>;

const maxEntries = 2000;

/**
 * Everything in the folder of a plugin, through no link, and a name for this state of it.
 * @throws AppError `plugin.badName`, `plugin.notFound`, `archive.tooLarge`, `file.*`
 */
export async function planUninstall(libexec: Directory, plugin: string): Promise<PlannedUninstall> {
  assertPluginName(plugin);
  const root = `${pluginsFolder}/${plugin}`;
  if ((await libexec.stat(root))?.kind !== 'directory') throw new AppError('plugin.notFound', { plugin, path: root });
  const files: PlannedUninstall['files'] = [];
  const pending = [''];
  for (let folder = pending.shift(); folder !== undefined; folder = pending.shift()) {
    for (const name of (await libexec.list(`${root}/${folder}`.replace(/\/$/, ''))) ?? []) {
      const path = folder === '' ? name : `${folder}/${name}`;
      const found = await libexec.stat(`${root}/${path}`);
      if (!found) continue;
      if (files.length >= maxEntries) throw new AppError('archive.tooLarge', { what: 'the folder', limit: maxEntries });
      files.push({ path, size: found.kind === 'file' ? found.size : 0, kind: found.kind });
      if (found.kind === 'directory') pending.push(path);
    }
  }
  return { files, revision: createHash('sha256').update(JSON.stringify(files)).digest('hex') };
}
