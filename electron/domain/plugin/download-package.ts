import { createHash } from 'node:crypto';
import { AppError } from '../../../shared/errors/app-error.ts';
import { HttpFailure, type Clock, type Http, type HttpResponse, type SpoolFile } from '../ports.ts';
import { maxPackageBytes } from './plugin-package.ts';

const limitMs = 10 * 60 * 1000;
const maxRedirects = 5;
const redirects: readonly number[] = [301, 302, 303, 307, 308];

export interface DownloadContext {
  readonly http: Http;
  readonly clock: Clock;
}

/** An address that a package may come from: https, without a user name in it. @throws AppError `pluginPackage.notHttps` */
export function parsePackageUrl(text: string, base?: URL): URL {
  const refuse = (): AppError => new AppError('pluginPackage.notHttps', { url: text.slice(0, 500) });
  if (!URL.canParse(text, base?.href)) throw refuse();
  const url = new URL(text, base?.href);
  if (url.protocol !== 'https:' || url.username !== '' || url.password !== '') throw refuse();
  url.hash = '';
  return url;
}

/** The last part of an address, as the name of what is there. */
export function fileNameOfUrl(url: URL): string {
  const last = url.pathname.split('/').findLast((part) => part !== '') ?? '';
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}

function failed(url: URL, fault: string, cause?: unknown): AppError {
  return new AppError('pluginPackage.notDownloaded', { host: url.host, fault }, { cause });
}

/** Follows redirects by hand, over https only and with no credential of any kind. */
async function open(
  { http, clock }: DownloadContext,
  start: URL,
  deadlineMs: number,
  signal: AbortSignal,
): Promise<{ url: URL; response: HttpResponse }> {
  let url = start;
  for (let hops = 0; hops <= maxRedirects; hops += 1) {
    const left = Math.max(1, deadlineMs - clock.monotonicMs());
    const headers = { accept: '*/*', 'accept-encoding': 'identity' };
    const response = await http.send({ method: 'GET', url: url.href, headers, deadlineMs: left }, signal);
    const { location } = response.headers;
    if (!redirects.includes(response.status) || location === undefined) return { url, response };
    response.discard();
    url = parsePackageUrl(location, url);
  }
  throw failed(url, 'too many redirects');
}

async function receive(response: HttpResponse, url: URL, file: SpoolFile): Promise<{ size: number; sha256: string }> {
  const tooLarge = (): AppError => new AppError('archive.tooLarge', { what: 'the package', limit: maxPackageBytes });
  if (response.status !== 200) throw failed(url, `status ${response.status}`);
  if (Number(response.headers['content-length'] ?? 0) > maxPackageBytes) throw tooLarge();
  const hash = createHash('sha256');
  let size = 0;
  for await (const chunk of response.body) {
    size += chunk.length;
    if (size > maxPackageBytes) throw tooLarge();
    hash.update(chunk);
    await file.append(chunk);
  }
  return { size, sha256: hash.digest('hex') };
}

/**
 * Downloads a package over https into a file that waits for it: at most 256 MiB in at most ten minutes, as the reference does.
 * @returns size in bytes and SHA-256 in lower-case hex; nothing about the content was checked
 * @throws AppError `pluginPackage.notHttps`, `pluginPackage.notDownloaded`, `archive.tooLarge`, `file.*`; the signal's reason
 */
export async function downloadPackage(
  context: DownloadContext,
  start: URL,
  file: SpoolFile,
  signal: AbortSignal,
): Promise<{ readonly size: number; readonly sha256: string }> {
  let current = start;
  let opened: HttpResponse | undefined;
  try {
    const { url, response } = await open(context, start, context.clock.monotonicMs() + limitMs, signal);
    [current, opened] = [url, response];
    return await receive(response, url, file);
  } catch (error) {
    opened?.discard();
    if (error instanceof HttpFailure)
      throw failed(current, error.stage ? `${error.kind} ${error.stage}` : error.kind, error);
    throw error;
  }
}
