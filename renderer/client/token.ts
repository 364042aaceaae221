/**
 * The token of this run of the loopback host, from `#token=…` of the address, which is then cleaned. It is kept in
 * memory only, so that a reload needs the printed address again.
 */
export function takeToken(): string | null {
  const match = /^#token=([\w-]{16,256})$/.exec(location.hash);
  if (!match?.[1]) return null;
  history.replaceState(null, '', `${location.pathname}#/`);
  return match[1];
}
