import type { Handlers } from '../../shared/contract/contract.ts';
import { absolutePath } from '../domain/keystore/local-files.ts';
import { listPlugins, pluginsFolder, type PluginContext } from '../domain/plugin/plugin-directory.ts';
import { shortenHome } from './shorten-home.ts';

export interface PluginsServiceOptions {
  /** What finding and running plugins takes at this moment: the configuration directory may change. */
  readonly plugins: () => PluginContext;
  /** The user's home folder, shown as `~`. */
  readonly homePath: string;
}

/** The plugins of the plugin directory in use. */
export function createPluginsService({ plugins, homePath }: PluginsServiceOptions): Handlers<'plugins'> {
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
  };
}
