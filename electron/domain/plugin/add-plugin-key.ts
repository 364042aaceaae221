import { assertNameFree } from '../keystore/make-key.ts';
import { changeSigningKeys } from '../keystore/signing-keys-file.ts';
import type { Clock, Directory } from '../ports.ts';
import type { PluginContext } from './plugin-directory.ts';
import { describePluginKey, type PluginKey, type PluginKeyDescription } from './plugin-signer.ts';

/**
 * Lists a key that a plugin keeps, after asking the plugin about it, so that nothing is listed that cannot sign. The reference asks
 * for the plugin's metadata only.
 *
 * @throws AppError `key.badName`, `key.exists`, `key.listMalformed`, `plugin.*`, `file.*`
 */
export async function addPluginKey(
  plugins: PluginContext,
  { directory, clock }: { readonly directory: Directory; readonly clock: Clock },
  request: { readonly name: string; readonly key: PluginKey; readonly makeDefault: boolean },
  signal: AbortSignal,
): Promise<PluginKeyDescription> {
  const { name, key, makeDefault } = request;
  await assertNameFree(directory, clock, name);
  const description = await describePluginKey(plugins, key, signal);
  const entry = {
    name,
    id: key.id,
    pluginName: key.plugin,
    ...(Object.keys(key.config).length > 0 && { pluginConfig: key.config }),
  };
  await changeSigningKeys(directory, clock, { kind: 'add', entry, makeDefault });
  return description;
}
