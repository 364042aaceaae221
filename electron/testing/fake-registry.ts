import { createHash, randomUUID } from 'node:crypto';
import { createServer as createPlainServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { SecureContextOptions } from 'node:tls';
import { mediaTypes } from '../../shared/model/media-types.ts';

/** A request as the registry received it. */
export interface SeenRequest {
  readonly method: string;
  /** Path with query. */
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}
/** What a registry does instead of the right thing. */
export type Fault = (request: SeenRequest, response: ServerResponse) => void | Promise<void>;

export interface FakeRegistryOptions {
  /** Whether it has the referrers API. Default true. */
  readonly referrersApi?: boolean;
  /** Whether manifests can be deleted. Default true. */
  readonly deletion?: boolean;
  /** Whether `n` is ignored in listings. */
  readonly ignoresPageSize?: boolean;
  /** Whether `If-Match` is understood and `ETag` sent. */
  readonly etags?: boolean;
  readonly login?: { readonly scheme: 'basic' | 'bearer'; readonly username: string; readonly password: string };
  readonly tls?: { readonly key: string; readonly cert: string } & Pick<
    SecureContextOptions,
    'minVersion' | 'maxVersion' | 'ciphers'
  >;
}

interface StoredManifest {
  readonly mediaType: string;
  readonly bytes: Buffer;
}
class StoredRepository {
  readonly manifests = new Map<string, StoredManifest>();
  readonly tags = new Map<string, string>();
  readonly blobs = new Map<string, Buffer>();
}
interface PlannedFault {
  readonly matches: (request: SeenRequest) => boolean;
  readonly fault: Fault;
  left: number;
}

function digestOf(bytes: Uint8Array): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/**
 * A registry on a loopback socket that keeps to the distribution specification, until it is told to misbehave. It records every request,
 * so that a test can prove what was not sent.
 */
export class FakeRegistry {
  readonly requests: SeenRequest[] = [];
  readonly #options: FakeRegistryOptions;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #repositories = new Map<string, StoredRepository>();
  readonly #faults: PlannedFault[] = [];
  readonly #tokens = new Set<string>();

  constructor(options: FakeRegistryOptions = {}) {
    this.#options = options;
    const listener = (request: IncomingMessage, response: ServerResponse): void => void this.#serve(request, response);
    this.#server = options.tls ? createTlsServer(options.tls, listener) : createPlainServer(listener);
    this.#server.on('connection', (socket: Socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
      socket.on('error', () => undefined);
    });
  }

  static async start(options: FakeRegistryOptions = {}): Promise<FakeRegistry> {
    const registry = new FakeRegistry(options);
    await new Promise<void>((resolve) => registry.#server.listen(0, '127.0.0.1', resolve));
    return registry;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get host(): string {
    return `127.0.0.1:${this.port}`;
  }

  get origin(): string {
    return `${this.#options.tls ? 'https' : 'http'}://${this.host}`;
  }

  get openSockets(): number {
    return this.#sockets.size;
  }

  /** Misbehaves for requests that match, a number of times, before it does the right thing again. */
  misbehave(matches: string | ((request: SeenRequest) => boolean), fault: Fault, times = Infinity): void {
    const test =
      typeof matches === 'string'
        ? (request: SeenRequest) => `${request.method} ${request.path}`.includes(matches)
        : matches;
    this.#faults.push({ matches: test, fault, left: times });
  }

  repository(name: string): StoredRepository {
    const known = this.#repositories.get(name) ?? new StoredRepository();
    this.#repositories.set(name, known);
    return known;
  }

  /** Puts a manifest there, under a tag if one is given; gives its digest. */
  addManifest(repository: string, body: unknown, tag?: string, mediaType: string = mediaTypes.ociManifest): string {
    const bytes = Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body));
    return this.#store(this.repository(repository), mediaType, bytes, tag);
  }

  addBlob(repository: string, bytes: Uint8Array): string {
    const digest = digestOf(bytes);
    this.repository(repository).blobs.set(digest, Buffer.from(bytes));
    return digest;
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #store(repository: StoredRepository, mediaType: string, bytes: Buffer, tag?: string): string {
    const digest = digestOf(bytes);
    repository.manifests.set(digest, { mediaType, bytes });
    if (tag !== undefined) repository.tags.set(tag, digest);
    return digest;
  }

  async #serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const body = await readAll(message);
      const request = { method: message.method ?? '', path: message.url ?? '', headers: message.headers, body };
      this.requests.push(request);
      const planned = this.#faults.find((fault) => fault.left > 0 && fault.matches(request));
      if (planned) {
        planned.left -= 1;
        await planned.fault(request, response);
      } else this.serve(request, response);
    } catch {
      response.destroy();
    }
  }

  /** The right thing. Faults may call it after having done something else. */
  serve(request: SeenRequest, response: ServerResponse): void {
    const url = new URL(request.path, this.origin);
    if (url.pathname === '/token') return this.#giveToken(request, response);
    if (!this.#isLoggedIn(request)) return this.#challenge(response, url);
    if (url.pathname === '/v2/') return answerJson(response, 200, {});
    if (url.pathname === '/v2/_catalog')
      return this.#list(response, url, 'repositories', [...this.#repositories.keys()]);
    const [, name = '', kind = '', rest = ''] =
      /^\/v2\/(.+?)\/(tags\/list|manifests|blobs|referrers)\/?(.*)$/.exec(url.pathname) ?? [];
    const isPut = request.method === 'PUT' || request.method === 'POST';
    const repository = isPut ? this.repository(name) : this.#repositories.get(name);
    if (!repository) return answerError(response, 404, 'NAME_UNKNOWN');
    if (kind === 'tags/list') return this.#list(response, url, 'tags', [...repository.tags.keys()]);
    if (kind === 'manifests') return this.#serveManifest(repository, rest, request, response);
    if (kind === 'blobs') return this.#serveBlob(repository, name, rest, request, response, url);
    return this.#serveReferrers(repository, rest, response);
  }

  #isLoggedIn(request: SeenRequest): boolean {
    const { login } = this.#options;
    if (!login) return true;
    const given = request.headers.authorization ?? '';
    if (login.scheme === 'basic') return given === basic(login);
    return given.startsWith('Bearer ') && this.#tokens.has(given.slice(7));
  }

  #challenge(response: ServerResponse, url: URL): void {
    const [, name = ''] = /^\/v2\/(.+?)\/(tags|manifests|blobs|referrers)/.exec(url.pathname) ?? [];
    const scope = name && `,scope="repository:${name}:pull,push"`;
    const bearer = `Bearer realm="${this.origin}/token",service="fake"${scope}`;
    response.setHeader('www-authenticate', this.#options.login?.scheme === 'basic' ? 'Basic realm="fake"' : bearer);
    answerError(response, 401, 'UNAUTHORIZED');
  }

  #giveToken(request: SeenRequest, response: ServerResponse): void {
    const { login } = this.#options;
    const form = new URLSearchParams(request.body.toString());
    const isKnown =
      login && (request.headers.authorization === basic(login) || form.get('refresh_token') === login.password);
    if (!isKnown) return answerError(response, 401, 'UNAUTHORIZED');
    const token = randomUUID();
    this.#tokens.add(token);
    return answerJson(response, 200, { token, expires_in: 300 });
  }

  #list(response: ServerResponse, url: URL, member: string, names: readonly string[]): void {
    const last = url.searchParams.get('last');
    const from = last === null ? 0 : names.indexOf(last) + 1;
    const size = this.#options.ignoresPageSize ? names.length : Number(url.searchParams.get('n') ?? names.length);
    const page = names.slice(from, from + size);
    if (from + size < names.length)
      response.setHeader('link', `<${url.pathname}?n=${size}&last=${page.at(-1)}>; rel="next"`);
    answerJson(response, 200, { name: 'x', [member]: page });
  }

  #serveManifest(
    repository: StoredRepository,
    reference: string,
    request: SeenRequest,
    response: ServerResponse,
  ): void {
    const digest = repository.tags.get(reference) ?? reference;
    const stored = repository.manifests.get(digest);
    if (request.method === 'PUT') return this.#putManifest(repository, reference, request, response);
    if (request.method === 'DELETE' && !this.#options.deletion && this.#options.deletion !== undefined)
      return answerError(response, 405, 'UNSUPPORTED');
    if (!stored) return answerError(response, 404, 'MANIFEST_UNKNOWN');
    if (request.method === 'DELETE') {
      repository.manifests.delete(digest);
      response.writeHead(202).end();
      return;
    }
    response.writeHead(200, {
      'content-type': stored.mediaType,
      'content-length': stored.bytes.length,
      'docker-content-digest': digest,
      ...(this.#options.etags && { etag: `"${digest}"` }),
    });
    response.end(request.method === 'HEAD' ? undefined : stored.bytes);
  }

  #putManifest(repository: StoredRepository, reference: string, request: SeenRequest, response: ServerResponse): void {
    const ifMatch = request.headers['if-match'];
    if (this.#options.etags && ifMatch !== undefined && ifMatch !== `"${repository.tags.get(reference)}"`)
      return answerError(response, 412, 'CHANGED');
    const isTag = !reference.includes(':');
    const digest = this.#store(
      repository,
      request.headers['content-type'] ?? '',
      request.body,
      isTag ? reference : undefined,
    );
    const { subject } = JSON.parse(request.body.toString()) as { subject?: { digest: string } };
    const indexes = subject !== undefined && this.#options.referrersApi !== false;
    response
      .writeHead(201, { 'docker-content-digest': digest, ...(indexes && { 'oci-subject': subject.digest }) })
      .end();
  }

  #serveBlob(
    repository: StoredRepository,
    name: string,
    rest: string,
    request: SeenRequest,
    response: ServerResponse,
    url: URL,
  ): void {
    if (request.method === 'POST') {
      response.writeHead(202, { location: `/v2/${name}/blobs/uploads/${randomUUID()}?state=1` }).end();
      return;
    }
    if (request.method === 'PUT') {
      const digest = digestOf(request.body);
      if (url.searchParams.get('digest') !== digest) return answerError(response, 400, 'DIGEST_INVALID');
      repository.blobs.set(digest, request.body);
      response.writeHead(201, { 'docker-content-digest': digest }).end();
      return;
    }
    const bytes = repository.blobs.get(rest);
    if (!bytes) return answerError(response, 404, 'BLOB_UNKNOWN');
    response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': bytes.length });
    response.end(request.method === 'HEAD' ? undefined : bytes);
  }

  #serveReferrers(repository: StoredRepository, subject: string, response: ServerResponse): void {
    if (this.#options.referrersApi === false) {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('404 page not found\n');
      return;
    }
    const manifests = [...repository.manifests].flatMap(([digest, { mediaType, bytes }]) => {
      const body = JSON.parse(bytes.toString()) as {
        subject?: { digest: string };
        artifactType?: string;
        annotations?: object;
      };
      const { artifactType, annotations } = body;
      return body.subject?.digest === subject
        ? [{ mediaType, digest, size: bytes.length, artifactType, annotations }]
        : [];
    });
    answerJson(response, 200, { schemaVersion: 2, mediaType: mediaTypes.ociIndex, manifests }, mediaTypes.ociIndex);
  }
}

function basic({ username, password }: { username: string; password: string }): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}

/** Answers with JSON. */
export function answerJson(response: ServerResponse, status: number, body: unknown, type = 'application/json'): void {
  const bytes = Buffer.from(JSON.stringify(body));
  response.writeHead(status, { 'content-type': type, 'content-length': bytes.length });
  response.end(bytes);
}

/** Answers with an error of the distribution specification. */
export function answerError(response: ServerResponse, status: number, code: string): void {
  answerJson(response, status, { errors: [{ code, message: `fake ${code}` }] });
}
