import { baseDirectory, pathRules, type PathEnvironment } from './notation-paths.ts';

export interface InkanPaths {
  /** Inkan's own data: settings, journal, activity, playground. */
  readonly home: string;
  /** A Notation configuration directory to try things in. */
  readonly scratch: string;
}

/** INKAN_HOME, else the platform's directory for application data. */
export function inkanPaths(environment: PathEnvironment): InkanPaths {
  const { join, resolve } = pathRules(environment);
  const named = environment.env['INKAN_HOME'];
  const base = baseDirectory(
    environment,
    'XDG_DATA_HOME',
    ['.local', 'share'],
    ['Library', 'Application Support'],
    'LocalAppData',
  );
  const folder = environment.platform === 'linux' ? 'inkan' : 'Inkan';
  const home = named
    ? resolve(environment.workingDirectory, named)
    : base === undefined
      ? resolve(environment.workingDirectory, '.inkan')
      : join(base, folder);
  return { home, scratch: join(home, 'scratch-notation') };
}
