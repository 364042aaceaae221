import type { Repository } from './oci/repository.ts';
import { hideSecrets } from './plugin/hide-secrets.ts';

function isPlain(argument: string): boolean {
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(argument);
}

/** Words as a POSIX shell reads them; control characters are shown escaped (`$'…'`). */
export function toShellWords(words: readonly string[]): string {
  const quoted = words.map((argument) => {
    if (isPlain(argument)) return argument;
    if (!/\p{Cc}/u.test(argument)) return `'${argument.replaceAll("'", String.raw`'\''`)}'`;
    const escaped = argument.replaceAll('\\', '\\\\').replaceAll("'", "\\'");
    return `$'${escaped.replace(/\p{Cc}/gu, (control) => `\\x${control.charCodeAt(0).toString(16).padStart(2, '0')}`)}'`;
  });
  return quoted.join(' ');
}

/** A `notation` command line with these arguments. */
export function toNotationCommand(args: readonly string[], experimental = false): string {
  return `${experimental ? 'NOTATION_EXPERIMENTAL=1 ' : ''}notation ${toShellWords(args)}`;
}

/** What the CLI calls a repository: a layout in an archive is the folder it has to be unpacked to, because the CLI reads folders only. */
export function toCliName({ name, unpacked }: Pick<Repository, 'name' | 'unpacked'>): string {
  return unpacked?.folder ?? name;
}

/**
 * The command line that does something with a repository, after unpacking where that is needed.
 *
 * @param verb - the command; `args` are what follows it
 */
export function toCommandOn(
  { kind, unpacked, insecure = false }: Pick<Repository, 'kind' | 'unpacked' | 'insecure'>,
  verb: string,
  args: readonly string[],
): string {
  const command = toNotationCommand([verb, ...(insecure ? ['--insecure-registry'] : []), ...args], kind === 'layout');
  return unpacked ? `${unpacked.command} && ${command}` : command;
}

/** `-m` for each pair of metadata. */
export function toMetadataArguments(metadata: Readonly<Record<string, string>>): string[] {
  return Object.entries(metadata).flatMap(([key, value]) => ['-m', `${key}=${value}`]);
}

/** `--plugin-config` for each setting; for what is kept, secrets can be masked. */
export function toPluginConfigArguments(
  config: Readonly<Record<string, string>>,
  secrets: 'shown' | 'masked',
): string[] {
  const shown = secrets === 'masked' ? hideSecrets(config) : config;
  return Object.entries(shown).flatMap(([key, value]) => ['--plugin-config', `${key}=${value}`]);
}
