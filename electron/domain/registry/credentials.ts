import { AppError, isAppError } from '../../../shared/errors/app-error.ts';
import { CodecError } from '../codec/codec-error.ts';
import type { Directory, ProcessRunner } from '../ports.ts';
import type { Credential, CredentialSource, FoundCredential } from './credential.ts';
import {
  configuresAuthentication,
  credentialInFile,
  helperOf,
  maxCredentialFileBytes,
  parseCredentialFile,
  type CredentialFile,
} from './credential-file.ts';
import { CredentialHelper } from './credential-program.ts';

export interface CredentialPlaces {
  /** Notation's configuration directory, the one in use now. */
  readonly notation: () => Directory;
  /** Docker's configuration directory. */
  readonly docker: Directory;
  readonly processes: ProcessRunner;
  /** As `process.platform` names it. */
  readonly platform: string;
}

interface ChosenFile {
  readonly file: CredentialFile;
  readonly origin: 'notationConfig' | 'dockerConfig';
  readonly path: string;
}

const fileName = 'config.json';
const platformHelpers: Readonly<Record<string, readonly string[]>> = {
  darwin: ['osxkeychain'],
  win32: ['wincred'],
  linux: ['pass', 'secretservice'],
};

/**
 * Credentials in the order of the reference implementation: Notation's `config.json` when it configures any authentication, else
 * Docker's; in it the host's helper, then the default helper, then the file itself. After that, and beyond the reference, the platform's
 * own helper, so that a login works where no helper is configured. Secrets are only ever written through a helper.
 */
export class Credentials implements CredentialSource {
  readonly #places: CredentialPlaces;

  constructor(places: CredentialPlaces) {
    this.#places = places;
  }

  /** @throws AppError `registry.badCredentialFile`, `registry.credentialHelperFailed` */
  async find(host: string, signal: AbortSignal): Promise<FoundCredential | undefined> {
    const chosen = await this.#chooseFile();
    const name = chosen && helperOf(chosen.file, host);
    const helped = await (name ? this.#helper(name).get(host, signal) : undefined);
    if (helped) return { credential: helped, origin: 'helper' };
    const written = chosen && this.#inFile(chosen, host);
    if (written) return { credential: written, origin: chosen.origin };
    const platform = name ? undefined : await this.#platformHelper();
    const kept = await platform?.get(host, signal);
    return kept && { credential: kept, origin: 'helper' };
  }

  /** Stores a credential through the helper that {@link find} would ask; gives its name. @throws AppError `registry.noCredentialHelper`, as {@link find} */
  async store(host: string, credential: Credential, signal: AbortSignal): Promise<string> {
    const helper = await this.#writingHelper(host);
    await helper.store(host, credential, signal);
    return helper.name;
  }

  /** Erases what the helper keeps for a host. @throws AppError as {@link store} */
  async erase(host: string, signal: AbortSignal): Promise<void> {
    await (await this.#writingHelper(host)).erase(host, signal);
  }

  /** A helper that secrets can be stored with. @throws AppError as {@link store} */
  async assertCanStore(host: string): Promise<void> {
    await this.#writingHelper(host);
  }

  /** `insecureRegistries` of Notation's `config.json`. @throws AppError `registry.badCredentialFile` */
  async insecureRegistries(): Promise<readonly string[]> {
    return (await this.#readFile(this.#places.notation()))?.insecureRegistries ?? [];
  }

  #helper(name: string): CredentialHelper {
    return new CredentialHelper(this.#places.processes, name);
  }

  async #writingHelper(host: string): Promise<CredentialHelper> {
    const chosen = await this.#chooseFile();
    const name = chosen && helperOf(chosen.file, host);
    const helper = name ? this.#helper(name) : await this.#platformHelper();
    if (!helper) throw new AppError('registry.noCredentialHelper', { host });
    return helper;
  }

  async #platformHelper(): Promise<CredentialHelper | undefined> {
    const { platform, processes } = this.#places;
    for (const name of (Object.hasOwn(platformHelpers, platform) ? platformHelpers[platform] : undefined) ?? []) {
      if (await processes.find(`docker-credential-${name}`)) return this.#helper(name);
    }
    return undefined;
  }

  async #chooseFile(): Promise<ChosenFile | undefined> {
    const { notation, docker } = this.#places;
    for (const [directory, origin] of [
      [notation(), 'notationConfig'],
      [docker, 'dockerConfig'],
    ] as const) {
      const file = await this.#readFile(directory);
      if (file && configuresAuthentication(file)) return { file, origin, path: directory.path };
    }
    return undefined;
  }

  async #readFile(directory: Directory): Promise<CredentialFile | undefined> {
    try {
      const state = await directory.read(fileName, { maxBytes: maxCredentialFileBytes });
      return state && parseCredentialFile(state.bytes);
    } catch (error) {
      if (error instanceof CodecError) throw badFile(directory.path, error.message);
      if (isAppError(error)) throw badFile(directory.path, error.code);
      throw error;
    }
  }

  #inFile({ file, path }: ChosenFile, host: string): Credential | undefined {
    try {
      return credentialInFile(file, host);
    } catch (error) {
      if (error instanceof CodecError) throw badFile(path, `the entry of ${host}: ${error.message}`);
      throw error;
    }
  }
}

function badFile(path: string, fault: string): AppError {
  return new AppError('registry.badCredentialFile', { file: `${path}/${fileName}`, fault });
}
