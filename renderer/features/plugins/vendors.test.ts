import { describe, expect, it } from 'vitest';
import { vendorOf, vendors } from './vendors.ts';

describe('vendors', () => {
  it.each(vendors)('$title takes its own example for a key', ({ idExample, isKeyId }) => {
    expect(isKeyId(idExample)).toBe(true);
    expect(isKeyId('')).toBe(false);
    expect(isKeyId(`${idExample} x`)).toBe(false);
  });

  it.each([
    ['com.amazonaws.signer.notation.plugin', 'Release'],
    ['com.amazonaws.signer.notation.plugin', 'arn:aws:signer:us-east-1:1:/signing-profiles/Release'],
    ['com.amazonaws.signer.notation.plugin', 'arn:aws:kms:us-east-1:111122223333:key/1'],
    ['azure-kv', 'release'],
    ['azure-kv', 'http://myvault.vault.azure.net/keys/release/0123456789abcdef0123456789abcdef'],
    ['azure-kv', 'https://myvault.vault.azure.net/keys/release'],
    ['azure-kv', 'https://myvault.vault.azure.net/certificates/release/0123456789abcdef0123456789abcdef'],
    ['hc-vault', 'transit/keys/release'],
  ])('%s does not take %s', (plugin, id) => {
    expect(vendorOf(plugin)?.isKeyId(id)).toBe(false);
  });
});
