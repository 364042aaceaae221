import type { Handlers, OutputOf, ParsedInputOf, Publish } from '../../shared/contract/contract.ts';
import { AppError, isAppError } from '../../shared/errors/app-error.ts';
import type { PluginMetadata } from '../../shared/model/plugin.ts';
import { findNameTwin } from '../domain/keystore/file-names.ts';
import { absolutePath } from '../domain/keystore/local-files.ts';
import { readSigningKeys } from '../domain/keystore/signing-keys-file.ts';
import { toNotationCommand } from '../domain/notation-command.ts';
import type { Directory, Logger, Placer } from '../domain/ports.ts';
import { findPlugin, listPluginNames, pluginsFolder, type PluginContext } from '../domain/plugin/plugin-directory.ts';
import { readPluginMetadata } from '../domain/plugin/plugin-metadata.ts';
import { installedMode } from '../domain/plugin/plugin-package.ts';
import { createPluginProcess } from '../domain/plugin/plugin-process.ts';
import { compareVersions, isSemanticVersion } from '../domain/plugin/semantic-version.ts';
import type { ActivityService } from './activity.ts';
import type { ConfigurationProvider } from './configuration.ts';
import { PackageStage, type PackageStageOptions, type StagedPackage } from './package-stage.ts';
import { enableVerificationPlugin } from './settings-file.ts';
import { planUninstall } from './plan-uninstall.ts';

export interface PluginPackagesOptions extends PackageStageOptions {
  readonly plugins: () => PluginContext;
  readonly placer: Placer;
  /** Inkan's own directory, for the settings. */
  readonly inkan: Directory;
  readonly activity: ActivityService;
  readonly logger: Logger;
  readonly publish: Publish;
  readonly configuration: Pick<ConfigurationProvider, 'current'>;
}

type Asked = OutputOf<'pluginPackages.askPackage'>;
type Installed = OutputOf<'pluginPackages.installPackage'>;

const installOptions = { mode: 0o755, replace: true } as const;

function commandOf({ from, url, sha256, checksumGiven }: StagedPackage, force: boolean): string {
  const checksum = checksumGiven ? ['--sha256sum', sha256] : [];
  const source = url ? ['--url', from] : ['--file', from];
  return toNotationCommand(['plugin', 'install', ...source, ...checksum, ...(force ? ['--force'] : [])]);
}

/** Names of the keys that sign through a plugin; none when the list cannot be read, which is told elsewhere. */
async function keysOf({ configuration, clock }: PluginPackagesOptions, plugin: string): Promise<string[]> {
  try {
    const { keys } = await readSigningKeys(configuration.current(), clock);
    return keys.filter((key) => key.pluginName === plugin).map(({ name }) => name);
  } catch (error) {
    if (isAppError(error)) return [];
    throw error;
  }
}

/** A plugin's name is a folder's: two that differ only by case are one on many systems. */
async function refuseTwin(context: PluginContext, plugin: string): Promise<boolean> {
  const names = await listPluginNames(context);
  const twin = findNameTwin(plugin, names);
  if (twin !== undefined && twin !== plugin)
    throw new AppError('plugin.badName', { plugin, fault: `it differs from “${twin}” only by upper and lower case` });
  return twin !== undefined;
}

/** What the installed plugin of that name says its version is; undefined when it cannot say. */
async function installedVersion(
  context: PluginContext,
  plugin: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  try {
    const { version } = await readPluginMetadata(await findPlugin(context, plugin), signal);
    return isSemanticVersion(version) ? version : undefined;
  } catch (error) {
    signal.throwIfAborted();
    if (isAppError(error)) return undefined;
    throw error;
  }
}

/** Runs the program of a package, which was checked before and lies where only the user can change it. */
async function ask(context: PluginContext, staged: StagedPackage, signal: AbortSignal): Promise<PluginMetadata> {
  const metadata = await readPluginMetadata(createPluginProcess(context, staged.plugin, staged.programPath), signal);
  if (isSemanticVersion(metadata.version)) return metadata;
  throw new AppError('plugin.badMetadata', {
    plugin: staged.plugin,
    fault: `version ${metadata.version.slice(0, 50)} is not a semantic version`,
  });
}

async function compare(
  context: PluginContext,
  { plugin }: StagedPackage,
  { version }: PluginMetadata,
  signal: AbortSignal,
): Promise<Pick<Asked, 'change' | 'installedVersion'>> {
  if (!(await refuseTwin(context, plugin))) return { change: 'new' };
  const installed = await installedVersion(context, plugin, signal);
  const order = installed === undefined ? undefined : compareVersions(version, installed);
  if (installed === undefined || order === undefined) return { change: 'broken' };
  return { change: order > 0 ? 'newer' : order < 0 ? 'older' : 'same', installedVersion: installed };
}

function refuseVersion(
  plugin: string,
  version: string,
  { change, installedVersion: installed = '' }: Pick<Asked, 'change' | 'installedVersion'>,
): void {
  if (change === 'same') throw new AppError('pluginPackage.sameVersion', { plugin, version });
  if (change === 'older') throw new AppError('pluginPackage.olderVersion', { plugin, version, installed });
}

/** Asks once more, because what is installed may have changed since, and then puts the package where the CLI finds it. */
async function install(
  { plugins, placer, inkan }: PluginPackagesOptions,
  stage: PackageStage,
  { id, force }: { readonly id: string; readonly force: boolean },
  signal: AbortSignal,
): Promise<Installed> {
  const [context, staged] = [plugins(), stage.need(id)];
  const { plugin } = staged;
  const metadata = await ask(context, staged, signal);
  const compared = await compare(context, staged, metadata, signal);
  if (!force) refuseVersion(plugin, metadata.version, compared);
  const target = absolutePath(context.libexec, `${pluginsFolder}/${plugin}`);
  await placer.placeFolder(target, stage.filesOf(staged, installedMode), installOptions);
  // Whoever installs a plugin here trusts it; one that was there may have been switched off.
  if (compared.change === 'new') await enableVerificationPlugin(inkan, plugin, true);
  await stage.discard(id);
  const { installedVersion: replaced } = compared;
  const command = commandOf(staged, needsForce(compared));
  return { plugin, version: metadata.version, ...(replaced && { replaced }), command };
}

function needsForce({ change }: Pick<Asked, 'change'>): boolean {
  return change === 'same' || change === 'older';
}

async function open(
  { plugins }: PluginPackagesOptions,
  stage: PackageStage,
  { from, sha256: expected }: ParsedInputOf<'pluginPackages.openPackage'>,
  signal: AbortSignal,
): Promise<OutputOf<'pluginPackages.openPackage'>> {
  const staged = await stage.open(from, expected?.toLowerCase(), signal);
  if (!staged) return { package: null };
  const { id, plugin, program, size, sha256, checksumGiven } = staged;
  try {
    const isInstalled = await refuseTwin(plugins(), plugin);
    const files = staged.files.map((file) => ({ name: file.name, size: file.size }));
    const shown = { id, plugin, program, size, sha256, checksumGiven, files, isInstalled };
    return { package: { ...shown, from: staged.from, command: commandOf(staged, false) } };
  } catch (error) {
    await stage.discard(id);
    throw error;
  }
}

async function uninstall(
  { plugins, placer, inkan }: PluginPackagesOptions,
  plugin: string,
  revision: string,
): Promise<void> {
  const { libexec } = plugins();
  if ((await planUninstall(libexec, plugin)).revision !== revision)
    throw new AppError('file.changedMeanwhile', { file: plugin });
  await placer.removeFolder(absolutePath(libexec, `${pluginsFolder}/${plugin}`));
  await enableVerificationPlugin(inkan, plugin, false);
}

const uninstallCommand = (plugin: string): string => toNotationCommand(['plugin', 'uninstall', plugin]);

/** Installing, updating and removing plugins: packages are checked before anything of them is run, and run before they are installed. */
export async function createPluginPackagesService(options: PluginPackagesOptions): Promise<{
  readonly handlers: Handlers<'pluginPackages'>;
  close(): Promise<void>;
}> {
  await recover(options);
  const { plugins, activity, publish } = options;
  const stage = new PackageStage(options);
  const changed = (): void => publish('config.changed', { area: 'plugins' });
  const handlers: Handlers<'pluginPackages'> = {
    'pluginPackages.openPackage': (input, { signal }) => open(options, stage, input, signal),

    'pluginPackages.askPackage': async ({ id }, { signal }) => {
      const [context, staged] = [plugins(), stage.need(id)];
      const metadata = await ask(context, staged, signal);
      const compared = await compare(context, staged, metadata, signal);
      return { metadata, ...compared, command: commandOf(staged, needsForce(compared)) };
    },

    'pluginPackages.installPackage': async (input, { signal }) => {
      const installed = await activity.record(
        'pluginPackages.installPackage',
        stage.need(input.id).plugin,
        signal,
        () => install(options, stage, input, signal),
        ({ version, command }) => ({ note: version, command }),
      );
      changed();
      return installed;
    },

    'pluginPackages.discardPackage': async ({ id }) => {
      await stage.discard(id);
      return {};
    },

    'pluginPackages.planUninstall': async ({ plugin }) => ({
      ...(await planUninstall(plugins().libexec, plugin)),
      keys: await keysOf(options, plugin),
      command: uninstallCommand(plugin),
    }),

    'pluginPackages.uninstallPlugin': async ({ plugin, revision }, { signal }) => {
      const remove = () => uninstall(options, plugin, revision);
      const toNote = () => ({ command: uninstallCommand(plugin) });
      await activity.record('pluginPackages.uninstallPlugin', plugin, signal, remove, toNote);
      changed();
      return {};
    },
  };
  return { handlers, close: () => stage.close() };
}

/** Finishes or undoes what a crash left half done. What cannot be is left as it is: it is seen when plugins are listed. */
async function recover({ plugins, placer, stagePath, logger }: PluginPackagesOptions): Promise<void> {
  for (const folder of [absolutePath(plugins().libexec, pluginsFolder), stagePath]) {
    await placer
      .recover(folder)
      .catch((cause: unknown) => logger.log('warn', 'plugins were not recovered', { folder, cause }));
  }
}
