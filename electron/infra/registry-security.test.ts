import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ErrorCode } from '../../shared/errors/codes.ts';
import { mediaTypes } from '../../shared/model/media-types.ts';
import { probeRegistry } from '../domain/registry/probe-registry.ts';
import type { SeenRequest } from '../testing/fake-registry.ts';
import { codeOf } from '../testing/code-of.ts';
import { fakeRegistries } from '../testing/fake-registries.ts';
import { answering } from '../testing/fake-registry-faults.ts';
import { credentialSource, never, openClient, openRepository } from '../testing/registry-session.ts';
import { createServerCertificate, thisMachine } from '../testing/server-certificate.ts';
import { createHttpClient, type HttpClient } from './http-client.ts';

const secret = 'S3cr3t-planted';
const credential = { kind: 'password', username: 'suji', password: secret } as const;
const login = { username: 'suji', password: secret };
const image = {
  schemaVersion: 2,
  mediaType: mediaTypes.ociManifest,
  config: { mediaType: 'x/y', digest: `sha256:${'1'.repeat(64)}`, size: 2 },
  layers: [{ mediaType: 'x/y', digest: `sha256:${'1'.repeat(64)}`, size: 2, urls: ['http://127.0.0.1:1/'] }],
};

let http: HttpClient;
const start = fakeRegistries((registry) => void registry.addManifest('app', image, '1.0'));
beforeAll(() => {
  http = createHttpClient({});
});
afterAll(() => http.close());

/** Everything of a request that could carry the planted secret, in the forms it is sent in. */
function tellsSecret(request: SeenRequest): boolean {
  const text = JSON.stringify(request.headers) + request.path + request.body.toString();
  return [secret, Buffer.from(`suji:${secret}`).toString('base64'), 'authorization', 'cookie'].some((part) =>
    text.includes(part),
  );
}

describe('logging in', () => {
  it.each(['basic', 'bearer'] as const)('with %s answers the challenge once and remembers', async (scheme) => {
    const registry = await start({ login: { scheme, ...login } });
    const credentials = credentialSource(credential);
    const repository = openRepository(http, registry, { credentials });
    await repository.resolve('1.0', never);
    await repository.resolve('1.0', never);
    expect(credentials.asked).toEqual([registry.host]);
    expect(registry.requests.filter(({ path }) => path.includes('manifests'))).toHaveLength(3);
  });

  it('exchanges an identity token at the token server and never sends it to the registry', async () => {
    const registry = await start({ login: { scheme: 'bearer', ...login } });
    const credentials = credentialSource({ kind: 'identityToken', token: secret });
    await openRepository(http, registry, { credentials }).resolve('1.0', never);
    const [asked] = registry.requests.filter(({ path }) => path === '/token');
    expect(Object.fromEntries(new URLSearchParams(asked?.body.toString()))).toEqual({
      grant_type: 'refresh_token',
      client_id: 'notation',
      service: 'fake',
      scope: 'repository:app:pull,push',
      refresh_token: secret,
    });
    expect(
      registry.requests.filter(
        (request) => request.path !== '/token' && JSON.stringify(request.headers).includes(secret),
      ),
    ).toEqual([]);
  });

  it.each(['basic', 'bearer'] as const)('fails with a wrong password (%s), after one round', async (scheme) => {
    const registry = await start({ login: { scheme, username: 'suji', password: 'another' } });
    const resolving = openRepository(http, registry, { credentials: credentialSource(credential) }).resolve(
      '1.0',
      never,
    );
    await expect(resolving).rejects.toMatchObject({ code: 'registry.unauthorized', details: { hadCredentials: true } });
    expect(registry.requests).toHaveLength(2);
  });

  it('fails without a password, and says that there was none', async () => {
    const registry = await start({ login: { scheme: 'basic', ...login } });
    await expect(openRepository(http, registry).resolve('1.0', never)).rejects.toMatchObject({
      details: { hadCredentials: false },
    });
  });

  it('asks again once when a remembered token is no longer taken', async () => {
    const registry = await start({ login: { scheme: 'bearer', ...login } });
    const repository = openRepository(http, registry, { credentials: credentialSource(credential) });
    await repository.resolve('1.0', never);
    registry.misbehave(
      'manifests',
      answering(401, { 'www-authenticate': `Bearer realm="${registry.origin}/token"` }),
      1,
    );
    await repository.resolve('1.0', never);
    expect(registry.requests.filter(({ path }) => path.startsWith('/token'))).toHaveLength(2);
  });

  it('case R-06: never goes round more than twice', async () => {
    const registry = await start();
    registry.misbehave('manifests', answering(401, { 'www-authenticate': 'Basic realm="x"' }));
    const repository = openRepository(http, registry, { credentials: credentialSource(credential) });
    for (let count = 0; count < 2; count += 1)
      expect(await codeOf(repository.resolve('1.0', never))).toBe('registry.unauthorized');
    expect(registry.requests.length).toBeLessThanOrEqual(5);
  });

  it.each<[string, string]>([
    ['malformed', 'Bearer realm="unclosed'],
    ['of an unknown scheme', 'Negotiate'],
    ['fifty at once', Array.from({ length: 50 }, (_, index) => `S${index} a="b"`).join(', ')],
    ['empty', ''],
    ['8 KiB and more', `Bearer realm="${'x'.repeat(9000)}"`],
  ])('case R-06: refuses a challenge that is %s', async (_, challenge) => {
    const registry = await start();
    registry.misbehave('manifests', answering(401, { 'www-authenticate': challenge }));
    expect(
      await codeOf(openRepository(http, registry, { credentials: credentialSource(credential) }).resolve('1.0', never)),
    ).toBe('registry.badChallenge');
  });

  it.each<[string, string, ErrorCode]>([
    ['no token', '{}', 'registry.badAnswer'],
    ['no JSON', '<html>', 'registry.badAnswer'],
    ['a token with a line end', '{"token":"a\\r\\nx: y"}', 'registry.badAnswer'],
    ['128 KiB and more', `{"token":"${'x'.repeat(129 * 1024)}"}`, 'registry.tooLarge'],
  ])('refuses %s from the token server', async (_, body, code) => {
    const registry = await start({ login: { scheme: 'bearer', ...login } });
    registry.misbehave('/token', answering(200, {}, body));
    expect(
      await codeOf(openRepository(http, registry, { credentials: credentialSource(credential) }).resolve('1.0', never)),
    ).toBe(code);
  });
});

describe('case R-08: a redirect', () => {
  const methods = (origin: string): Record<string, string> => ({
    'another port': `${origin}/v2/app/manifests/1.0`,
    'another host': `${origin.replace('127.0.0.1', 'localhost')}/v2/app/manifests/1.0`,
  });

  it.each(['another port', 'another host'])('to %s is followed without the credential', async (way) => {
    const [registry, other] = [await start({ login: { scheme: 'basic', ...login } }), await start()];
    registry.misbehave(
      (request) => request.headers.authorization !== undefined,
      (_request, response) => {
        response.writeHead(307, { location: methods(other.origin)[way], 'set-cookie': 'a=b' }).end();
      },
    );
    // The fake stands on IPv4 only, so `localhost` may lead to nobody; either way nothing may be told.
    await codeOf(openRepository(http, registry, { credentials: credentialSource(credential) }).resolve('1.0', never));
    expect(registry.requests.some(tellsSecret)).toBe(true);
    expect(other.requests.filter(tellsSecret)).toEqual([]);
  });

  it('and back again does not bring the credential back', async () => {
    const [registry, other] = [await start({ login: { scheme: 'basic', ...login } }), await start()];
    registry.misbehave(
      (request) => request.headers.authorization !== undefined,
      answering(302, { location: `${other.origin}/back` }),
    );
    other.misbehave('/back', answering(302, { location: `${registry.origin}/secret-page` }));
    await codeOf(openRepository(http, registry, { credentials: credentialSource(credential) }).resolve('1.0', never));
    expect(registry.requests.filter(({ path }) => path === '/secret-page').filter(tellsSecret)).toEqual([]);
  });

  it('within the registry is followed, relative or not, with the credential', async () => {
    const registry = await start({ login: { scheme: 'basic', ...login } });
    registry.misbehave(
      (request) => request.path.endsWith('/1.0') && request.headers.authorization !== undefined,
      answering(307, { location: './other' }),
    );
    registry.repository('app').tags.set('other', registry.repository('app').tags.get('1.0')!);
    expect(
      await codeOf(openRepository(http, registry, { credentials: credentialSource(credential) }).resolve('1.0', never)),
    ).toBe('nothing');
  });

  it.each([
    ['file:///etc/passwd', 'scheme'],
    ['data:text/plain,x', 'scheme'],
    ['ftp://127.0.0.1/', 'scheme'],
    ['http://u:p@127.0.0.1/', 'user info'],
    ['http://169.254.169.254/latest/meta-data', 'private network'],
    ['http://10.0.0.1/', 'private network'],
    ['http://[fd00::1]/', 'private network'],
    ['http://[', 'not an address'],
  ])('to %s is refused', async (location, fault) => {
    const registry = await start();
    registry.misbehave('manifests', answering(302, { location }));
    const resolving = openRepository(http, registry).resolve('1.0', never);
    await expect(resolving).rejects.toMatchObject({
      code: 'registry.badRedirect',
      details: { fault: expect.stringContaining(fault) as string },
    });
  });

  it('from https to http is refused, and nobody is asked there', async () => {
    const tls = createServerCertificate(thisMachine);
    const [registry, plain] = [await start({ tls }), await start()];
    registry.misbehave('manifests', answering(307, { location: `${plain.origin}/v2/app/manifests/1.0` }));
    const address = { insecure: false, customCaPem: tls.cert };
    const resolving = openRepository(http, registry, { address }).resolve('1.0', never);
    await expect(resolving).rejects.toMatchObject({ code: 'registry.badRedirect' });
    expect(plain.requests).toEqual([]);
  });

  it('is followed five times and no more', async () => {
    const registry = await start();
    registry.misbehave('hop', answering(302, { location: '/hop' }));
    registry.misbehave('manifests', answering(302, { location: '/hop' }));
    expect(await codeOf(openRepository(http, registry).resolve('1.0', never))).toBe('registry.badRedirect');
    expect(registry.requests).toHaveLength(6);
  });

  it('does not show what stands in a query', async () => {
    const registry = await start();
    registry.misbehave('manifests', answering(302, { location: 'ftp://x.example/path?signature=abc' }));
    await expect(openRepository(http, registry).resolve('1.0', never)).rejects.toMatchObject({
      details: { target: 'ftp://x.example/path' },
    });
  });
});

describe('case R-07: a realm', () => {
  it('on another port of this machine gets no credential until it is accepted', async () => {
    const [registry, attacker] = [await start(), await start({ login: { scheme: 'bearer', ...login } })];
    registry.misbehave(
      'manifests',
      answering(401, {
        'www-authenticate': `Bearer realm="${attacker.origin.replace('127.0.0.1', 'localhost')}/token"`,
      }),
    );
    const credentials = credentialSource(credential);
    expect(await codeOf(openRepository(http, registry, { credentials }).resolve('1.0', never))).toBe(
      'registry.untrustedRealm',
    );
    expect(attacker.requests).toEqual([]);
  });

  it.each([
    'http://169.254.169.254/token',
    'file:///etc/passwd',
    'http://auth.example/token',
    'https://auth.example/token',
    'https://u:p@127.0.0.1/token',
    '/token',
    '',
  ])('%j gets nothing', async (realm) => {
    const registry = await start();
    registry.misbehave('manifests', answering(401, { 'www-authenticate': `Bearer realm="${realm}"` }));
    const resolving = openRepository(http, registry, { credentials: credentialSource(credential) }).resolve(
      '1.0',
      never,
    );
    await expect(resolving).rejects.toMatchObject({ code: 'registry.untrustedRealm' });
    expect(registry.requests).toHaveLength(1);
  });
});

describe('case R-17: an upload', () => {
  it('that is sent elsewhere is not followed, and nobody there learns anything', async () => {
    const [registry, other] = [await start({ login: { scheme: 'basic', ...login } }), await start()];
    registry.misbehave(
      (request) => request.method === 'POST' && request.headers.authorization !== undefined,
      answering(202, { location: `${other.origin}/upload` }),
    );
    const repository = openRepository(http, registry, { credentials: credentialSource(credential) });
    expect(await codeOf(repository.pushBlob('x/y', Buffer.from('x'), never))).toBe('registry.badRedirect');
    expect(other.requests).toEqual([]);
  });
});

describe('the scheme', () => {
  it('is never changed: https stays https, http stays http', async () => {
    const registry = await start();
    expect(await codeOf(openRepository(http, registry, { address: { insecure: false } }).resolve('1.0', never))).toBe(
      'registry.spokeHttp',
    );
    expect(registry.requests).toEqual([]);
  });
});

describe('a probe', () => {
  it.each([
    [{}, { catalog: 'yes', referrersApi: 'yes', delete: 'yes' }],
    [
      { referrersApi: false, deletion: false },
      { catalog: 'yes', referrersApi: 'no', delete: 'no' },
    ],
  ])('tells what a registry with %j can do', async (options, expected) => {
    const registry = await start({ ...options, login: { scheme: 'bearer', ...login } });
    const probed = await probeRegistry(
      openClient(http, registry, { credentials: credentialSource(credential) }),
      undefined,
      never,
    );
    expect(probed).toMatchObject({ reachable: true, insecure: true, authentication: 'bearer', credentials: 'helper' });
    expect({
      catalog: probed.catalog.state,
      referrersApi: probed.referrersApi.state,
      delete: probed.delete.state,
    }).toEqual(expected);
    expect(registry.repository('app').manifests.size).toBe(1);
  });

  it('does not know what it could not ask', async () => {
    const registry = await start();
    registry.misbehave('_catalog', answering(404));
    const probed = await probeRegistry(openClient(http, registry), undefined, never);
    expect([probed.catalog.state, probed.referrersApi.state, probed.delete.state]).toEqual([
      'no',
      'unknown',
      'unknown',
    ]);
  });
});
