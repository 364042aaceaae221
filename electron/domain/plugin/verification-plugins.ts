import { AppError } from '../../../shared/errors/app-error.ts';
import type { VerificationPlugins } from '../verify/plugin-check.ts';
import { findPlugin, type PluginContext } from './plugin-directory.ts';

/**
 * The installed plugins that the user enabled for verification, and no others: a signature may name any (rule O-02).
 *
 * @param config - what this verification hands to a plugin
 */
export function createVerificationPlugins(
  context: PluginContext,
  enabled: readonly string[],
  config: Readonly<Record<string, string>>,
): VerificationPlugins {
  return {
    config,
    async find(name) {
      const process = await findPlugin(context, name);
      if (!enabled.includes(name)) throw new AppError('plugin.notEnabled', { plugin: name });
      return process;
    },
  };
}
