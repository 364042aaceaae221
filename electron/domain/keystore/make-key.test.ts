import { createHash, randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createTestChain } from '../../testing/chain-factory.ts';
import { createFaultyDirectory } from '../../testing/faulty-directory.ts';
import { MemoryDirectory } from '../../testing/memory-directory.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { Clock, Directory, Random } from '../ports.ts';
import { cleanUpTestKey, planCleanUp } from './clean-up-key.ts';
import { inspectKey } from './inspect-key.ts';
import type { KeystoreContext } from './install-key.ts';
import { recoverKeystore } from './key-journal.ts';
import type { LocateFile } from './local-files.ts';
import { addKey, createTestKey, planTestKey, registerKey, type TestKeyRequest } from './make-key.ts';
import { readSigningKeys } from './signing-keys-file.ts';
import { findSigningKey, loadSigningMaterial } from './signing-material.ts';

const now = new Date('2026-11-23T07:00:00Z');
const clock: Clock = { now: () => now, monotonicMs: () => 0, sleep: async () => undefined };
const random: Random = {
  bytes: (length) => new Uint8Array(createHash('sha512').update(randomUUID()).digest()).slice(0, length),
  uuid: () => randomUUID(),
};
const request: TestKeyRequest = {
  name: 'suji-toshi-mashoya',
  algorithm: 'EC-256',
  validityDays: 1,
  subject: { country: 'US', state: 'WA', locality: 'Seattle', organization: 'Notary' },
  makeDefault: true,
  trust: true,
};
const keyFile = 'localkeys/suji-toshi-mashoya.key';
const certificateFile = 'localkeys/suji-toshi-mashoya.crt';
const storeFile = 'truststore/x509/ca/suji-toshi-mashoya/suji-toshi-mashoya.crt';

interface Desk {
  readonly config: MemoryDirectory;
  readonly inkan: MemoryDirectory;
  readonly context: KeystoreContext;
  readonly locateFile: LocateFile;
}
function createDesk(wrap: (directory: Directory) => Directory = (directory) => directory): Desk {
  const config = new MemoryDirectory('/c');
  const inkan = new MemoryDirectory('/inkan');
  const locateFile: LocateFile = (path) =>
    path.startsWith('/c/') ? { directory: config, name: path.slice(3) } : undefined;
  return { config, inkan, context: { directory: wrap(config), inkan, clock, random }, locateFile };
}
const noSpace = (): never => {
  throw new AppError('file.noSpace', { file: 'x' });
};
const inspect = async ({ config, locateFile }: Desk, name: string): ReturnType<typeof inspectKey> => {
  const list = await readSigningKeys(config, clock);
  const entry = list.keys.find((key) => key.name === name);
  if (!entry) throw new Error(`no key ${name}`);
  return inspectKey({ directory: config, locateFile, clock }, entry, list.defaultName === name);
};

describe('a test key', () => {
  it('has the places, modes and list entry of the reference', async () => {
    const desk = createDesk();
    const plan = await planTestKey(desk.context, { ...request, algorithm: 'RSA-2048' });
    expect(plan.command).toBe('notation cert generate-test --default suji-toshi-mashoya');
    expect(plan.problems).toEqual([]);
    await createTestKey(desk.context, request);
    expect([...desk.config.files].map(([path, { mode }]) => [path, mode.toString(8)])).toEqual([
      [keyFile, '600'],
      [certificateFile, '644'],
      [storeFile, '600'],
      ['signingkeys.json', '600'],
    ]);
    expect(plan.files.map(({ path }) => path)).toEqual([...desk.config.files.keys()]);
    expect(desk.config.text(storeFile)).toBe(desk.config.text(certificateFile));
    expect(desk.config.text('signingkeys.json')).toBe(`{
    "default": "suji-toshi-mashoya",
    "keys": [
        {
            "name": "suji-toshi-mashoya",
            "keyPath": "/c/${keyFile}",
            "certPath": "/c/${certificateFile}"
        }
    ]
}
`);
    expect([...desk.inkan.files.keys()]).toEqual([]);
  });

  it('can sign, keeps every rule, and shows no secret', async () => {
    const desk = createDesk();
    await createTestKey(desk.context, request);
    const key = await inspect(desk, request.name);
    expect(key).toMatchObject({ isDefault: true, kind: 'local', isTest: true, algorithm: 'EC-256', problems: [] });
    expect(key.chainRules).toContainEqual({ rule: 'keyBelongsToCertificate', status: 'holds' });
    expect(JSON.stringify(key)).not.toContain('PRIVATE KEY');
    const entry = await findSigningKey(desk.config, clock, undefined);
    const material = await loadSigningMaterial({ directory: desk.config, locateFile: desk.locateFile, clock }, entry);
    expect(material).toMatchObject({ name: request.name, keyPem: desk.config.text(keyFile), findings: [] });
    expect(material.chain).toHaveLength(1);
  });

  it.each([
    [{ algorithm: 'RSA-3072' }, 'notation cert generate-test --bits 3072 --default suji-toshi-mashoya'],
    [{ algorithm: 'RSA-2048', makeDefault: false }, 'notation cert generate-test suji-toshi-mashoya'],
    [{ algorithm: 'EC-256' }, null],
    [{ algorithm: 'RSA-2048', validityDays: 2 }, null],
    [{ algorithm: 'RSA-2048', trust: false }, null],
    [{ algorithm: 'RSA-2048', subject: { ...request.subject, organization: 'Acme' } }, null],
  ] satisfies readonly (readonly [Partial<TestKeyRequest>, string | null])[])(
    'with %j has the command %s',
    async (change, command) => {
      expect((await planTestKey(createDesk().context, { ...request, ...change })).command).toBe(command);
    },
  );

  it.each([
    ['signingkeys.json', '{"keys":[{"name":"suji-toshi-mashoya"}]}', 'key.exists'],
    ['signingkeys.json', '{"keys":[{"name":"Suji-Toshi-Mashoya"}]}', 'key.badName'],
    ['signingkeys.json', '{"keys":[', 'key.listMalformed'],
    [keyFile, 'half a pair that a crash of the reference left', 'key.fileExists'],
    ['localkeys/SUJI-toshi-mashoya.crt', 'x', 'key.fileExists'],
    [storeFile, 'x', 'trustStore.fileExists'],
    ['truststore/x509/ca/SUJI-toshi-mashoya/x.crt', 'x', 'trustStore.badName'],
  ])('is refused where %s has %j', async (path, content, code) => {
    const { config, inkan, context } = createDesk();
    config.put(path, content);
    expect((await planTestKey(context, request)).problems.map((problem) => problem.code)).toEqual([code]);
    await expect(createTestKey(context, request)).rejects.toMatchObject({ code });
    expect([...config.files.keys()]).toEqual([path]);
    expect([...inkan.files.keys()]).toEqual([]);
  });

  it.each([{ country: 'usa' }, { state: '' }, { organization: 'a\nb' }])(
    'is refused with the subject %j',
    async (subject) => {
      const { config, context } = createDesk();
      const refused = createTestKey(context, { ...request, subject: { ...request.subject, ...subject } });
      await expect(refused).rejects.toMatchObject({ code: 'key.badSubject' });
      expect(config.files.size).toBe(0);
    },
  );

  it.each([1, 2, 3, 4])('leaves nothing when write %i finds the disk full', async (failing) => {
    let writes = 0;
    const desk = createDesk((directory) =>
      createFaultyDirectory(directory, ({ method }) => {
        if (method === 'write' && (writes += 1) === failing) noSpace();
      }),
    );
    await expect(createTestKey(desk.context, request)).rejects.toMatchObject({ code: 'file.noSpace' });
    expect([...desk.config.files.keys(), ...desk.inkan.files.keys()]).toEqual([]);
    await createTestKey(desk.context, request);
    expect(desk.config.files.size).toBe(4);
  });
});

describe('clean-up', () => {
  it('removes exactly what was made', async () => {
    const { config, inkan, context } = createDesk();
    config.put('signingkeys.json', '{"default":"other","keys":[{"name":"other","id":"i","pluginName":"p"}]}');
    config.put('truststore/x509/ca/suji-toshi-mashoya/theirs.crt', 'x');
    config.put('localkeys/other.key', 'x');
    const before = new Map(config.files);
    await createTestKey(context, { ...request, makeDefault: false });
    const plan = await planCleanUp(context, request.name);
    expect(plan).toEqual({
      files: [
        { path: keyFile, action: 'remove' },
        { path: certificateFile, action: 'remove' },
        { path: storeFile, action: 'remove' },
        { path: 'signingkeys.json', action: 'change', note: 'removesKey' },
      ],
      command: 'notation cert cleanup-test suji-toshi-mashoya',
      problems: [],
    });
    expect(await cleanUpTestKey(context, request.name)).toEqual(plan.files);
    expect([...config.files.keys()].sort()).toEqual([...before.keys()].sort());
    expect(JSON.parse(config.text('signingkeys.json') ?? '')).toEqual({
      default: 'other',
      keys: [{ name: 'other', id: 'i', pluginName: 'p' }],
    });
    expect([...inkan.files.keys()]).toEqual([]);
  });

  it('removes half a pair, and passes over what is not there', async () => {
    const { config, context } = createDesk();
    config.put(keyFile, 'half a pair');
    expect((await planCleanUp(context, request.name)).files.map(({ action }) => action)).toEqual([
      'remove',
      'absent',
      'absent',
      'absent',
    ]);
    await cleanUpTestKey(context, request.name);
    expect(config.files.size).toBe(0);
    expect((await cleanUpTestKey(context, request.name)).every(({ action }) => action === 'absent')).toBe(true);
  });

  it('leaves a store file of the name that is another certificate', async () => {
    const desk = createDesk();
    await createTestKey(desk.context, { ...request, trust: false });
    desk.config.put(storeFile, createTestChain().chainPem);
    await cleanUpTestKey(desk.context, request.name);
    expect([...desk.config.files.keys()].sort()).toEqual(['signingkeys.json', storeFile]);
  });

  it('refuses keys elsewhere, real keys, and names that leave the folder', async () => {
    const desk = createDesk();
    const { keyPem, chainPem } = createTestChain();
    await addKey(desk.context, { name: 'real', keyPem, chain: new TextEncoder().encode(chainPem), makeDefault: false });
    desk.config.put('elsewhere.key', 'x');
    const { keys } = JSON.parse(desk.config.text('signingkeys.json') ?? '') as { keys: object[] };
    desk.config.put(
      'signingkeys.json',
      JSON.stringify({ keys: [...keys, { name: 'far', keyPath: '/c/elsewhere.key', certPath: '/c/x' }] }),
    );
    const before = new Map(desk.config.files);
    for (const [name, code] of [
      ['real', 'key.notTest'],
      ['far', 'key.notTest'],
      ['..', 'key.badName'],
      ['../x', 'key.badName'],
    ] as const) {
      expect((await planCleanUp(desk.context, name)).problems.map((problem) => problem.code)).toEqual([code]);
      await expect(cleanUpTestKey(desk.context, name)).rejects.toMatchObject({ code });
    }
    expect(new Map(desk.config.files)).toEqual(before);
  });

  it.each(['write', 'remove'])('puts everything back when a %s fails', async (failing) => {
    let armed = false;
    const desk = createDesk((directory) =>
      createFaultyDirectory(directory, ({ method, args }) => {
        if (!armed || method !== failing || (failing === 'remove' && args[0] === keyFile)) return;
        armed = false;
        noSpace();
      }),
    );
    await createTestKey(desk.context, request);
    const before = [...desk.config.files].sort();
    armed = true;
    await expect(cleanUpTestKey(desk.context, request.name)).rejects.toMatchObject({ code: 'file.noSpace' });
    expect([...desk.config.files].sort()).toEqual(before);
    expect(desk.inkan.files.size).toBe(0);
  });
});

describe('case F-10: keys of the user', () => {
  const chain = createTestChain({ length: 3 });
  const bytes = new TextEncoder().encode(chain.chainPem);

  it('are copied as PKCS#8 beside their chain', async () => {
    const desk = createDesk();
    const sec1 = chain.privateKey.export({ type: 'sec1', format: 'pem' }).toString();
    await addKey(desk.context, { name: 'mine', keyPem: sec1, chain: bytes, makeDefault: false });
    expect(desk.config.text('localkeys/mine.key')).toBe(chain.keyPem);
    expect(desk.config.text('localkeys/mine.crt')).toBe(chain.chainPem);
    const key = await inspect(desk, 'mine');
    expect(key).toMatchObject({ isDefault: false, isTest: false, problems: [] });
    expect(key.chain.map(({ role }) => role)).toEqual(['leaf', 'intermediate', 'root']);
  });

  it('are listed where they are', async () => {
    const desk = createDesk();
    desk.config.put('elsewhere/k', chain.keyPem, 0o644);
    desk.config.put('elsewhere/c', chain.chainPem);
    const paths = { keyPath: '/c/elsewhere/k', certPath: '/c/elsewhere/c' };
    await registerKey(desk.context, { name: 'mine', ...paths, keyPem: chain.keyPem, chain: bytes, makeDefault: true });
    const key = await inspect(desk, 'mine');
    expect(key).toMatchObject({ isDefault: true, keyPath: paths.keyPath, isTest: false });
    expect(key.problems).toEqual([{ code: 'key.readableByOthers', details: { file: paths.keyPath, mode: '0644' } }]);
  });

  const other = createTestChain({ algorithm: 'EC-384' });
  const encrypted = chain.privateKey
    .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' })
    .toString();
  it.each([
    ['a key of another certificate', other.keyPem, chain.chainPem, 'key.doesNotMatch'],
    ['an encrypted key', encrypted, chain.chainPem, 'key.encrypted'],
    ['two keys', chain.keyPem + other.keyPem, chain.chainPem, 'key.malformed'],
    ['no key', chain.chainPem, chain.chainPem, 'key.malformed'],
    ['a torn key', chain.keyPem.slice(0, 60), chain.chainPem, 'key.malformed'],
    ['no certificate', chain.keyPem, chain.keyPem.slice(0, 0), 'certificate.malformed'],
    ['a key for a chain', chain.keyPem, chain.keyPem, 'certificate.malformed'],
    [
      'a chain without its root',
      chain.keyPem,
      chain.chainPem
        .split(/(?<=END CERTIFICATE-----\n)/)
        .slice(0, 2)
        .join(''),
      'certificate.ruleBroken',
    ],
  ])('are refused: %s', async (_title, keyPem, chainPem, code) => {
    const { config, context } = createDesk();
    const adding = addKey(context, {
      name: 'mine',
      keyPem,
      chain: new TextEncoder().encode(chainPem),
      makeDefault: false,
    });
    await expect(adding).rejects.toMatchObject({ code });
    expect(config.files.size).toBe(0);
  });
});

describe('what stands in the list', () => {
  it.each([
    [{ id: 'i', pluginName: 'p' }, undefined],
    [{ pluginName: 'p' }, 'key.incomplete'],
    [{ keyPath: '/c/k' }, 'key.incomplete'],
    [{ keyPath: '/c/k', certPath: 'c' }, 'file.unreadable'],
    [{ keyPath: '/c/k', certPath: '/c/absent' }, 'file.unreadable'],
    [{ keyPath: '/c/k', certPath: '/c/folder' }, 'file.notRegular'],
    [{ keyPath: '/c/k', certPath: '/c/k' }, 'certificate.malformed'],
  ])('is shown with its fault: %j', async (members, code) => {
    const desk = createDesk();
    desk.config.put('k', 'no key');
    desk.config.put('folder/x', 'x');
    desk.config.put('signingkeys.json', JSON.stringify({ keys: [{ name: 'a', ...members }] }));
    expect((await inspect(desk, 'a')).problems[0]?.code).toBe(code);
  });

  it('tells of a key that is not its certificate’s, and of a certificate that has expired', async () => {
    const desk = createDesk();
    const past = { notBefore: new Date('2020-01-01T00:00:00Z'), notAfter: new Date('2021-01-01T00:00:00Z') };
    desk.config.put('k', createTestChain().keyPem);
    desk.config.put('c', createTestChain({ length: 1, algorithm: 'EC-384', leaf: past }).chainPem);
    desk.config.put('signingkeys.json', JSON.stringify({ keys: [{ name: 'a', keyPath: '/c/k', certPath: '/c/c' }] }));
    const key = await inspect(desk, 'a');
    expect(key.problems.map(({ code }) => code)).toEqual(['key.doesNotMatch', 'certificate.ruleBroken']);
    expect(key.chainRules).toContainEqual({ rule: 'keyBelongsToCertificate', status: 'broken' });
  });

  it.each([
    [undefined, 'sign.noDefaultKey'],
    ['absent', 'sign.keyNotFound'],
    ['plugin', 'sign.keyUnusable'],
    ['half', 'sign.keyUnusable'],
  ])('gives no signing material for %s', async (name, code) => {
    const { config, locateFile } = createDesk();
    config.put(
      'signingkeys.json',
      '{"keys":[{"name":"plugin","id":"i","pluginName":"p"},{"name":"half","keyPath":"/k"}]}',
    );
    const loading = findSigningKey(config, clock, name).then((entry) =>
      loadSigningMaterial({ directory: config, locateFile, clock }, entry),
    );
    await expect(loading).rejects.toMatchObject({ code });
  });
});

describe('case F-12: the journal', () => {
  const open = (desk: Desk) => (): Directory => desk.config;

  it('that cannot be read is kept aside, once', async () => {
    const desk = createDesk();
    desk.inkan.put('journal/broken.json', '{"version":1');
    desk.inkan.put('journal/other.json', '{"version":2}');
    expect(await recoverKeystore({ inkan: desk.inkan, clock }, open(desk))).toEqual({
      settled: [],
      quarantined: ['broken.json', 'other.json'],
    });
    expect(desk.inkan.text('journal-quarantine/broken.json')).toBe('{"version":1');
    expect(await recoverKeystore({ inkan: desk.inkan, clock }, open(desk))).toEqual({ settled: [], quarantined: [] });
  });

  it('removes no file that is not byte for byte what was written, and names none outside the directory', async () => {
    const desk = createDesk();
    const record = (files: readonly string[]): string =>
      JSON.stringify({
        version: 1,
        id: '01234567-89ab-4def-8123-456789abcdef',
        operation: 'create',
        directory: '/c',
        entry: { name: 'a', keyPath: '/c/localkeys/a.key', certPath: '/c/localkeys/a.crt' },
        files: files.map((path) => ({ path, sha256: createHash('sha256').update('ours').digest('hex'), mode: 0o600 })),
      });
    desk.config.put('localkeys/a.key', 'ours');
    desk.config.put('localkeys/a.crt', 'theirs');
    desk.inkan.put('journal/01234567-89ab-4def-8123-456789abcdef.json', record(['localkeys/a.key', 'localkeys/a.crt']));
    expect(await recoverKeystore({ inkan: desk.inkan, clock }, open(desk))).toEqual({
      settled: ['a'],
      quarantined: [],
    });
    expect([...desk.config.files.keys()]).toEqual(['localkeys/a.crt']);
    desk.inkan.put('journal/01234567-89ab-4def-8123-456789abcdef.json', record(['../../etc/passwd']));
    const { quarantined } = await recoverKeystore({ inkan: desk.inkan, clock }, open(desk));
    expect(quarantined).toEqual(['01234567-89ab-4def-8123-456789abcdef.json']);
  });
});
