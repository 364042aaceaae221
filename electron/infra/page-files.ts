import { randomBytes } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { extname, join } from 'node:path';

/** Answers for a path of the page; undefined for what is not part of it. */
export type PageFiles = (path: string, connectSources?: readonly string[]) => Response | undefined;

const mediaTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};
const document = '/index.html';
const noncePlaceholder = '__CSP_NONCE__';
const noSniffing = { 'x-content-type-options': 'nosniff' };

/**
 * Reads the bundle of the page once. From then on a path is only a key: nothing that a request says is ever joined to a
 * folder. Each load of the document gets a nonce of its own.
 */
export async function readPageFiles(folder: string): Promise<PageFiles> {
  const files = new Map(await readFolder(folder, ''));
  const html = new TextDecoder().decode(files.get(document)?.bytes);
  if (!html.includes(noncePlaceholder)) throw new Error('the page has no place for its nonce');
  return (path, connectSources = []) => {
    if (path === '/') return documentResponse(html, connectSources);
    const file = path === document ? undefined : files.get(path);
    return file && new Response(file.bytes, { headers: { 'content-type': file.type, ...noSniffing } });
  };
}

interface PageFile {
  readonly type: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Files of a type that the page has no use for, such as source maps, are not part of it. */
async function readFolder(folder: string, prefix: string): Promise<[string, PageFile][]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const read = entries.map(async (entry): Promise<[string, PageFile][]> => {
    const [full, path] = [join(folder, entry.name), `${prefix}/${entry.name}`];
    if (entry.isDirectory()) return readFolder(full, path);
    const type = mediaTypes[extname(entry.name)];
    return type === undefined ? [] : [[path, { type, bytes: new Uint8Array(await readFile(full)) }]];
  });
  return (await Promise.all(read)).flat();
}

function documentResponse(html: string, connectSources: readonly string[]): Response {
  const nonce = randomBytes(16).toString('base64url');
  const headers = {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': contentSecurityPolicy(nonce, connectSources),
    'permissions-policy': 'camera=(), microphone=(), geolocation=(), display-capture=(), usb=(), serial=(), hid=()',
    ...noSniffing,
  };
  return new Response(html.replaceAll(noncePlaceholder, nonce), { headers });
}

/** The nonce is for the style elements that CodeMirror and React Aria make; scripts come from our own files alone. */
function contentSecurityPolicy(nonce: string, connectSources: readonly string[]): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    ["connect-src 'self'", ...connectSources].join(' '),
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
}
