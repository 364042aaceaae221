import { createHash } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A registry in memory, for reading: repositories with very many tags, each on an image of its own, none signed. */
export interface TagRegistry {
  readonly address: string;
  stop(): Promise<void>;
}

const manifestType = 'application/vnd.oci.image.manifest.v1+json';
const indexType = 'application/vnd.oci.image.index.v1+json';
const empty = { mediaType: 'application/vnd.oci.empty.v1+json', digest: digestOf('{}'), size: 2 };
const pageSize = 1000;

function digestOf(text: string): string {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}

function toManifest(tag: string): string {
  const annotations = { 'org.opencontainers.image.version': tag };
  return JSON.stringify({ schemaVersion: 2, mediaType: manifestType, config: empty, layers: [empty], annotations });
}

function send(response: ServerResponse, mediaType: string, body: string, headers: Record<string, string> = {}): void {
  response.writeHead(200, { 'content-type': mediaType, 'content-length': Buffer.byteLength(body), ...headers });
  response.end(body);
}

function sendTags(response: ServerResponse, url: URL, repository: string, tags: readonly string[]): void {
  const size = Math.min(Number(url.searchParams.get('n') ?? pageSize), pageSize);
  const start = tags.indexOf(url.searchParams.get('last') ?? '') + 1;
  const page = tags.slice(start, start + size);
  const next = `</v2/${repository}/tags/list?n=${size}&last=${page.at(-1)}>; rel="next"`;
  const headers: Record<string, string> = start + size < tags.length ? { link: next } : {};
  send(response, 'application/json', JSON.stringify({ name: repository, tags: page }), headers);
}

/** Serves the repositories, with the tags that each has. */
export async function startTagRegistry(repositories: ReadonlyMap<string, readonly string[]>): Promise<TagRegistry> {
  const manifests = new Map<string, string>();
  for (const tag of new Set([...repositories.values()].flat())) {
    const manifest = toManifest(tag);
    manifests.set(tag, manifest).set(digestOf(manifest), manifest);
  }
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://registry');
    const [, repository = '', kind, reference = ''] =
      /^\/v2\/(.+)\/(tags|manifests|referrers|blobs)\/(.+)$/.exec(url.pathname) ?? [];
    const tags = repositories.get(repository);
    const manifest = manifests.get(reference);
    if (url.pathname === '/v2/') send(response, 'application/json', '{}');
    else if (url.pathname === '/v2/_catalog')
      send(response, 'application/json', JSON.stringify({ repositories: [...repositories.keys()] }));
    else if (tags && kind === 'tags') sendTags(response, url, repository, tags);
    else if (tags && kind === 'referrers')
      send(response, indexType, JSON.stringify({ schemaVersion: 2, mediaType: indexType, manifests: [] }));
    else if (kind === 'manifests' && manifest)
      send(response, manifestType, manifest, { 'docker-content-digest': digestOf(manifest) });
    else if (kind === 'blobs' && reference === empty.digest) send(response, 'application/octet-stream', '{}');
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const stop = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { address: `127.0.0.1:${port}`, stop };
}
