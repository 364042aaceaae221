import { posix, win32 } from 'node:path';

/** What decides where files lie: taken from the process by the composition root, made up by tests. */
export interface PathEnvironment {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly workingDirectory: string;
}

export interface NotationPaths {
  readonly config: string;
  readonly cache: string;
  /** Where `plugins` stands when NOTATION_LIBEXEC says so; else that is the configuration directory. */
  readonly libexec: string | undefined;
  /** Whether NOTATION_CONFIG names the configuration directory. */
  readonly fixedByEnvironment: boolean;
}

/** The directories the `notation` command line would use in this environment. */
export function notationPaths(environment: PathEnvironment): NotationPaths {
  const { join, resolve } = pathRules(environment);
  const named = (name: string): string | undefined => {
    const value = environment.env[name];
    return value ? resolve(environment.workingDirectory, value) : undefined;
  };
  const fallback = resolve(environment.workingDirectory, '.notation');
  const configBase = baseDirectory(
    environment,
    'XDG_CONFIG_HOME',
    ['.config'],
    ['Library', 'Application Support'],
    'AppData',
  );
  const cacheBase = baseDirectory(environment, 'XDG_CACHE_HOME', ['.cache'], ['Library', 'Caches'], 'LocalAppData');
  const fixed = named('NOTATION_CONFIG');
  const config = fixed ?? (configBase === undefined ? fallback : join(configBase, 'notation'));
  const cache =
    named('NOTATION_CACHE') ?? (cacheBase === undefined ? join(fallback, 'cache') : join(cacheBase, 'notation'));
  return { config, cache, libexec: named('NOTATION_LIBEXEC'), fixedByEnvironment: fixed !== undefined };
}

/** The platform's directory for one kind of file; undefined when the environment names no home. */
export function baseDirectory(
  environment: PathEnvironment,
  xdgName: string,
  unixParts: readonly string[],
  macParts: readonly string[],
  windowsName: string,
): string | undefined {
  const { join, isAbsolute } = pathRules(environment);
  if (environment.platform === 'win32') return lookUpIgnoringCase(environment.env, windowsName) || undefined;
  const home = environment.env['HOME'] || undefined;
  if (environment.platform === 'darwin') return home && join(home, ...macParts);
  const xdg = environment.env[xdgName];
  // A relative XDG directory is an error for the reference, which then works in `.notation` under the working directory.
  if (xdg) return isAbsolute(xdg) ? xdg : undefined;
  return home && join(home, ...unixParts);
}

/** The path rules of the environment's platform. */
export function pathRules(environment: PathEnvironment): typeof posix {
  return environment.platform === 'win32' ? win32 : posix;
}

function lookUpIgnoringCase(env: Readonly<Record<string, string | undefined>>, name: string): string | undefined {
  const key = Object.keys(env).find((candidate) => candidate.toLowerCase() === name.toLowerCase());
  return key === undefined ? undefined : env[key];
}
