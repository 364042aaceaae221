import { AppError, isAppError, toWireError } from '../../../shared/errors/app-error.ts';
import type { InstalledPlugin } from '../../../shared/model/plugin.ts';
import { absolutePath } from '../keystore/local-files.ts';
import { mapBounded } from '../map-bounded.ts';
import type { Directory } from '../ports.ts';
import { readPluginMetadata } from './plugin-metadata.ts';
import { assertPluginName, programNameOf } from './plugin-name.ts';
import { createPluginProcess, type PluginHost, type PluginProcess } from './plugin-process.ts';

/** The folder under `libexec` that holds a folder for each plugin. */
export const pluginsFolder = 'plugins';

const pluginsAtOnce = 4;
const executeBits = 0o111;

/** What finding and running plugins takes. */
export interface PluginContext extends PluginHost {
  /** The directory that `plugins` stands in. */
  readonly libexec: Directory;
  /** As Node names it; decides whether programs end in `.exe`. */
  readonly platform: string;
}

/** Where a plugin's program is, or would be, relative to `libexec`. @throws AppError `plugin.badName` */
export function pluginPath(name: string, platform: string): string {
  assertPluginName(name);
  return `${pluginsFolder}/${name}/${programNameOf(name, platform)}`;
}

/** Names of the folders under `plugins` that could be a plugin's: real folders only, no links. */
export async function listPluginNames({ libexec }: Pick<PluginContext, 'libexec'>): Promise<readonly string[]> {
  const names = (await libexec.list(pluginsFolder)) ?? [];
  const kinds = await mapBounded(names, pluginsAtOnce, (name) => libexec.stat(`${pluginsFolder}/${name}`));
  return names.filter((_, index) => kinds[index]?.kind === 'directory');
}

/**
 * The program of an installed plugin, looked at but not started: a regular file that may be run, in its own folder under `plugins`
 * and nowhere else (security rule V-24).
 *
 * @throws AppError `plugin.badName`, `plugin.notFound`, `plugin.notRegular`, `plugin.notExecutable`, `file.*`
 */
export async function findPlugin(context: PluginContext, name: string): Promise<PluginProcess> {
  const { libexec, platform } = context;
  const relative = pluginPath(name, platform);
  const path = absolutePath(libexec, relative);
  const found = await libexec.stat(relative);
  if (found === undefined) throw new AppError('plugin.notFound', { plugin: name, path });
  if (found.kind !== 'file') throw new AppError('plugin.notRegular', { plugin: name, path });
  if (platform !== 'win32' && (found.mode & executeBits) === 0)
    throw new AppError('plugin.notExecutable', { plugin: name, path });
  return createPluginProcess(context, name, path);
}

async function inspectPlugin(context: PluginContext, name: string, signal: AbortSignal): Promise<InstalledPlugin> {
  const path = absolutePath(context.libexec, `${pluginsFolder}/${name}/${programNameOf(name, context.platform)}`);
  try {
    const metadata = await readPluginMetadata(await findPlugin(context, name), signal);
    return { name, path, metadata, problems: [] };
  } catch (error) {
    signal.throwIfAborted();
    if (!isAppError(error)) throw error;
    return { name, path, problems: [toWireError(error)] };
  }
}

/** Every plugin there is, sorted by name, with what it says of itself or why it cannot be used. */
export async function listPlugins(context: PluginContext, signal: AbortSignal): Promise<readonly InstalledPlugin[]> {
  const names = await listPluginNames(context);
  return mapBounded(names, pluginsAtOnce, (name) => inspectPlugin(context, name, signal));
}
