import { describe, expect, it } from 'vitest';
import { parseExternalUrl } from './external-url.ts';
import { isPageUrl } from './page-url.ts';

describe('isPageUrl', () => {
  it.each(['app://inkan/', 'app://inkan/#/settings', 'app://inkan/assets/main.js', 'app://inkan'])('%s is', (url) => {
    expect(isPageUrl(url)).toBe(true);
  });
  it.each([
    '',
    'null/',
    'about:blank',
    'data:text/html,x',
    'blob:app://inkan/0',
    'file:///app://inkan/',
    'https://inkan/',
    'app://inkan.evil.example/',
    'app://evil@inkan/',
    'app://inkan:1/',
    'app://x/inkan/',
    'app:inkan',
    'apps://inkan/',
  ])('%s is not', (url) => {
    expect(isPageUrl(url)).toBe(false);
  });
});

describe('parseExternalUrl', () => {
  it('takes https', () => {
    expect(parseExternalUrl('https://notaryproject.dev/docs')?.host).toBe('notaryproject.dev');
  });
  it.each([
    'http://notaryproject.dev/',
    'https://user@notaryproject.dev/',
    'https://:password@notaryproject.dev/',
    'file:///etc/passwd',
    ['javascript', 'alert(1)'].join(':'),
    'data:text/html,x',
    'smb://host/share',
    '\\\\host\\share',
    'vscode://open',
    'notaryproject.dev',
    '',
  ])('refuses %s', (url) => {
    expect(parseExternalUrl(url)).toBeUndefined();
  });
});
