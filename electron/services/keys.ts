import type { Handlers, Publish } from '../../shared/contract/contract.ts';
import type { SigningKey } from '../../shared/model/signing-key.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { cleanUpTestKey, planCleanUp } from '../domain/keystore/clean-up-key.ts';
import { inspectKey } from '../domain/keystore/inspect-key.ts';
import type { KeystoreContext } from '../domain/keystore/install-key.ts';
import { addKey, createTestKey, planTestKey, registerKey } from '../domain/keystore/make-key.ts';
import { absolutePath, type LocateFile } from '../domain/keystore/local-files.ts';
import { readChainFile, readKeyFile } from '../domain/keystore/read-key-files.ts';
import { changeSigningKeys, readSigningKeys } from '../domain/keystore/signing-keys-file.ts';
import { signingKeysFile } from '../domain/keystore/signing-keys.ts';
import type { Clock, Directory, Random } from '../domain/ports.ts';
import type { ConfigurationProvider } from './configuration.ts';
import { shortenHome } from './shorten-home.ts';

export interface KeysServiceOptions {
  readonly configuration: ConfigurationProvider;
  readonly inkan: Directory;
  readonly locateFile: LocateFile;
  readonly clock: Clock;
  readonly random: Random;
  /** The user's home folder, shown as `~`. */
  readonly homePath: string;
  readonly publish: Publish;
  /** Asks for a file in a native dialog; its absolute path, or undefined when the dialog was cancelled. */
  readonly chooseFile: (what: 'chooseKey' | 'chooseChain') => Promise<string | undefined>;
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
  const describe = (directory: Directory, name: string): Promise<SigningKey> => describeKey(options, directory, name);

  return {
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

    'keys.chooseKeyFiles': async ({ name, makeDefault }) => {
      const context = keystore();
      const keyPath = await options.chooseFile('chooseKey');
      const certPath = keyPath === undefined ? undefined : await options.chooseFile('chooseChain');
      if (keyPath === undefined || certPath === undefined) return { key: null };
      const { pem: keyPem } = await readKeyFile(options.locateFile, keyPath);
      const chain = await readChainFile(options.locateFile, certPath);
      await registerKey(context, { name, keyPath, certPath, keyPem, chain, makeDefault });
      changed('keys');
      return { key: await describe(context.directory, name) };
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

async function listKeys(
  { locateFile, clock, homePath }: KeysServiceOptions,
  directory: Directory,
): Promise<{ keys: SigningKey[]; path: string }> {
  const list = await readSigningKeys(directory, clock);
  const keys: SigningKey[] = [];
  for (const entry of list.keys)
    keys.push(await inspectKey({ directory, locateFile, clock }, entry, entry.name === list.defaultName));
  return { keys, path: shortenHome(absolutePath(directory, signingKeysFile), homePath) };
}

async function describeKey(
  { locateFile, clock }: KeysServiceOptions,
  directory: Directory,
  name: string,
): Promise<SigningKey> {
  const list = await readSigningKeys(directory, clock);
  const entry = list.keys.find((key) => key.name === name);
  if (!entry) throw new AppError('key.notFound', { name });
  return inspectKey({ directory, locateFile, clock }, entry, list.defaultName === name);
}
