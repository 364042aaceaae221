import type { ParsedInputOf } from '../../shared/contract/contract.ts';
import { AppError, isAppError, toWireError, type WireError } from '../../shared/errors/app-error.ts';
import type { EnvelopeSigner, Signer } from '../domain/envelope/envelope.ts';
import type { LocateFile } from '../domain/keystore/local-files.ts';
import { isPluginEntry, type SigningKeyEntry } from '../domain/keystore/signing-keys.ts';
import { findSigningKey, loadSigningMaterial } from '../domain/keystore/signing-material.ts';
import { toPluginConfigArguments } from '../domain/notation-command.ts';
import type { PluginContext } from '../domain/plugin/plugin-directory.ts';
import { createPluginSigner, type PluginKey } from '../domain/plugin/plugin-signer.ts';
import type { Clock } from '../domain/ports.ts';
import { createLocalSigner } from '../domain/sign/local-signer.ts';
import type { ConfigurationProvider } from './configuration.ts';

export interface SignerSources {
  readonly configuration: Pick<ConfigurationProvider, 'current'>;
  readonly locateFile: LocateFile;
  readonly clock: Clock;
  readonly plugins: () => PluginContext;
}

/** What the user chose to sign with: a key of the list, or a key named to a plugin for this one time. */
export interface KeyChoice {
  /** Absent: the default key. */
  readonly keyName?: string | undefined;
  /** Takes the place of a key of the list. */
  readonly plugin?: { readonly name: string; readonly keyId: string } | undefined;
  /** Laid over the configuration of the key. */
  readonly pluginConfig: Readonly<Record<string, string>>;
}

/** A key that was found and not touched yet. */
export type ChosenKey = { readonly name: string } & (
  { readonly kind: 'local'; readonly entry: SigningKeyEntry } | { readonly kind: 'plugin'; readonly key: PluginKey }
);

/** A key, ready to sign. */
export interface LoadedSigner<S> {
  /** Its name in the list, or its id at the plugin. */
  readonly name: string;
  readonly signer: S;
  /** What the user should confirm first. */
  readonly atRisk: readonly WireError[];
}

/** @throws AppError `sign.keyNotFound`, `sign.noDefaultKey`, `key.listMalformed`, `file.*` */
export async function chooseKey({ configuration, clock }: SignerSources, choice: KeyChoice): Promise<ChosenKey> {
  const { keyName, plugin, pluginConfig } = choice;
  if (plugin) {
    const key = { plugin: plugin.name, id: plugin.keyId, config: pluginConfig };
    return { name: plugin.keyId, kind: 'plugin', key };
  }
  const entry = await findSigningKey(configuration.current(), clock, keyName);
  if (!isPluginEntry(entry)) return { name: entry.name, kind: 'local', entry };
  const config = { ...entry.pluginConfig, ...pluginConfig };
  return { name: entry.name, kind: 'plugin', key: { plugin: entry.pluginName, id: entry.id, config } };
}

async function loadLocal(
  { configuration, locateFile, clock }: SignerSources,
  entry: SigningKeyEntry,
): Promise<LoadedSigner<Signer>> {
  const context = { directory: configuration.current(), locateFile, clock };
  const { name, keyPem, chain, findings } = await loadSigningMaterial(context, entry);
  return { name, signer: createLocalSigner(keyPem, chain), atRisk: findings };
}

/**
 * Opens a key for signing. A plugin is started for that.
 *
 * @throws AppError `sign.keyUnusable` with what is wrong with a key in files; `plugin.*` for one behind a plugin
 */
export async function openSigner(
  sources: SignerSources,
  chosen: ChosenKey,
  use: 'blob',
  signal: AbortSignal,
): Promise<LoadedSigner<Signer>>;
export async function openSigner(
  sources: SignerSources,
  chosen: ChosenKey,
  use: 'artifact',
  signal: AbortSignal,
): Promise<LoadedSigner<Signer | EnvelopeSigner>>;
export async function openSigner(
  sources: SignerSources,
  chosen: ChosenKey,
  use: 'artifact' | 'blob',
  signal: AbortSignal,
): Promise<LoadedSigner<Signer | EnvelopeSigner>> {
  const { name } = chosen;
  if (chosen.kind === 'plugin') {
    const plugins = sources.plugins();
    const signer =
      use === 'blob'
        ? await createPluginSigner(plugins, chosen.key, use, signal)
        : await createPluginSigner(plugins, chosen.key, use, signal);
    return { name, signer, atRisk: [] };
  }
  try {
    return await loadLocal(sources, chosen.entry);
  } catch (error) {
    if (!isAppError(error) || error.code.startsWith('sign.')) throw error;
    throw new AppError('sign.keyUnusable', { name, fault: error.code, error: toWireError(error) }, { cause: error });
  }
}

/** Arguments of the command line for a choice; `chosen` is what it led to. For the record, secrets can be masked. */
export function toKeyArgs(
  { plugin, pluginConfig }: KeyChoice,
  chosen: ChosenKey | undefined,
  secrets: 'shown' | 'masked' = 'shown',
): string[] {
  const key = plugin ? ['--plugin', plugin.name, '--id', plugin.keyId] : chosen ? ['--key', chosen.name] : [];
  if (chosen?.kind !== 'plugin') return key;
  return [...key, ...toPluginConfigArguments(pluginConfig, secrets)];
}

/** Arguments of `notation` that list a key of a plugin. */
export function toAddKeyArgs(
  { name, plugin, id, config, makeDefault }: ParsedInputOf<'keys.addPluginKey'>,
  secrets: 'shown' | 'masked',
): string[] {
  const args = ['key', 'add', '--plugin', plugin, '--id', id, ...toPluginConfigArguments(config, secrets)];
  return [...args, ...(makeDefault ? ['--default'] : []), name];
}
