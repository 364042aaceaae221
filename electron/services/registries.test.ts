import { beforeEach, describe, expect, it } from 'vitest';
import type { EventName, Handlers } from '../../shared/contract/contract.ts';
import { HttpFailure, type Http, type HttpRequest, type Placer, type ProcessRunner } from '../domain/ports.ts';
import { Credentials } from '../domain/registry/credentials.ts';
import { createTestChain } from '../testing/chain-factory.ts';
import { InstantClock } from '../testing/instant-clock.ts';
import { MemoryDirectory } from '../testing/memory-directory.ts';
import { MemoryFileReader } from '../testing/memory-file-reader.ts';
import { createRegistriesService } from './registries.ts';
import { SourceAccess } from './source-access.ts';
import { SourceBook } from './source-book.ts';

interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

const call = { signal: new AbortController().signal, traceId: 't' };
const hex = 'a'.repeat(64);

let inkan: MemoryDirectory;
let notation: MemoryDirectory;
let folders: Map<string, MemoryDirectory>;
let answers: Record<string, Answer>;
let asked: HttpRequest[];
let stored: string[];
let published: EventName[];
let chosen: string | undefined;
let service: Handlers<'registries'>;

/** Answers by method and path; what has no answer is refused. */
const http: Http = {
  send(request) {
    asked.push(request);
    const url = new URL(request.url);
    const answer = answers[`${request.method} ${url.pathname}`];
    if (!answer) return Promise.reject(new HttpFailure('refused', 'nobody listens'));
    const { status, headers = {}, body = {} } = answer;
    const bytes = Buffer.from(JSON.stringify(body));
    return Promise.resolve({
      status,
      headers,
      body: (async function* () {
        yield await Promise.resolve(bytes);
      })(),
      discard: () => undefined,
    });
  },
};
const processes: ProcessRunner = {
  find: (name) => Promise.resolve(name === 'docker-credential-pass' ? `/bin/${name}` : undefined),
  run: ({ args, stdin }) => {
    const input = Buffer.from(stdin).toString();
    if (args[0] === 'store') stored = [...stored, input];
    if (args[0] === 'erase') stored = stored.filter((text) => !text.includes(input));
    const found = stored.find((text) => text.includes(`"${input}"`));
    const output = args[0] === 'get' ? (found ?? 'credentials not found in native keychain') : '';
    return Promise.resolve({
      exitCode: args[0] === 'get' && !found ? 1 : 0,
      stdout: Buffer.from(output),
      stderr: Buffer.from(''),
    });
  },
};

beforeEach(() => {
  [inkan, notation, folders] = [new MemoryDirectory('/inkan'), new MemoryDirectory('/notation'), new Map()];
  [answers, asked, stored, published, chosen] = [{}, [], [], [], undefined];
  const openDirectory = (path: string): Promise<MemoryDirectory> => {
    const folder = folders.get(path) ?? new MemoryDirectory(path);
    folders.set(path, folder);
    return Promise.resolve(folder);
  };
  const openFile = (path: string): MemoryFileReader => new MemoryFileReader(path);
  const [clock, random] = [
    new InstantClock(),
    { bytes: (length: number) => new Uint8Array(length), uuid: () => `id-${asked.length}-${published.length}` },
  ];
  const credentials = new Credentials({
    notation: () => notation,
    docker: new MemoryDirectory('/docker'),
    processes,
    platform: 'linux',
  });
  const book = new SourceBook({ inkan, random });
  const access = new SourceAccess({ book, credentials, http, clock, random, openDirectory, openFile });
  const publish = (event: EventName): void => void published.push(event);
  service = createRegistriesService({
    book,
    access,
    credentials,
    clock,
    openDirectory,
    openFile,
    inkan,
    placer: {} as Placer,
    publish,
    chooseFolder: () => Promise.resolve(chosen),
  });
});

const add = (host: string, more: object = {}) =>
  service['registries.addRegistry']({ host, plainHttp: 'auto', ...more }, call);
const sources = async () => (await service['registries.listSources']({}, call)).sources;

describe('sources', () => {
  it('begin with the playground, which is a layout with three tags', async () => {
    expect(await sources()).toEqual([
      {
        id: 'playground',
        kind: 'layout',
        name: 'playground',
        path: '/inkan/playground',
        isPlayground: true,
        isTestLab: false,
        plainHttp: 'auto',
        insecure: false,
        hasCustomCa: false,
        pinnedRepositories: [],
        trustedRealms: [],
      },
    ]);
    expect(await service['registries.listRepositories']({ id: 'playground' }, call)).toEqual({
      repositories: [''],
      from: 'layout',
    });
    expect(await service['registries.listTags']({ id: 'playground', repository: '' }, call)).toEqual({
      tags: ['1.0', '1.1', 'latest'],
      signatureTags: [],
    });
    expect(await service['registries.probeSource']({ id: 'playground' }, call)).toMatchObject({
      reachable: true,
      authentication: 'none',
    });
  });

  it('are kept, changed and forgotten, and everybody is told', async () => {
    const added = await add('localhost:5000', { alias: 'Zot' });
    expect(added).toMatchObject({
      kind: 'registry',
      name: 'localhost:5000',
      alias: 'Zot',
      insecure: true,
      isPlayground: false,
      isTestLab: false,
    });
    const { id } = added;
    const updated = await service['registries.updateSource'](
      {
        id,
        alias: '',
        plainHttp: 'never',
        pinnedRepositories: ['a/b', 'a/b'],
        trustedRealms: ['https://auth.example/token'],
        proxy: 'http://proxy:3128/',
      },
      call,
    );
    expect(updated).toMatchObject({
      insecure: false,
      pinnedRepositories: ['a/b'],
      trustedRealms: ['https://auth.example'],
      proxy: 'http://proxy:3128',
    });
    expect(updated.alias).toBeUndefined();
    expect((await service['registries.updateSource']({ id, proxy: null }, call)).proxy).toBeUndefined();
    expect((await sources()).map((source) => source.id)).toEqual(['playground', id]);
    await service['registries.removeSource']({ id }, call);
    expect(await sources()).toHaveLength(1);
    expect(published).toEqual(['sources.changed', 'sources.changed', 'sources.changed', 'sources.changed']);
    expect(asked).toEqual([]);
  });

  it.each([
    ['https://reg.example/', 'reg.example', 'auto', false],
    ['http://reg.example:80', 'reg.example:80', 'always', true],
    ['  reg.example ', 'reg.example', 'auto', false],
    ['listed.example:5000', 'listed.example:5000', 'auto', true],
  ])('may be pasted as %j', async (host, name, plainHttp, insecure) => {
    notation.put('config.json', '{"insecureRegistries":["LISTED.example:5000"]}');
    expect(await add(host)).toMatchObject({ name, plainHttp, insecure });
  });

  it('are shown although the configuration is broken', async () => {
    notation.put('config.json', '{');
    expect(await add('reg.example')).toMatchObject({ insecure: false });
    expect(await sources()).toHaveLength(2);
  });

  it('keep a CA to themselves', async () => {
    const { chainPem } = createTestChain();
    const added = await add('reg.example', { customCaPem: chainPem });
    expect(added.hasCustomCa).toBe(true);
    expect(JSON.stringify(added)).not.toContain('BEGIN');
    expect((await service['registries.updateSource']({ id: added.id, customCaPem: null }, call)).hasCustomCa).toBe(
      false,
    );
  });

  it.each<[string, () => Promise<unknown>, string]>([
    ['no host', () => add('reg.example/path'), 'registry.badHost'],
    ['the same host again', async () => [await add('reg.example'), await add('REG.example')], 'registry.sourceExists'],
    ['a CA that is none', () => add('reg.example', { customCaPem: 'hello' }), 'certificate.malformed'],
    ['a proxy with a password', () => add('reg.example', { proxy: 'http://u:p@proxy' }), 'registry.badHost'],
    ['a proxy that is none', () => add('reg.example', { proxy: 'proxy' }), 'registry.badHost'],
    ['an unknown source', () => service['registries.removeSource']({ id: 'x' }, call), 'registry.sourceNotFound'],
    [
      'the playground, which stays',
      () => service['registries.removeSource']({ id: 'playground' }, call),
      'registry.sourceNotFound',
    ],
    [
      'a login to a layout',
      () => service['registries.login']({ id: 'playground', username: 'u', password: 'p' }, call),
      'registry.sourceNotFound',
    ],
    [
      'a repository that is none',
      async () =>
        service['registries.updateSource']({ id: (await add('reg.example')).id, pinnedRepositories: ['A'] }, call),
      'registry.badReference',
    ],
    [
      'a realm over plain HTTP',
      async () =>
        service['registries.updateSource'](
          { id: (await add('reg.example')).id, trustedRealms: ['http://auth.example'] },
          call,
        ),
      'registry.badReference',
    ],
    [
      'a path for a repository',
      async () =>
        service['registries.listTags']({ id: (await add('reg.example')).id, repository: '../_catalog' }, call),
      'registry.badReference',
    ],
  ])('refuse %s', async (_, act, code) => {
    await expect(act()).rejects.toMatchObject({ code });
  });

  it.each(['{', '{"version":2,"sources":[]}', '{"version":1,"sources":[{"id":1}]}'])(
    'are not overwritten when their file is broken: %s',
    async (text) => {
      inkan.put('sources.json', text);
      await expect(sources()).rejects.toMatchObject({ code: 'file.malformed' });
      await expect(add('reg.example')).rejects.toMatchObject({ code: 'file.malformed' });
      expect(inkan.text('sources.json')).toBe(text);
    },
  );

  it('added at once are all kept', async () => {
    await Promise.all(['a', 'b', 'c', 'd'].map((host) => add(`${host}.example`)));
    expect((await sources()).map(({ name }) => name).sort()).toEqual([
      'a.example',
      'b.example',
      'c.example',
      'd.example',
      'playground',
    ]);
  });
});

describe('choosing a layout', () => {
  it('gives nothing when the dialog was cancelled', async () => {
    expect(await service['registries.chooseLayout']({ from: 'folder' }, call)).toEqual({ source: null });
  });

  it('takes a layout and refuses any other folder', async () => {
    chosen = '/somewhere/else';
    await expect(service['registries.chooseLayout']({ from: 'folder' }, call)).rejects.toMatchObject({
      code: 'layout.notALayout',
    });
    folders.set(chosen, new MemoryDirectory(chosen));
    folders.get(chosen)?.put('oci-layout', '{"imageLayoutVersion":"1.0.0"}');
    folders.get(chosen)?.put('index.json', '{"schemaVersion":2,"manifests":[]}');
    expect(await service['registries.chooseLayout']({ from: 'folder' }, call)).toMatchObject({
      source: { kind: 'layout', name: 'else', path: '/somewhere/else' },
    });
  });
});

describe('a registry', () => {
  it('tells tags that hold signatures apart from the others', async () => {
    const { id } = await add('reg.example');
    answers['GET /v2/app/tags/list'] = {
      status: 200,
      body: { tags: ['1.0', `sha256-${hex}`, `sha256-${hex}.sig`, '2.0'] },
    };
    expect(await service['registries.listTags']({ id, repository: 'app' }, call)).toEqual({
      tags: ['1.0', '2.0'],
      signatureTags: [`sha256-${hex}`, `sha256-${hex}.sig`],
    });
  });

  it('lists repositories from its catalog', async () => {
    const { id } = await add('reg.example');
    answers['GET /v2/_catalog'] = {
      status: 200,
      headers: { link: '</v2/_catalog?last=b>; rel="next"' },
      body: { repositories: ['a', 'b'] },
    };
    expect(await service['registries.listRepositories']({ id }, call)).toEqual({
      repositories: ['a', 'b'],
      from: 'catalog',
      nextCursor: '1.0.last=b',
    });
  });

  it.each([401, 403, 404, 405])('lists the pinned repositories when its catalog answers %i', async (status) => {
    const { id } = await add('reg.example');
    await service['registries.updateSource']({ id, pinnedRepositories: ['app'] }, call);
    answers['GET /v2/_catalog'] = { status, headers: { 'www-authenticate': 'Basic realm="x"' } };
    answers['GET /v2/'] = { status: 200 };
    expect(await service['registries.listRepositories']({ id }, call)).toEqual({
      repositories: ['app'],
      from: 'pinned',
    });
  });

  it('that wants a login says so, with or without a catalog', async () => {
    const { id } = await add('reg.example');
    for (const path of ['GET /v2/_catalog', 'GET /v2/'])
      answers[path] = { status: 401, headers: { 'www-authenticate': 'Basic realm="x"' } };
    await expect(service['registries.listRepositories']({ id }, call)).rejects.toMatchObject({
      code: 'registry.unauthorized',
    });
  });

  it('that cannot be reached says so', async () => {
    const { id } = await add('reg.example');
    await expect(service['registries.probeSource']({ id }, call)).rejects.toMatchObject({
      code: 'registry.unreachable',
      details: { host: 'reg.example' },
    });
  });

  it('is spoken to as its settings say, and after a change as the new ones say', async () => {
    const { id } = await add('reg.example');
    answers['GET /v2/app/tags/list'] = { status: 200, body: { tags: [] } };
    await service['registries.listTags']({ id, repository: 'app' }, call);
    await service['registries.updateSource']({ id, plainHttp: 'always' }, call);
    await service['registries.listTags']({ id, repository: 'app' }, call);
    expect(asked.map(({ url }) => new URL(url).origin)).toEqual(['https://reg.example', 'http://reg.example']);
  });
});

describe('logging in', () => {
  const challenge = { 'www-authenticate': 'Bearer realm="https://reg.example/token",service="s"' };

  it('checks the password, stores it through a helper, uses it, and forgets it', async () => {
    const { id } = await add('reg.example');
    answers['GET /v2/'] = { status: 200 };
    expect(await service['registries.login']({ id, username: 'u', password: 'p' }, call)).toEqual({ helper: 'pass' });
    expect(stored).toEqual(['{"ServerURL":"reg.example","Username":"u","Secret":"p"}']);
    await service['registries.logout']({ id }, call);
    expect(stored).toEqual([]);
    expect(published.filter((event) => event === 'config.changed')).toHaveLength(2);
    expect([...inkan.files.keys()]).toEqual(['sources.json']);
    expect(inkan.text('sources.json')).not.toContain('Secret');
  });

  it('stores nothing when the registry refuses', async () => {
    const { id } = await add('reg.example');
    answers['GET /v2/'] = { status: 401, headers: challenge };
    answers['GET /token'] = { status: 401 };
    await expect(service['registries.login']({ id, username: 'u', password: 'p' }, call)).rejects.toMatchObject({
      code: 'registry.loginRefused',
    });
    expect(stored).toEqual([]);
  });

  it('takes a password without a name for an identity token', async () => {
    const { id } = await add('reg.example');
    answers['GET /v2/'] = { status: 401, headers: challenge };
    answers['POST /token'] = { status: 401 };
    await expect(service['registries.login']({ id, username: '', password: 'tok' }, call)).rejects.toMatchObject({
      code: 'registry.loginRefused',
    });
    expect(Buffer.from(asked.at(-1)?.body ?? []).toString()).toContain('refresh_token=tok');
  });

  it('sends a password to another token server only once that was accepted', async () => {
    const { id } = await add('reg.example');
    answers['GET /v2/'] = { status: 401, headers: { 'www-authenticate': 'Bearer realm="https://auth.example/token"' } };
    answers['GET /token'] = { status: 401 };
    const login = () => service['registries.login']({ id, username: 'u', password: 'p' }, call);
    await expect(login()).rejects.toMatchObject({
      code: 'registry.untrustedRealm',
      details: { realm: 'https://auth.example/token' },
    });
    expect(asked.some(({ url }) => url.startsWith('https://auth.example'))).toBe(false);
    await service['registries.updateSource']({ id, trustedRealms: ['https://auth.example/token'] }, call);
    await expect(login()).rejects.toMatchObject({ code: 'registry.loginRefused' });
    expect(asked.some(({ url }) => url.startsWith('https://auth.example'))).toBe(true);
  });
});
