import { isAppError, toWireError, type WireError } from '../../shared/errors/app-error.ts';
import type { ConfigurationChoice } from '../../shared/model/settings.ts';
import type { Directory } from '../domain/ports.ts';
import { defaultSettings, readSettingsFile, updateSettingsFile } from './settings-file.ts';

export interface ConfigurationOptions {
  /** Inkan's own directory, with the settings. */
  readonly inkan: Directory;
  readonly openDirectory: (path: string) => Promise<Directory>;
  /** The user's own Notation directory, or the one that the environment names. */
  readonly notationPath: string;
  readonly scratchPath: string;
  readonly fixedByEnvironment: boolean;
}

/** Which Notation configuration directory is in use. */
export interface ConfigurationProvider {
  /** The directory in use at this moment: ask again for every operation. */
  current(): Directory;
  choice(): ConfigurationChoice;
  /** What was wrong with the settings at the start, when the default choice had to stand in. */
  readonly startProblem: WireError | undefined;
  choose(choice: 'scratch' | 'notation'): Promise<Directory>;
  /** Tells when another directory is in use; gives what ends the telling. */
  subscribe(listener: (directory: Directory) => void): () => void;
}

/** Opens the directory that environment and settings name. Until the user chooses, that is the scratch directory. */
export async function createConfigurationProvider(options: ConfigurationOptions): Promise<ConfigurationProvider> {
  const { inkan, openDirectory, notationPath, scratchPath, fixedByEnvironment } = options;
  const listeners = new Set<(directory: Directory) => void>();
  const pathOf = (choice: ConfigurationChoice): string =>
    fixedByEnvironment || choice === 'notation' ? notationPath : scratchPath;
  const start = await readChoice(inkan);
  let { choice } = start;
  let directory = await openDirectory(pathOf(choice));
  return {
    current: () => directory,
    choice: () => choice,
    startProblem: start.problem,
    async choose(chosen) {
      await updateSettingsFile(inkan, { configuration: chosen });
      const path = pathOf(chosen);
      choice = chosen;
      if (path !== directory.path) {
        directory = await openDirectory(path);
        for (const listener of listeners) listener(directory);
      }
      return directory;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

async function readChoice(inkan: Directory): Promise<{ choice: ConfigurationChoice; problem: WireError | undefined }> {
  try {
    return { choice: (await readSettingsFile(inkan)).configuration, problem: undefined };
  } catch (error) {
    if (!isAppError(error)) throw error;
    return { choice: defaultSettings.configuration, problem: toWireError(error) };
  }
}
