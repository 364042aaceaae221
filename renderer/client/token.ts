const storageKey = 'inkan.token';

/**
 * The token of this run of the loopback host: from `#token=…` of the address, which is then cleaned, or kept from before
 * a reload. It stays in this tab.
 */
export function takeToken(): string | null {
  const match = /^#token=([\w-]{16,256})$/.exec(location.hash);
  if (match?.[1]) {
    sessionStorage.setItem(storageKey, match[1]);
    history.replaceState(null, '', `${location.pathname}#/`);
  }
  return sessionStorage.getItem(storageKey);
}
