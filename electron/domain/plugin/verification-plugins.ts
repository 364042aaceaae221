import { AppError } from '../../../shared/errors/app-error.ts';
import type { PluginMetadata } from '../../../shared/model/plugin.ts';
import type { VerificationPlugins } from '../verify/plugin-check.ts';
import { findPlugin, type PluginContext } from './plugin-directory.ts';
import { readPluginMetadata } from './plugin-metadata.ts';

/**
 * The installed plugins that the user enabled for verification, and no others: a signature may name any (rule O-02). A plugin is
 * asked what it is once, however many signatures name it; one that did not answer is asked again. The reference asks for each
 * signature, which tells nothing new while the program stays the same.
 *
 * @param config - what this verification, or job of many, hands to a plugin
 */
export function createVerificationPlugins(
  context: PluginContext,
  enabled: readonly string[],
  config: Readonly<Record<string, string>>,
): VerificationPlugins {
  const described = new Map<string, Promise<PluginMetadata>>();
  return {
    config,
    async find(name) {
      const process = await findPlugin(context, name);
      if (!enabled.includes(name)) throw new AppError('plugin.notEnabled', { plugin: name });
      return process;
    },
    describe(process, signal) {
      const known = described.get(process.name);
      if (known) return known;
      const asked = readPluginMetadata(process, signal, config);
      described.set(process.name, asked);
      asked.catch(() => described.delete(process.name));
      return asked;
    },
  };
}
