import { describe, expect, it } from 'vitest';
import { realmOrigin } from './realm-origin.ts';

const untrusted = (realm: unknown) => ({ code: 'registry.untrustedRealm', details: { host: 'reg.example', realm } });

describe('realmOrigin', () => {
  it.each([
    ['https://auth.example/token?x=1', 'https://auth.example'],
    ['https://auth.example:8443/token', 'https://auth.example:8443'],
    ['http://auth.example/token', null],
    ['https://reg.example@auth.example/token', null],
    ['not an address', null],
    [7, null],
  ])('%s may be allowed as %s', (realm, origin) => {
    expect(realmOrigin(untrusted(realm))).toBe(origin);
  });

  it('is about this error only', () => {
    expect(realmOrigin({ code: 'registry.timeout', details: { realm: 'https://auth.example' } })).toBeNull();
  });
});
