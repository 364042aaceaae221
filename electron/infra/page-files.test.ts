import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readPageFiles, type PageFiles } from './page-files.ts';

let folder = '';
let files: PageFiles;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'inkan-page-'));
  await mkdir(join(folder, 'assets'));
  await writeFile(join(folder, 'index.html'), '<meta property="csp-nonce" nonce="__CSP_NONCE__" />');
  await writeFile(join(folder, 'assets', 'main.js'), 'export {};');
  await writeFile(join(folder, 'assets', 'main.js.map'), '{}');
  files = await readPageFiles(folder);
});
afterAll(() => rm(folder, { recursive: true }));

describe('readPageFiles', () => {
  it('gives each load a nonce of its own, in the header and in the page', async () => {
    const [first, second] = [files('/'), files('/')];
    const nonces = [];
    for (const response of [first, second]) {
      const [, nonce] = /nonce="([\w-]{22})"/.exec((await response?.text()) ?? '') ?? [];
      expect(response?.headers.get('content-security-policy')).toContain(`style-src 'self' 'nonce-${nonce}'`);
      nonces.push(nonce);
    }
    expect(nonces[0]).not.toBe(nonces[1]);
  });

  it('case I-07: sends the policy of the security table', () => {
    const response = files('/', ['ws://127.0.0.1:1']);
    const policy = response?.headers.get('content-security-policy')?.replace(/'nonce-[^']*'/, "'nonce'");
    expect(policy?.split('; ')).toEqual([
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self' 'nonce'",
      "img-src 'self' data:",
      "font-src 'self'",
      "connect-src 'self' ws://127.0.0.1:1",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
      "object-src 'none'",
      "require-trusted-types-for 'script'",
      "trusted-types 'none'",
    ]);
  });

  it('serves a file of the bundle with its type', async () => {
    const response = files('/assets/main.js');
    expect(response?.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(response?.headers.get('x-content-type-options')).toBe('nosniff');
    expect(await response?.text()).toBe('export {};');
  });

  it.each([
    '/assets/../index.html',
    '/assets/main.js?x',
    '/assets/main.js.map',
    '/assets',
    '',
    '//',
    '/%69ndex.html',
    '/index.html',
    '/assets/main.js\0',
    '/__proto__',
    '/../../etc/passwd',
  ])('knows nothing at %j', (path) => {
    expect(files(path)).toBeUndefined();
  });

  it('refuses a page without a place for the nonce', async () => {
    await expect(readPageFiles(join(folder, 'assets'))).rejects.toThrow('nonce');
  });
});
