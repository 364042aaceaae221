/** A path for display: the home folder as `~`. */
export function shortenHome(path: string, home: string): string {
  const rest = path.slice(home.length);
  return home !== '' && path.startsWith(home) && /^[/\\]/.test(rest) ? `~${rest}` : path;
}
