import type { Handlers, Publish } from '../../shared/contract/contract.ts';
import { AppError, isAppError } from '../../shared/errors/app-error.ts';
import { readSigningKeys } from '../domain/keystore/signing-keys-file.ts';
import { isPluginEntry, type SigningKeyEntry } from '../domain/keystore/signing-keys.ts';
import { absolutePath } from '../domain/keystore/local-files.ts';
import type { PluginConsole } from '../domain/plugin/plugin-console.ts';
import { findPlugin, listPlugins, pluginsFolder, type PluginContext } from '../domain/plugin/plugin-directory.ts';
import { describePluginKey } from '../domain/plugin/plugin-signer.ts';
import type { Clock, Directory } from '../domain/ports.ts';
import type { ConfigurationProvider } from './configuration.ts';
import { enableVerificationPlugin, readSettingsFile } from './settings-file.ts';
import { shortenHome } from './shorten-home.ts';

export interface PluginsServiceOptions {
  /** What finding and running plugins takes at this moment: the configuration directory may change. */
  readonly plugins: () => PluginContext;
  readonly configuration: Pick<ConfigurationProvider, 'current'>;
  /** Inkan's own directory, for the settings. */
  readonly inkan: Directory;
  readonly clock: Clock;
  readonly console: PluginConsole;
  readonly publish: Publish;
  /** The user's home folder, shown as `~`. */
  readonly homePath: string;
}

/** Keys of plugins; none when the list cannot be read, which the list of keys tells. */
async function listPluginKeys({ configuration, clock }: PluginsServiceOptions): Promise<readonly SigningKeyEntry[]> {
  try {
    return (await readSigningKeys(configuration.current(), clock)).keys.filter(isPluginEntry);
  } catch (error) {
    if (isAppError(error)) return [];
    throw error;
  }
}

/** The plugins of the plugin directory in use. */
export function createPluginsService(options: PluginsServiceOptions): Handlers<'plugins'> {
  const { plugins, configuration, inkan, clock, console: calls, homePath, publish } = options;
  const shown = (path: string): string => shortenHome(path, homePath);
  return {
    'plugins.listPlugins': async (_input, { signal }) => {
      const context = plugins();
      const [found, settings, keys] = await Promise.all([
        listPlugins(context, signal),
        readSettingsFile(inkan),
        listPluginKeys(options),
      ]);
      return {
        plugins: found.map((plugin) => ({
          ...plugin,
          path: shown(plugin.path),
          verifies: settings.verificationPlugins.includes(plugin.name),
          keys: keys.filter(({ pluginName }) => pluginName === plugin.name).map(({ name }) => name),
        })),
        path: shown(absolutePath(context.libexec, pluginsFolder)),
      };
    },

    'plugins.enableVerification': async ({ plugin, enabled }) => {
      if (enabled) await findPlugin(plugins(), plugin);
      await enableVerificationPlugin(inkan, plugin, enabled);
      publish('config.changed', { area: 'plugins' });
      return {};
    },

    'plugins.readConsole': async ({ plugin }) => ({ calls: calls.list(plugin) }),

    'plugins.clearConsole': async () => {
      calls.clear();
      return {};
    },

    'plugins.checkKey': async ({ keyName }, { signal }) => {
      const list = await readSigningKeys(configuration.current(), clock);
      const entry = list.keys.find(({ name }) => name === keyName);
      if (!entry || !isPluginEntry(entry)) throw new AppError('key.notFound', { name: keyName });
      const key = { plugin: entry.pluginName, id: entry.id, config: entry.pluginConfig ?? {} };
      return describePluginKey(plugins(), key, signal);
    },
  };
}
