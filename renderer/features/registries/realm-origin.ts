import type { Fault } from '../../locales/error-text.ts';

/** Where a registry wanted its credential sent, when that may be allowed at all: https, and no names in the address. */
export function realmOrigin({ code, details }: Fault): string | null {
  const { realm } = details;
  if (code !== 'registry.untrustedRealm' || typeof realm !== 'string' || !URL.canParse(realm)) return null;
  const { protocol, username, password, origin } = new URL(realm);
  return protocol === 'https:' && username === '' && password === '' ? origin : null;
}
