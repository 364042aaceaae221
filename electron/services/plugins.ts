import type { Handlers } from '../../shared/contract/contract.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { readSigningKeys } from '../domain/keystore/signing-keys-file.ts';
import { isPluginEntry } from '../domain/keystore/signing-keys.ts';
import { absolutePath } from '../domain/keystore/local-files.ts';
import { listPlugins, pluginsFolder, type PluginContext } from '../domain/plugin/plugin-directory.ts';
import { describePluginKey } from '../domain/plugin/plugin-signer.ts';
import type { Clock } from '../domain/ports.ts';
import type { ConfigurationProvider } from './configuration.ts';
import { shortenHome } from './shorten-home.ts';

export interface PluginsServiceOptions {
  /** What finding and running plugins takes at this moment: the configuration directory may change. */
  readonly plugins: () => PluginContext;
  readonly configuration: Pick<ConfigurationProvider, 'current'>;
  readonly clock: Clock;
  /** The user's home folder, shown as `~`. */
  readonly homePath: string;
}

/** The plugins of the plugin directory in use. */
export function createPluginsService({
  plugins,
  configuration,
  clock,
  homePath,
}: PluginsServiceOptions): Handlers<'plugins'> {
  const shown = (path: string): string => shortenHome(path, homePath);
  return {
    'plugins.listPlugins': async (_input, { signal }) => {
      const context = plugins();
      const found = await listPlugins(context, signal);
      return {
        plugins: found.map((plugin) => ({ ...plugin, path: shown(plugin.path) })),
        path: shown(absolutePath(context.libexec, pluginsFolder)),
      };
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
