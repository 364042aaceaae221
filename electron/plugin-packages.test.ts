import { createHash } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Handler, MethodName, OutputOf } from '../shared/contract/contract.ts';
import type { ErrorCode } from '../shared/errors/codes.ts';
import type { WireError } from '../shared/errors/app-error.ts';
import { composeServices, type Services } from './compose-services.ts';
import { openDirectory } from './infra/directory.ts';
import { createServerCertificate, thisMachine } from './testing/server-certificate.ts';
import { tarOf, type ForgedEntry } from './testing/tar-forge.ts';
import { zipOf, type ForgedZipEntry } from './testing/zip-forge.ts';

/** A plugin that any POSIX shell runs; every run leaves a line behind. */
function programOf(name: string, version: string): string {
  const metadata = {
    name,
    description: 'For tests',
    version,
    url: 'https://example.com',
    supportedContractVersions: ['1.0'],
    capabilities: ['SIGNATURE_GENERATOR.RAW'],
  };
  return `#!/bin/sh\necho "$1" >> "${join(home, 'runs')}"\ncat > /dev/null\necho '${JSON.stringify(metadata)}'\n`;
}

let home = '';
let services: Services;
let chosen: string | undefined;

async function start(): Promise<void> {
  services = await composeServices({
    host: 'desktop',
    capabilities: ['nativeDialog', 'pluginInstall'],
    version: '1.2.3',
    outdatedRuntime: false,
    paths: { platform: 'linux', env: { NOTATION_CONFIG: join(home, 'notation') }, workingDirectory: home },
    inkan: await openDirectory(join(home, 'inkan')),
    scratchPath: join(home, 'scratch'),
    logger: { log: () => undefined },
    publish: () => undefined,
    dialogs: {
      chooseFolder: () => Promise.resolve(undefined),
      chooseFile: () => Promise.resolve(chosen),
      chooseSavePath: () => Promise.resolve(undefined),
      openExternal: () => Promise.resolve(true),
    },
  });
}

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'inkan-packages-'));
  chosen = undefined;
  await start();
});
afterEach(async () => {
  await services.close();
  await rm(home, { recursive: true });
});

type Input<M extends MethodName> = Parameters<Handler<M>>[0];

async function ask<M extends MethodName>(method: M, input: Input<M>): Promise<OutputOf<M>> {
  const answer = await services.dispatch(method, input, new AbortController().signal);
  if (!answer.ok) throw Object.assign(new Error(JSON.stringify(answer.error)), { wire: answer.error });
  return answer.output as OutputOf<M>;
}

async function codeOf(action: Promise<unknown>): Promise<string> {
  try {
    await action;
    return 'nothing';
  } catch (error) {
    return (error as { wire: WireError }).wire.code;
  }
}

async function handOver(name: string, bytes: Uint8Array): Promise<string> {
  const { id } = await ask('intake.openFile', { name, size: bytes.length, keep: 'spool' });
  for (let offset = 0; offset < bytes.length; offset += 300_000) {
    const base64 = Buffer.from(bytes.subarray(offset, offset + 300_000)).toString('base64');
    await ask('intake.appendChunk', { id, offset, base64 });
  }
  return id;
}

type Package = NonNullable<OutputOf<'pluginPackages.openPackage'>['package']>;

async function open(name: string, bytes: Uint8Array, sha256?: string): Promise<Package> {
  const from = { kind: 'intake', id: await handOver(name, bytes) } as const;
  const { package: opened } = await ask('pluginPackages.openPackage', { from, ...(sha256 && { sha256 }) });
  return opened!;
}

const tarGz = (...entries: ForgedEntry[]): Uint8Array => gzipSync(tarOf(entries));
const packageOf = (version: string, name = 'sealer'): Uint8Array =>
  tarGz(
    { name: `notation-${name}`, content: programOf(name, version), mode: 0o755 },
    { name: 'LICENSE', content: 'free' },
  );
const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

async function install(bytes: Uint8Array, force = false): Promise<OutputOf<'pluginPackages.installPackage'>> {
  const { id } = await open('sealer.tar.gz', bytes);
  return await ask('pluginPackages.installPackage', { id, force });
}

const pluginsPath = (...parts: string[]): string => join(home, 'notation', 'plugins', ...parts);
const runs = async (): Promise<number> =>
  (await readFile(join(home, 'runs'), 'utf8').catch(() => '')).split('\n').length - 1;
const entriesOf = (path: string): Promise<string[]> => readdir(path).catch(() => []);
const modeOf = async (path: string): Promise<number> => (await stat(path)).mode & 0o777;
/** Nothing of what was refused or discarded stays. */
async function expectNoRemains(): Promise<void> {
  expect(await entriesOf(join(home, 'inkan', 'staging'))).toEqual([]);
  expect(await entriesOf(join(home, 'inkan', 'arriving'))).toEqual([]);
}

describe('installing a plugin', () => {
  it('checks, asks and installs, each when it is told to', async () => {
    const bytes = packageOf('1.2.0');
    const opened = await open('sealer.tar.gz', bytes, hashOf(bytes).toUpperCase());
    expect(opened).toMatchObject({
      plugin: 'sealer',
      program: 'notation-sealer',
      from: 'sealer.tar.gz',
      sha256: hashOf(bytes),
      checksumGiven: true,
      isInstalled: false,
      files: [{ name: 'notation-sealer' }, { name: 'LICENSE', size: 4 }],
      command: `notation plugin install --file sealer.tar.gz --sha256sum ${hashOf(bytes)}`,
    });
    expect(await runs()).toBe(0);
    const { id } = opened;
    expect(await ask('pluginPackages.askPackage', { id })).toMatchObject({
      change: 'new',
      metadata: { version: '1.2.0' },
    });
    expect(await entriesOf(pluginsPath())).toEqual([]);
    const installed = await ask('pluginPackages.installPackage', { id, force: false });
    expect(installed).toMatchObject({ plugin: 'sealer', version: '1.2.0' });
    expect(await entriesOf(pluginsPath())).toEqual(['sealer']);
    expect(await modeOf(pluginsPath('sealer'))).toBe(0o755);
    expect(await modeOf(pluginsPath('sealer', 'notation-sealer'))).toBe(0o755);
    expect(await modeOf(pluginsPath('sealer', 'LICENSE'))).toBe(0o644);
    expect((await ask('plugins.listPlugins', {})).plugins).toMatchObject([{ name: 'sealer', problems: [] }]);
    await expectNoRemains();
    const [row] = (await ask('activity.listActivity', { limit: 1 })).entries;
    expect(row).toMatchObject({ method: 'pluginPackages.installPackage', subject: 'sealer', note: '1.2.0' });
  });

  it('takes a program alone, a zip, and a lone program that its archive does not let run', async () => {
    chosen = join(home, 'notation-sealer');
    await writeFile(chosen, programOf('sealer', '1.0.0'), { mode: 0o644 });
    expect(await codeOf(ask('pluginPackages.openPackage', { from: { kind: 'dialog' } }))).toBe('plugin.notExecutable');
    await chmod(chosen, 0o755);
    const { package: opened } = await ask('pluginPackages.openPackage', { from: { kind: 'dialog' } });
    expect(await ask('pluginPackages.installPackage', { id: opened!.id, force: false })).toMatchObject({
      version: '1.0.0',
    });
    const zip = zipOf([
      { name: 'notation-sealer', content: programOf('sealer', '1.1.0') },
      { name: 'NOTICE', unixMode: 0o100777 },
    ]);
    expect(await install(zip)).toMatchObject({ replaced: '1.0.0', version: '1.1.0' });
    expect(await modeOf(pluginsPath('sealer', 'NOTICE'))).toBe(0o755);
    expect((await entriesOf(pluginsPath('sealer'))).sort()).toEqual(['NOTICE', 'notation-sealer']);
  });

  it('case P-05: replaces by a newer version, and by the same or an older one only when told to', async () => {
    await install(packageOf('1.2.0'));
    await writeFile(pluginsPath('sealer', 'left.txt'), 'of the old one');
    expect(await codeOf(install(packageOf('1.2.0')))).toBe('pluginPackage.sameVersion');
    expect(await codeOf(install(packageOf('1.2.0-rc.1')))).toBe('pluginPackage.olderVersion');
    expect(await entriesOf(pluginsPath('sealer'))).toContain('left.txt');
    const { id } = await open('sealer.tar.gz', packageOf('1.1.0'));
    expect(await ask('pluginPackages.askPackage', { id })).toMatchObject({
      change: 'older',
      installedVersion: '1.2.0',
      command: 'notation plugin install --file sealer.tar.gz --force',
    });
    expect(await install(packageOf('1.1.0'), true)).toMatchObject({ replaced: '1.2.0', version: '1.1.0' });
    expect(await install(packageOf('1.3.0'))).toMatchObject({ replaced: '1.1.0' });
    expect(await entriesOf(pluginsPath('sealer'))).not.toContain('left.txt');
    expect(await entriesOf(pluginsPath())).toEqual(['sealer']);
  });

  it('repairs a plugin that does not run', async () => {
    await install(packageOf('1.2.0'));
    await writeFile(pluginsPath('sealer', 'notation-sealer'), 'broken');
    const { id, isInstalled } = await open('sealer.tar.gz', packageOf('1.0.0'));
    expect(isInstalled).toBe(true);
    expect(await ask('pluginPackages.askPackage', { id })).toMatchObject({ change: 'broken' });
    expect(await ask('pluginPackages.installPackage', { id, force: false })).toMatchObject({ version: '1.0.0' });
  });

  it.each<[string, () => Uint8Array, ErrorCode]>([
    [
      'another name inside',
      () => tarGz({ name: 'notation-sealer', content: programOf('other', '1.0.0') }),
      'plugin.nameMismatch',
    ],
    ['no version', () => tarGz({ name: 'notation-sealer', content: programOf('sealer', 'one') }), 'plugin.badMetadata'],
    [
      'a program that this system cannot start',
      () => tarGz({ name: 'notation-sealer', content: '#!/no/such/program' }),
      'plugin.notStarted',
    ],
  ])('refuses %s when it is asked', async (_what, bytes, code) => {
    const { id } = await open('sealer.tar.gz', bytes());
    expect(await codeOf(ask('pluginPackages.askPackage', { id }))).toBe(code);
    expect(await codeOf(ask('pluginPackages.installPackage', { id, force: true }))).toBe(code);
    await ask('pluginPackages.discardPackage', { id });
    expect(await codeOf(ask('pluginPackages.askPackage', { id }))).toBe('pluginPackage.gone');
    await expectNoRemains();
    expect(await entriesOf(pluginsPath())).toEqual([]);
  });

  it('puts back at the next start what a crash left aside', async () => {
    await install(packageOf('1.2.0'));
    await services.close();
    const dead = (rest: string): string => `.inkan-999999999-00000000-0000-4000-8000-000000000000.${rest}`;
    await mkdir(pluginsPath(dead('new')));
    await mkdir(pluginsPath(dead('old-vault')));
    await writeFile(pluginsPath(dead('old-vault'), 'notation-vault'), 'kept');
    await mkdir(pluginsPath(dead('old-sealer')));
    await start();
    expect((await entriesOf(pluginsPath())).sort()).toEqual(['sealer', 'vault']);
    expect(await readFile(pluginsPath('vault', 'notation-vault'), 'utf8')).toBe('kept');
  });
});

describe('P-01: an archive that is not safe', () => {
  const program = { name: 'notation-sealer', content: 'x', mode: 0o755 };
  const unsafe = 'archive.unsafeEntry';
  const tars: [string, ForgedEntry[], ErrorCode][] = [
    ['leaves its folder', [program, { name: '../../evil', content: 'x' }], unsafe],
    ['leaves its folder from within', [{ name: 'a/../../notation-sealer', content: 'x' }], unsafe],
    ['has an absolute name', [program, { name: '/tmp/inkan-evil', content: 'x' }], unsafe],
    ['has a symlink', [{ ...program, type: '2', linkName: '/bin/sh', content: '' }], unsafe],
    ['has a hard link', [program, { name: 'b', type: '1', linkName: '/etc/passwd' }], unsafe],
    [
      'goes through a symlink in two steps',
      [
        { name: 'd', type: '2', linkName: '..' },
        { name: 'd/evil', content: 'x' },
      ],
      unsafe,
    ],
    ['has a device', [program, { name: 'null', type: '3' }], unsafe],
    ['has a FIFO', [program, { name: 'pipe', type: '6' }], unsafe],
    ['names a file twice', [program, program], unsafe],
    ['names files that differ by case', [program, { name: 'NOTATION-SEALER', content: 'x' }], unsafe],
    ['has a folder', [program, { name: 'lib/', type: '5' }, { name: 'lib/x', content: 'x' }], unsafe],
    ['has a name that Windows takes for a device', [program, { name: 'nul.txt' }], unsafe],
    ['has a name with a colon', [program, { name: 'a:b' }], unsafe],
    ['has a name that begins with a dot', [program, { name: '.profile' }], unsafe],
    ['holds no program', [{ name: 'README', content: 'x' }], 'pluginPackage.noProgram'],
    ['holds two programs', [program, { ...program, name: 'notation-other' }], 'pluginPackage.severalPrograms'],
    ['holds a program of no name', [{ ...program, name: 'notation-' }], 'plugin.badName'],
    ['holds more than 1,000 files', Array.from({ length: 1001 }, (_, at) => ({ name: `f${at}` })), 'archive.tooLarge'],
    ['says that it holds 300 MiB', [{ ...program, size: 300 * 1024 * 1024 }], 'archive.tooLarge'],
  ];
  const zips: [string, ForgedZipEntry[], ErrorCode][] = [
    ['slips', [{ name: '../evil', content: 'x' }], unsafe],
    ['slips with the other separator', [{ name: '..\\evil', content: 'x' }], unsafe],
    ['has a drive', [{ name: 'C:\\evil', content: 'x' }], unsafe],
    ['has a symlink', [{ name: 'notation-sealer', unixMode: 0o120777, content: '/bin/sh' }], unsafe],
    ['has a folder', [{ name: 'bin/notation-sealer', content: 'x' }], unsafe],
    [
      'lies about a size',
      [{ name: 'notation-sealer', content: Buffer.alloc(10_000_000), size: 10 }],
      'archive.malformed',
    ],
    ['says that it holds 300 MiB', [{ name: 'notation-sealer', size: 300 * 1024 * 1024 }], 'archive.tooLarge'],
  ];
  it.each<[string, Uint8Array, ErrorCode]>([
    ...tars.map(
      ([what, entries, code]) =>
        [`a tar.gz that ${what}`, tarGz(...entries), code] satisfies [string, Uint8Array, ErrorCode],
    ),
    ...zips.map(
      ([what, entries, code]) => [`a zip that ${what}`, zipOf(entries), code] satisfies [string, Uint8Array, ErrorCode],
    ),
    ['a gzip bomb', bomb(), 'archive.tooLarge'],
    ['a damaged tar.gz', packageOfDamaged(), 'archive.malformed'],
    ['a plain file', Buffer.from('text'), 'pluginPackage.noProgram'],
  ])('%s is refused, and no file is anywhere', async (_what, bytes, code) => {
    expect(await codeOf(open('package', bytes))).toBe(code);
    await expectNoRemains();
    expect(await entriesOf(pluginsPath())).toEqual([]);
    expect(await entriesOf('/tmp')).not.toContain('inkan-evil');
    expect((await entriesOf(home)).filter((name) => name !== 'notation' && name !== 'inkan')).toEqual([]);
  });
});

/** Behind the end of its archive, 300 MiB of nothing. */
function bomb(): Uint8Array {
  const zeros = gzipSync(Buffer.alloc(10 * 1024 * 1024));
  return Buffer.concat([
    gzipSync(tarOf([{ name: 'notation-sealer', content: 'x' }])),
    ...Array<Buffer>(30).fill(zeros),
  ]);
}

/** Cut in the middle of what is compressed. */
function packageOfDamaged(): Uint8Array {
  const whole = gzipSync(tarOf([{ name: 'notation-sealer', content: createHash('sha512').digest() }]));
  return whole.subarray(0, whole.length - 40);
}

describe('P-05: a package from an address', () => {
  let server: Server;
  let origin = '';
  const served = new Map<string, { status: number; location?: string; body?: Uint8Array }>();

  beforeAll(async () => {
    const { key, cert } = createServerCertificate(thisMachine);
    const folder = await mkdtemp(join(tmpdir(), 'inkan-ca-'));
    await writeFile(join(folder, 'ca.pem'), cert);
    process.env['SSL_CERT_FILE'] = join(folder, 'ca.pem');
    server = createServer({ cert, key }, (request, response) => {
      const { status, location, body } = served.get(request.url ?? '') ?? { status: 404 };
      response.writeHead(status, location ? { location } : {}).end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    origin = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => new Promise<void>((resolve) => void server.close(() => resolve())));

  const fetchFrom = (path: string, sha256?: string) =>
    ask('pluginPackages.openPackage', { from: { kind: 'url', url: `${origin}${path}` }, ...(sha256 && { sha256 }) });

  it('is installed when its checksum is right, also after redirects', async () => {
    const bytes = packageOf('2.0.0');
    served.set('/latest', { status: 302, location: '/v2/sealer.tar.gz#x' });
    served.set('/v2/sealer.tar.gz', { status: 200, body: bytes });
    const { package: opened } = await fetchFrom('/latest', hashOf(bytes));
    const { id, command } = opened!;
    expect(command).toBe(`notation plugin install --url ${origin}/latest --sha256sum ${hashOf(bytes)}`);
    expect(await ask('pluginPackages.installPackage', { id, force: false })).toMatchObject({ version: '2.0.0' });
    await expectNoRemains();
  });

  const right = 'a'.repeat(64);
  it.each<[string, string, string | undefined, ErrorCode]>([
    ['no checksum', '/v2/sealer.tar.gz', undefined, 'pluginPackage.noChecksum'],
    ['a wrong checksum', '/v2/sealer.tar.gz', right, 'pluginPackage.badChecksum'],
    ['a checksum that is none', '/v2/sealer.tar.gz', 'abc', 'rpc.badInput' as ErrorCode],
    ['nothing there', '/none', right, 'pluginPackage.notDownloaded'],
    ['a redirect to http', '/to-http', right, 'pluginPackage.notHttps'],
    ['a redirect to a file', '/to-file', right, 'pluginPackage.notHttps'],
    ['a redirect with a password', '/to-user', right, 'pluginPackage.notHttps'],
    ['a redirect to itself', '/loop', right, 'pluginPackage.notDownloaded'],
  ])('is refused with %s', async (_what, path, sha256, code) => {
    served.set('/v2/sealer.tar.gz', { status: 200, body: packageOf('2.0.0') });
    served.set('/to-http', { status: 302, location: `${origin.replace('https', 'http')}/v2/sealer.tar.gz` });
    served.set('/to-file', { status: 302, location: 'file:///etc/passwd' });
    served.set('/to-user', { status: 302, location: `${origin.replace('//', '//a:b@')}/v2/sealer.tar.gz` });
    served.set('/loop', { status: 302, location: '/loop' });
    expect(await codeOf(fetchFrom(path, sha256))).toBe(code);
    expect(await runs()).toBe(0);
    await expectNoRemains();
  });

  it('is refused over http before anything is sent', async () => {
    const from = { kind: 'url', url: 'http://localhost:1/sealer.tar.gz' } as const;
    expect(await codeOf(ask('pluginPackages.openPackage', { from, sha256: right }))).toBe('pluginPackage.notHttps');
  });
});

describe('uninstalling a plugin', () => {
  it('lists everything, then removes exactly that', async () => {
    await install(packageOf('1.2.0'));
    await mkdir(pluginsPath('sealer', 'cache'));
    await writeFile(pluginsPath('sealer', 'cache', 'token'), 'abc');
    await writeFile(join(home, 'mine.txt'), 'mine');
    await symlink(home, pluginsPath('sealer', 'out'));
    const planned = await ask('pluginPackages.planUninstall', { plugin: 'sealer' });
    expect(planned).toMatchObject({ keys: [], command: 'notation plugin uninstall sealer' });
    expect(planned.files.map(({ path, kind }) => `${path} ${kind}`)).toEqual([
      'LICENSE file',
      'cache directory',
      'notation-sealer file',
      'out symlink',
      'cache/token file',
    ]);
    await writeFile(pluginsPath('sealer', 'new'), 'x');
    const { revision } = planned;
    expect(await codeOf(ask('pluginPackages.uninstallPlugin', { plugin: 'sealer', revision }))).toBe(
      'file.changedMeanwhile',
    );
    await rm(pluginsPath('sealer', 'new'));
    await ask('pluginPackages.uninstallPlugin', { plugin: 'sealer', revision });
    expect(await entriesOf(pluginsPath())).toEqual([]);
    expect(await readFile(join(home, 'mine.txt'), 'utf8')).toBe('mine');
  });

  it('names the keys that could no longer sign', async () => {
    await install(packageOf('1.2.0'));
    const keys = [
      { name: 'release', id: 'k1', pluginName: 'sealer' },
      { name: 'other', id: 'k2', pluginName: 'vault' },
    ];
    await writeFile(join(home, 'notation', 'signingkeys.json'), JSON.stringify({ keys }));
    expect((await ask('pluginPackages.planUninstall', { plugin: 'sealer' })).keys).toEqual(['release']);
  });

  it.each<[string, ErrorCode]>([
    ['..', 'plugin.badName'],
    ['a/b', 'plugin.badName'],
    ['absent', 'plugin.notFound'],
    ['linked', 'plugin.notFound'],
  ])('refuses %s', async (plugin, code) => {
    await mkdir(pluginsPath(), { recursive: true });
    await symlink(home, pluginsPath('linked'));
    expect(await codeOf(ask('pluginPackages.planUninstall', { plugin }))).toBe(code);
    expect(await codeOf(ask('pluginPackages.uninstallPlugin', { plugin, revision: '' }))).toBe(code);
  });
});
