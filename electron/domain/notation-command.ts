function isPlain(argument: string): boolean {
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(argument);
}

/** A `notation` command line that a POSIX shell reads as these arguments; control characters are shown escaped (`$'…'`). */
export function toNotationCommand(args: readonly string[], experimental = false): string {
  const quoted = args.map((argument) => {
    if (isPlain(argument)) return argument;
    if (!/\p{Cc}/u.test(argument)) return `'${argument.replaceAll("'", String.raw`'\''`)}'`;
    const escaped = argument.replaceAll('\\', '\\\\').replaceAll("'", "\\'");
    return `$'${escaped.replace(/\p{Cc}/gu, (control) => `\\x${control.charCodeAt(0).toString(16).padStart(2, '0')}`)}'`;
  });
  return `${experimental ? 'NOTATION_EXPERIMENTAL=1 ' : ''}notation ${quoted.join(' ')}`;
}
