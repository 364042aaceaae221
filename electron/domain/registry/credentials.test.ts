import { describe, expect, it } from 'vitest';
import { MemoryDirectory } from '../../testing/memory-directory.ts';
import type { ProcessRequest, ProcessRunner } from '../ports.ts';
import { Credentials } from './credentials.ts';

const never = new AbortController().signal;
const host = 'reg.example:5000';
const auth = (text: string): string => Buffer.from(text).toString('base64');
const inFile = (name: string): string => JSON.stringify({ auths: { [host]: { auth: auth(`${name}:pw`) } } });

interface HelperAnswer {
  readonly exitCode?: number;
  readonly stdout?: string;
  readonly stderr?: string;
  readonly fails?: string;
}
/** Helpers by name; what they were told is kept. */
function helpers(
  answers: Readonly<Record<string, HelperAnswer>>,
): ProcessRunner & { readonly runs: [string, string, string][] } {
  const runs: [string, string, string][] = [];
  const answerOf = (program: string): HelperAnswer | undefined => answers[program.replace('docker-credential-', '')];
  return {
    runs,
    find: (name) => Promise.resolve(answerOf(name) && `/bin/${name}`),
    run: (request: ProcessRequest) => {
      runs.push([request.program, request.args.join(' '), Buffer.from(request.stdin).toString()]);
      const answer = answerOf(request.program);
      if (!answer || answer.fails) return Promise.reject(new Error(answer?.fails ?? 'not found'));
      return Promise.resolve({
        exitCode: answer.exitCode ?? 0,
        stdout: Buffer.from(answer.stdout ?? ''),
        stderr: Buffer.from(answer.stderr ?? ''),
      });
    },
  };
}
const kept = (Username: string): HelperAnswer => ({
  stdout: JSON.stringify({ ServerURL: host, Username, Secret: 'pw' }),
});
const none: HelperAnswer = { exitCode: 1, stdout: 'credentials not found in native keychain\n' };

function make(
  files: { notation?: string; docker?: string },
  answers: Readonly<Record<string, HelperAnswer>> = {},
  platform = 'linux',
) {
  const [notation, docker] = [new MemoryDirectory('/notation'), new MemoryDirectory('/docker')];
  if (files.notation !== undefined) notation.put('config.json', files.notation);
  if (files.docker !== undefined) docker.put('config.json', files.docker);
  const processes = helpers(answers);
  return {
    processes,
    docker,
    notation,
    credentials: new Credentials({ notation: () => notation, docker, processes, platform }),
  };
}

describe('the order', () => {
  it.each<
    [
      string,
      { notation?: string; docker?: string },
      Record<string, HelperAnswer>,
      string | undefined,
      string | undefined,
    ]
  >([
    ['nothing anywhere', {}, {}, undefined, undefined],
    ["Notation's file first", { notation: inFile('n'), docker: inFile('d') }, {}, 'n', 'notationConfig'],
    [
      "Docker's when Notation's configures nothing",
      { notation: '{"auths":{},"insecureRegistries":["x"]}', docker: inFile('d') },
      {},
      'd',
      'dockerConfig',
    ],
    [
      "not Docker's when Notation's configures another host",
      { notation: '{"auths":{"other":{"auth":"eDp5"}}}', docker: inFile('d') },
      {},
      undefined,
      undefined,
    ],
    [
      "the host's helper before the default",
      { notation: `{"credHelpers":{"${host}":"one"},"credsStore":"two"}` },
      { one: kept('1'), two: kept('2') },
      '1',
      'helper',
    ],
    [
      'the default helper before the file',
      { docker: `{"credsStore":"two","auths":${JSON.stringify({ [host]: { auth: auth('d:pw') } })}}` },
      { two: kept('2') },
      '2',
      'helper',
    ],
    [
      'the file when the helper has nothing',
      { docker: `{"credsStore":"two","auths":${JSON.stringify({ [host]: { auth: auth('d:pw') } })}}` },
      { two: none },
      'd',
      'dockerConfig',
    ],
    [
      'the helper of another host is not asked',
      { docker: '{"credHelpers":{"reg.example":"one"}}' },
      { one: kept('1') },
      undefined,
      undefined,
    ],
    ["the platform's helper at last", {}, { secretservice: kept('s') }, 's', 'helper'],
    ['pass before secretservice', {}, { pass: kept('p'), secretservice: kept('s') }, 'p', 'helper'],
  ])('%s', async (_, files, answers, username, origin) => {
    const found = await make(files, answers).credentials.find(host, never);
    expect(found && { ...found.credential, origin: found.origin }).toEqual(
      username && { kind: 'password', username, password: 'pw', origin },
    );
  });

  it.each(['darwin', 'win32', 'freebsd'])("asks no other platform's helper on %s", async (platform) => {
    const { credentials, processes } = make({}, { pass: kept('p') }, platform);
    expect(await credentials.find(host, never)).toBeUndefined();
    expect(processes.runs).toEqual([]);
  });
});

describe('the host', () => {
  it.each(['reg.example', 'reg.example:5001', 'sub.reg.example:5000', 'reg.example:50', 'REG.example:5000'])(
    'is exact: %s gets nothing',
    async (other) => {
      expect(await make({ docker: inFile('d') }).credentials.find(other, never)).toBeUndefined();
    },
  );

  it.each(['https://reg.example:5000', 'https://reg.example:5000/v1/', 'http://reg.example:5000/'])(
    'may stand as the address %s',
    async (name) => {
      const docker = JSON.stringify({ auths: { [name]: { auth: auth('d:p:w\0') } } });
      expect(await make({ docker }).credentials.find(host, never)).toMatchObject({
        credential: { username: 'd', password: 'p:w' },
      });
    },
  );

  it('of Docker Hub has its old name', async () => {
    const { credentials, processes } = make({ docker: '{"credsStore":"two"}' }, { two: kept('2') });
    await credentials.find('docker.io', never);
    expect(processes.runs).toEqual([['docker-credential-two', 'get', 'https://index.docker.io/v1/']]);
  });
});

describe('identity tokens', () => {
  it.each<[string, { docker: string }, Record<string, HelperAnswer>]>([
    ['in a file', { docker: JSON.stringify({ auths: { [host]: { auth: auth('u:p'), identitytoken: 'tok' } } }) }, {}],
    ['from a helper', { docker: '{"credsStore":"two"}' }, { two: { stdout: '{"Username":"<token>","Secret":"tok"}' } }],
  ])('%s', async (_, files, answers) => {
    expect((await make(files, answers).credentials.find(host, never))?.credential).toEqual({
      kind: 'identityToken',
      token: 'tok',
    });
  });
});

describe('what is broken is told', () => {
  it.each([
    ['not JSON', '{'],
    ['not an object', '[]'],
    ['auths that are a list', '{"auths":[]}'],
    ['an entry that is no object', '{"auths":{"x":1}}'],
    ['a helper that is no text', '{"credHelpers":{"x":{}}}'],
    ['an auth that is no base64', `{"auths":{"${host}":{"auth":"!!"}}}`],
    ['an auth without a colon', `{"auths":{"${host}":{"auth":"${auth('x')}"}}}`],
    ['a member twice', '{"credsStore":"a","credsStore":"b"}'],
    ['more than 1 MiB', ' '.repeat(1 << 20).concat('{}')],
  ])('a file: %s', async (_, text) => {
    for (const files of [{ notation: text }, { docker: text }]) {
      await expect(make(files).credentials.find(host, never)).rejects.toMatchObject({
        code: 'registry.badCredentialFile',
        details: { file: expect.stringMatching(/config\.json$/) as string },
      });
    }
  });

  it.each<[string, HelperAnswer, string]>([
    ['fails', { exitCode: 1, stderr: 'key ring is locked' }, 'key ring is locked'],
    ['fails without a word', { exitCode: 3 }, 'it ended with status 3'],
    ['answers no JSON', { stdout: 'hello' }, 'malformed'],
    ['answers without a secret', { stdout: '{"Username":"x"}' }, 'malformed'],
    ['takes too long', { fails: 'took longer than 30000 ms' }, 'took longer'],
  ])('a helper that %s', async (_, answer, fault) => {
    const { credentials } = make({ docker: '{"credsStore":"two"}' }, { two: answer });
    await expect(credentials.find(host, never)).rejects.toMatchObject({
      code: 'registry.credentialHelperFailed',
      details: { helper: 'two', fault: expect.stringContaining(fault) as string },
    });
  });

  it.each(['../evil', 'a/b', 'a b', '-x', ''.padEnd(65, 'x'), 'a;b'])(
    'a helper called %j is not started',
    async (name) => {
      const { credentials, processes } = make({ docker: JSON.stringify({ credsStore: name }) });
      await expect(credentials.find(host, never)).rejects.toMatchObject({ code: 'registry.credentialHelperFailed' });
      expect(processes.runs).toEqual([]);
    },
  );
});

describe('storing', () => {
  const credential = { kind: 'password', username: 'u', password: 'p' } as const;

  it.each<[string, { notation?: string; docker?: string }, Record<string, HelperAnswer>, string]>([
    [
      "the host's helper",
      { notation: `{"credHelpers":{"${host}":"one"},"credsStore":"two"}` },
      { one: {}, two: {} },
      'one',
    ],
    ["Docker's default", { docker: '{"credsStore":"two"}' }, { two: {} }, 'two'],
    ["the platform's, when the files name none", { docker: inFile('d') }, { pass: {} }, 'pass'],
  ])('goes to %s', async (_, files, answers, helper) => {
    const { credentials, processes, docker, notation } = make(files, answers);
    const before = [docker.text('config.json'), notation.text('config.json')];
    expect(await credentials.store(host, credential, never)).toBe(helper);
    expect(processes.runs).toEqual([
      [`docker-credential-${helper}`, 'store', JSON.stringify({ ServerURL: host, Username: 'u', Secret: 'p' })],
    ]);
    await credentials.erase(host, never);
    expect(processes.runs[1]).toEqual([`docker-credential-${helper}`, 'erase', host]);
    expect([docker.text('config.json'), notation.text('config.json')]).toEqual(before);
  });

  it('marks an identity token', async () => {
    const { credentials, processes } = make({}, { pass: {} });
    await credentials.store(host, { kind: 'identityToken', token: 't' }, never);
    expect(processes.runs[0]?.[2]).toBe(JSON.stringify({ ServerURL: host, Username: '<token>', Secret: 't' }));
  });

  it('needs a helper', async () => {
    const { credentials } = make({ docker: inFile('d') });
    await expect(credentials.store(host, credential, never)).rejects.toMatchObject({
      code: 'registry.noCredentialHelper',
    });
    await expect(credentials.assertCanStore(host)).rejects.toMatchObject({ code: 'registry.noCredentialHelper' });
  });

  it('of nothing is no failure to erase', async () => {
    await expect(make({}, { pass: none }).credentials.erase(host, never)).resolves.toBeUndefined();
  });
});

it('reads insecure registries', async () => {
  expect(await make({ notation: '{"insecureRegistries":["a:1",2]}' }).credentials.insecureRegistries()).toEqual([
    'a:1',
  ]);
});
