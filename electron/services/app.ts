import type { Handlers, OutputOf, Publish } from '../../shared/contract/contract.ts';
import type { WireError } from '../../shared/errors/app-error.ts';
import { readDefaultFormat, writeDefaultFormat } from '../domain/configuration/signature-format.ts';
import { findUnsafeFiles } from '../domain/keystore/file-safety.ts';
import type { Directory } from '../domain/ports.ts';
import type { ConfigurationProvider } from './configuration.ts';
import { shortenHome } from './shorten-home.ts';
import { readSettingsFile, updateSettingsFile } from './settings-file.ts';

export interface AppServiceOptions {
  readonly host: Omit<OutputOf<'app.describeHost'>, 'configuration' | 'warnings'>;
  readonly configuration: ConfigurationProvider;
  readonly inkan: Directory;
  readonly notationPath: string;
  readonly scratchPath: string;
  readonly fixedByEnvironment: boolean;
  /** The user's home folder, shown as `~`. */
  readonly homePath: string;
  /** What was found at the start, such as a journal that could not be read. */
  readonly startWarnings: readonly WireError[];
  /** Opens an https address after the user has seen where it leads; whether it was opened. */
  readonly openExternal: (url: string) => Promise<boolean>;
  readonly publish: Publish;
}

export function createAppService(options: AppServiceOptions): Handlers<'app'> {
  const { host, configuration, inkan, fixedByEnvironment, homePath, publish } = options;
  const shown = (path: string): string => shortenHome(path, homePath);
  return {
    'app.describeHost': async () => {
      const directory = configuration.current();
      return {
        ...host,
        configuration: {
          choice: configuration.choice(),
          path: shown(directory.path),
          notationPath: shown(options.notationPath),
          scratchPath: shown(options.scratchPath),
          fixedByEnvironment,
        },
        warnings: [
          ...(configuration.startProblem ? [configuration.startProblem] : []),
          ...options.startWarnings,
          ...(await findUnsafeFiles(directory)),
        ],
      };
    },

    'app.readSettings': () => readSettingsFile(inkan),

    'app.updateSettings': async (change) => {
      const settings = await updateSettingsFile(inkan, change);
      publish('config.changed', { area: 'settings' });
      return settings;
    },

    'app.readSigningDefaults': async () => {
      const { format, unsupported } = await readDefaultFormat(configuration.current());
      return { signatureFormat: format, ...(unsupported !== undefined && { unsupportedFormat: unsupported }) };
    },

    'app.updateSigningDefaults': async ({ signatureFormat }) => {
      await writeDefaultFormat(configuration.current(), signatureFormat);
      publish('config.changed', { area: 'credentials' });
      return { signatureFormat };
    },

    'app.chooseConfiguration': async ({ choice }) => {
      const directory = await configuration.choose(choice);
      publish('config.changed', { area: 'settings' });
      return { path: shown(directory.path) };
    },

    'app.openExternal': async ({ url }) => ({ opened: await options.openExternal(url) }),
  };
}
