import { describe, expect, it } from 'vitest';
import { certCommand, isStoreName, suggestedFile } from './store-words.ts';

describe('a name for a certificate file', () => {
  it.each([
    ['fade-out', 'fade-out.crt'],
    ['Acme Root CA 1', 'Acme-Root-CA-1.crt'],
    ['筋通し', 'certificate.crt'],
    ['../../etc/passwd', 'etc-passwd.crt'],
    ['', 'certificate.crt'],
    ['a'.repeat(99), `${'a'.repeat(60)}.crt`],
  ])('%j', (commonName, file) => {
    expect(suggestedFile(commonName)).toBe(file);
  });
});

describe('the command line for a store', () => {
  it('names the store and a file, or all of it; nothing where quotes would be needed', () => {
    const store = { type: 'ca', name: 'acme' } as const;
    expect(certCommand('show', store, 'root.crt')).toBe('notation cert show --type ca --store acme root.crt');
    expect(certCommand('delete', store)).toBe('notation cert delete --type ca --store acme --all');
    expect(certCommand('add', store, '$(id).crt')).toBeUndefined();
    expect(certCommand('add', { ...store, name: '-x' }, 'a.crt')).toBeUndefined();
  });
});

describe('a store name', () => {
  it('is letters, digits, dots, dashes and underscores, and no way out of its folder', () => {
    expect(['a', 'acme_1.x-y', 'A'].every(isStoreName)).toBe(true);
    expect(['', '.', '..', '...', 'a/b', 'a b', '鍵', 'a'.repeat(65)].some(isStoreName)).toBe(false);
  });
});
