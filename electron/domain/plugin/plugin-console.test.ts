import { describe, expect, it } from 'vitest';
import type { PluginCall } from './plugin-process.ts';
import { hideSecrets, isSecretName } from './hide-secrets.ts';
import { PluginConsole } from './plugin-console.ts';

const call = (change: Partial<PluginCall> = {}): PluginCall => ({
  plugin: 'sealer',
  command: 'describe-key',
  startedAt: new Date('2026-11-23T08:00:00Z'),
  durationMs: 12.4,
  exitCode: 0,
  request: '{"keyId":"k"}',
  stdout: new TextEncoder().encode('{"keyId":"k"}'),
  stderr: new Uint8Array(),
  ...change,
});

describe('the console of plugins', () => {
  it.each([
    'token',
    'apiToken',
    'client_secret',
    'password',
    'passphrase',
    'pin',
    'user-pin',
    'userPin',
    'access-key',
    'VAULT_TOKEN',
  ])('takes %s for the name of a secret', (name) => expect(isSecretName(name)).toBe(true));
  it.each([
    'region',
    'spin',
    'shopping',
    'key-folder',
    'ca_certs',
    'credential_type',
    'self_signed',
    'keyId',
    'payload',
  ])('does not take %s for one', (name) => expect(isSecretName(name)).toBe(false));

  it('masks the values of secrets', () => {
    expect(hideSecrets({ region: 'eu', token: 'x' })).toEqual({ region: 'eu', token: '••••••' });
  });

  it('shows a call without secrets, wherever a plugin repeats them, and shortens what only machines read', () => {
    const calls = new PluginConsole();
    const payload = 'QUFB'.repeat(60);
    calls.record(
      call({
        request: JSON.stringify({ keyId: 'k', payload, pluginConfig: { region: 'eu', token: 'hunter22' } }),
        stdout: new TextEncoder().encode('{"sessionToken":"abcdef","note":"used hunter22"}'),
        stderr: new TextEncoder().encode('warning: hunter22'),
      }),
    );
    const [shown] = calls.list();
    expect(shown).toMatchObject({ id: 1, durationMs: 12, startedAt: '2026-11-23T08:00:00.000Z' });
    expect(JSON.stringify(shown)).not.toMatch(/hunter22|abcdef/);
    expect(JSON.parse(shown?.request ?? '')).toEqual({
      keyId: 'k',
      payload: `${payload.slice(0, 24)}… (240)`,
      pluginConfig: { region: 'eu', token: '••••••' },
    });
    expect(shown?.stderr).toBe('warning: ••••••');
  });

  it('is bounded in calls and in text', () => {
    const calls = new PluginConsole();
    for (let count = 0; count < 150; count += 1)
      calls.record(call({ stdout: new TextEncoder().encode('x'.repeat(40_000)) }));
    expect(calls.list()).toHaveLength(100);
    expect(calls.list()[0]).toMatchObject({ id: 150 });
    expect(calls.list()[0]?.response.length).toBe(16_384);
  });

  it('gives the calls of one plugin, and forgets', () => {
    const calls = new PluginConsole();
    calls.record(call());
    calls.record(call({ plugin: 'other' }));
    expect(calls.list('other').map(({ plugin }) => plugin)).toEqual(['other']);
    calls.clear();
    expect(calls.list()).toEqual([]);
  });
});
