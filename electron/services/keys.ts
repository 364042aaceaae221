import type { Handlers, ParsedInputOf, Publish } from '../../shared/contract/contract.ts';
import type { SigningKey } from '../../shared/model/signing-key.ts';
import { AppError, isAppError, toWireError } from '../../shared/errors/app-error.ts';
import { cleanUpTestKey, planCleanUp } from '../domain/keystore/clean-up-key.ts';
import { inspectKey } from '../domain/keystore/inspect-key.ts';
import type { KeystoreContext } from '../domain/keystore/install-key.ts';
import { addKey, createTestKey, planTestKey, registerKey } from '../domain/keystore/make-key.ts';
import { absolutePath, type LocateFile } from '../domain/keystore/local-files.ts';
import { readChainFile, readKeyFile } from '../domain/keystore/read-key-files.ts';
import { changeSigningKeys, readSigningKeys } from '../domain/keystore/signing-keys-file.ts';
import { isPluginEntry, signingKeysFile, type SigningKeyEntry } from '../domain/keystore/signing-keys.ts';
import { addPluginKey } from '../domain/plugin/add-plugin-key.ts';
import { toNotationCommand } from '../domain/notation-command.ts';
import { findPlugin, type PluginContext } from '../domain/plugin/plugin-directory.ts';
import type { Clock, Directory, Random } from '../domain/ports.ts';
import type { ConfigurationProvider } from './configuration.ts';
import { toAddKeyArgs } from './load-signer.ts';
import { createRepairHandlers } from './repair-keys.ts';
import { shortenHome } from './shorten-home.ts';

export interface KeysServiceOptions {
  readonly configuration: ConfigurationProvider;
  readonly inkan: Directory;
  readonly locateFile: LocateFile;
  readonly clock: Clock;
  readonly random: Random;
  readonly plugins: () => PluginContext;
  /** The user's home folder, shown as `~`. */
  readonly homePath: string;
  readonly publish: Publish;
  /** Asks for a file in a native dialog; its absolute path, or undefined when the dialog was cancelled. */
  readonly chooseFile: (what: 'chooseKey' | 'chooseChain') => Promise<string | undefined>;
  /** Asks for a folder in the same way. */
  readonly chooseFolder: (what: 'chooseKeyFolder') => Promise<string | undefined>;
}

/** The signing keys of the configuration directory in use. No answer holds a private key. */
export function createKeysService(options: KeysServiceOptions): Handlers<'keys'> {
  const { configuration, clock, publish } = options;
  const keystore = (): KeystoreContext => ({
    directory: configuration.current(),
    inkan: options.inkan,
    clock,
    random: options.random,
  });
  const changed = (...areas: readonly ('keys' | 'trustStores')[]): void => {
    for (const area of areas) publish('config.changed', { area });
  };
  const describe = describeKey.bind(undefined, options);
  return {
    ...createRepairHandlers(options),
    'keys.listKeys': async () => listKeys(options, configuration.current()),
    'keys.planTestKey': async (input) => planTestKey(keystore(), input),

    'keys.createTestKey': async (input) => {
      const context = keystore();
      await createTestKey(context, input);
      changed('keys', ...(input.trust ? (['trustStores'] as const) : []));
      return describe(context.directory, input.name);
    },

    'keys.addKey': async ({ name, keyPem, chainPem, makeDefault }) => {
      const context = keystore();
      await addKey(context, { name, keyPem, makeDefault, chain: new TextEncoder().encode(chainPem) });
      changed('keys');
      return describe(context.directory, name);
    },

    'keys.chooseKeyFiles': async (input) => {
      const context = keystore();
      if (!(await registerChosenFiles(options, context, input))) return { key: null };
      changed('keys');
      return { key: await describe(context.directory, input.name) };
    },

    'keys.planPluginKey': async (input) => ({ command: toNotationCommand(toAddKeyArgs(input, 'shown')) }),
    'keys.addPluginKey': async ({ name, makeDefault, ...key }, { signal }) => {
      const context = keystore();
      await addPluginKey(options.plugins(), context, { name, key, makeDefault }, signal);
      changed('keys');
      return describe(context.directory, name);
    },

    'keys.setDefaultKey': async ({ name }) => {
      await changeSigningKeys(configuration.current(), clock, { kind: 'setDefault', name });
      changed('keys');
      return {};
    },

    'keys.deleteKey': async ({ name }) => {
      const before = await changeSigningKeys(configuration.current(), clock, { kind: 'remove', name });
      changed('keys');
      return { wasDefault: before.defaultName === name };
    },

    'keys.planCleanUp': async ({ name }) => planCleanUp(keystore(), name),

    'keys.cleanUpTestKey': async ({ name }) => {
      const files = await cleanUpTestKey(keystore(), name);
      changed('keys', 'trustStores');
      return { files };
    },
  };
}

/** Asks for a key and a chain and lists them; whether the user chose both. */
async function registerChosenFiles(
  { chooseFile, locateFile }: KeysServiceOptions,
  context: KeystoreContext,
  { name, makeDefault }: ParsedInputOf<'keys.chooseKeyFiles'>,
): Promise<boolean> {
  const keyPath = await chooseFile('chooseKey');
  const certPath = keyPath === undefined ? undefined : await chooseFile('chooseChain');
  if (keyPath === undefined || certPath === undefined) return false;
  const { pem: keyPem } = await readKeyFile(locateFile, keyPath);
  const chain = await readChainFile(locateFile, certPath);
  await registerKey(context, { name, keyPath, certPath, keyPem, chain, makeDefault });
  return true;
}

async function listKeys(
  options: KeysServiceOptions,
  directory: Directory,
): Promise<{ keys: SigningKey[]; path: string }> {
  const list = await readSigningKeys(directory, options.clock);
  const keys: SigningKey[] = [];
  for (const entry of list.keys)
    keys.push(await inspectEntry(options, directory, entry, entry.name === list.defaultName));
  return { keys, path: shortenHome(absolutePath(directory, signingKeysFile), options.homePath) };
}

/** A key of the list; of a plugin is only seen whether it is installed. */
async function inspectEntry(
  { locateFile, clock, plugins }: KeysServiceOptions,
  directory: Directory,
  entry: SigningKeyEntry,
  isDefault: boolean,
): Promise<SigningKey> {
  const key = await inspectKey({ directory, locateFile, clock }, entry, isDefault);
  if (!isPluginEntry(entry)) return key;
  try {
    await findPlugin(plugins(), entry.pluginName);
    return key;
  } catch (error) {
    if (isAppError(error)) return { ...key, problems: [...key.problems, toWireError(error)] };
    throw error;
  }
}

async function describeKey(options: KeysServiceOptions, directory: Directory, name: string): Promise<SigningKey> {
  const list = await readSigningKeys(directory, options.clock);
  const entry = list.keys.find((key) => key.name === name);
  if (!entry) throw new AppError('key.notFound', { name });
  return inspectEntry(options, directory, entry, list.defaultName === name);
}
