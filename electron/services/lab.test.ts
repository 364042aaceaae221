import { randomBytes, randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { labDrills, labScope, type LabDrill } from '../../shared/model/lab.ts';
import { LayoutRepository } from '../domain/oci/layout-repository.ts';
import { codeOf } from '../testing/code-of.ts';
import { MemoryDirectory } from '../testing/memory-directory.ts';
import { PluginBench } from '../testing/plugin-bench.ts';
import { callContext, ServiceBench } from '../testing/service-bench.ts';
import { createActivityService } from './activity.ts';
import { createJobsService } from './jobs.ts';
import { createLabService, recoverLab } from './lab.ts';
import { PolicyHistory } from './policy-history.ts';
import { createRevocationOpener } from './open-revocation.ts';
import { createVerifyService } from './verify.ts';

const request = { name: 'test-lab', algorithm: 'EC-256', intermediate: false, validityDays: 30 } as const;

let bench: ServiceBench;
let notation: MemoryDirectory;
let inkan: MemoryDirectory;
let cache: MemoryDirectory;
let layout: MemoryDirectory;
let history: PolicyHistory;
let service: ReturnType<typeof createLabService>;
let folders: Parameters<typeof recoverLab>[0];
let parts: Parameters<typeof recoverLab>[1];
beforeEach(() => {
  bench = new ServiceBench();
  notation = new MemoryDirectory('/home/me/.config/notation');
  inkan = new MemoryDirectory('/home/me/.local/share/inkan');
  cache = new MemoryDirectory('/home/me/.cache/notation');
  layout = new MemoryDirectory('/home/me/.local/share/inkan/test-lab');
  history = new PolicyHistory({ ...bench, inkan });
  const random = { bytes: (length: number) => new Uint8Array(randomBytes(length)), uuid: () => randomUUID() };
  const configuration = { current: () => notation };
  const verify = createVerifyService({
    ...bench,
    configuration,
    inkan,
    repositories: { open: () => Promise.resolve(new LayoutRepository(layout)) },
    jobs: createJobsService(bench),
    activity: createActivityService({ ...bench, inkan }),
    plugins: () => new PluginBench().context,
    openRevocation: createRevocationOpener({ ...bench, notationCache: cache, inkan }),
  });
  folders = { inkan, notationCache: cache, labLayout: layout, openConfiguration: () => notation };
  parts = { clock: bench.clock, random, version: '0.1.0' };
  service = createLabService({
    ...bench,
    ...folders,
    ...parts,
    configuration,
    homePath: '/home/me',
    history,
    verify: verify['verify.verifyArtifact'],
  });
});

const make = (change: object = {}) => service['lab.makeExample']({ ...request, ...change }, callContext());
const plan = (change: object = {}) => service['lab.planExample']({ ...request, ...change }, callContext());
const drill = (name: LabDrill) => service['lab.runDrill']({ drill: name }, callContext());
const planCleanUp = async () => (await service['lab.planCleanUp']({}, callContext())).items;
const cleanUp = async () => (await service['lab.cleanUp']({}, callContext())).items;
const paths = () => ({
  notation: [...notation.files.keys()].sort(),
  inkan: [...inkan.files.keys()].filter((path) => path.startsWith('lab/')).sort(),
  cache: [...cache.files.keys()],
  layout: [...layout.files.keys()].sort(),
});

const statement = (name: string, scope: string) =>
  `{"name":"${name}","registryScopes":["${scope}"],"signatureVerification":{"level":"skip"}}`;
const document = (...statements: readonly string[]) => `{"version":"1.0","trustPolicies":[${statements.join(',')}]}`;

describe('makeExample', () => {
  it.each([
    ['RSA-2048', false],
    ['RSA-2048', true],
    ['EC-256', true],
    ['EC-384', false],
    ['EC-521', true],
  ] as const)('makes one of %s, intermediate: %s, that verifies', async (algorithm, intermediate) => {
    const { lab, report } = await make({ algorithm, intermediate });
    expect(report).toMatchObject({
      verdict: 'verified',
      scope: labScope,
      policy: { kind: 'applied', name: 'test-lab' },
    });
    expect(report.signatures[0]?.checks.every(({ result }) => result === 'passed')).toBe(true);
    expect(lab).toMatchObject({ name: 'test-lab', isHere: true, directory: '~/.config/notation', drills: [] });
  });

  it('writes what its plan says', async () => {
    const before = await plan();
    expect(before.problems).toEqual([]);
    expect(before.roots).toMatchObject({ notation: '~/.config/notation', layout: '~/.local/share/inkan/test-lab' });
    await make();
    const planned = before.items.filter(({ path }) => !path.endsWith('…'));
    const written = paths();
    expect(
      planned
        .filter(({ place }) => place === 'notation')
        .map(({ path }) => path)
        .sort(),
    ).toEqual(written.notation);
    expect(
      [...planned.filter(({ place }) => place === 'inkan').map(({ path }) => path), 'lab/record.json'].sort(),
    ).toEqual(written.inkan);
    for (const { path } of planned.filter(({ place }) => place === 'layout')) expect(written.layout).toContain(path);
    expect(written.layout).toHaveLength(planned.filter(({ place }) => place === 'layout').length + 2);
    expect(JSON.parse(notation.text('trustpolicy.oci.json') ?? '')).toEqual({
      version: '1.0',
      trustPolicies: [JSON.parse(before.statement)],
    });
  });

  it('adds its statement to a policy and leaves every other byte', async () => {
    const own =
      '{"version" : "1.0",\r\n "trustPolicies":[ {"name":"mine","registryScopes":["a.example/b"],"signatureVerification":{"level":"skip"},"note":1} ]}\n';
    notation.put('trustpolicy.oci.json', own);
    await make();
    const text = notation.text('trustpolicy.oci.json') ?? '';
    expect(text.startsWith(own.slice(0, own.indexOf('} ]}') + 1))).toBe(true);
    await cleanUp();
    expect(notation.text('trustpolicy.oci.json')).toBe(own);
    const versions = await history.list({ directory: notation, document: 'oci' });
    expect(versions.map(({ by }) => by)).toEqual(['other', 'inkan', 'inkan']);
  });

  it.each([
    ['the policy has its scope', 'trustpolicy.oci.json', document(statement('mine', labScope)), 'lab.scopeTaken'],
    ['the policy is broken', 'trustpolicy.oci.json', '{', 'policy.invalid'],
    ['a store of the name is there', 'truststore/x509/tsa/test-lab/own.crt', 'x', 'lab.fileTaken'],
    ['a key file of the name is there', 'localkeys/test-lab.key', 'x', 'key.fileExists'],
  ])('refuses when %s, and writes nothing', async (_, path, content, code) => {
    notation.put(path, content);
    const before = paths();
    expect((await plan()).problems.map((problem) => problem.code)).toEqual([code]);
    expect(await codeOf(make())).toBe(code);
    expect(paths()).toEqual(before);
    expect(notation.text(path)).toBe(content);
  });

  it('takes another name for its statement when there is one of the name', async () => {
    notation.put('trustpolicy.oci.json', document(statement('test-lab', 'a.example/b')));
    expect((await make()).lab.statement).toBe('test-lab-2');
  });

  it('makes one at a time', async () => {
    await make();
    expect(await codeOf(make({ name: 'another' }))).toBe('lab.exists');
  });

  it('takes everything away again when a step fails', async () => {
    notation.put('signingkeys.json', '{"keys":[]}');
    const write = notation.write.bind(notation);
    notation.write = (path, ...rest) =>
      path === 'trustpolicy.oci.json' ? Promise.reject(new Error('disk')) : write(path, ...rest);
    await expect(make()).rejects.toThrow('disk');
    expect(paths()).toEqual({ notation: ['signingkeys.json'], inkan: [], cache: [], layout: [] });
    expect(JSON.parse(notation.text('signingkeys.json') ?? '')).toEqual({ keys: [] });
  });
});

describe('runDrill', () => {
  it.each(labDrills)('%s shows what it should', async (name) => {
    await make();
    const { drill: made, report } = await drill(name);
    expect(report.verdict).toBe(made.expected.verdict);
    const { check, reason } = made.expected;
    const failed = report.signatures.flatMap(({ checks }) =>
      checks.filter(({ result }) => result === 'failed').map((result) => [result.check, result.reason.code]),
    );
    expect(failed).toEqual(check === undefined ? [] : [[check, reason]]);
    expect(bench.told('activity.recorded').at(-1)).toMatchObject({ note: made.expected.verdict });
  });

  it('works the same under an RSA authority and an intermediate', async () => {
    await make({ algorithm: 'RSA-2048', intermediate: true });
    expect((await drill('revoked')).report.signatures[0]?.checks[4]).toMatchObject({
      result: 'failed',
      reason: { code: 'revocation.revoked' },
    });
  });

  it('is made once, and judged anew under the policy as it is', async () => {
    await make();
    const { drill: made } = await drill('wrongIdentity');
    const before = paths();
    const policy = notation.text('trustpolicy.oci.json') ?? '';
    notation.put('trustpolicy.oci.json', policy.replace('CN=test-lab"', 'CN=somebody-else"'));
    const again = await drill('wrongIdentity');
    expect(again.drill).toEqual(made);
    expect(again.report.verdict).toBe('verified');
    expect(paths()).toEqual(before);
  });

  it('leaves the example as it was', async () => {
    await make();
    for (const name of labDrills) await drill(name);
    const { lab } = await service['lab.readLab']({}, callContext());
    expect(lab?.drills.map((made) => made.drill)).toEqual(labDrills);
    const repository = new LayoutRepository(layout);
    expect(await repository.listTags()).toEqual(['example', ...(lab?.drills ?? []).map(({ tag }) => tag)]);
  });

  it('needs an example in the configuration in use', async () => {
    expect(await codeOf(drill('expired'))).toBe('lab.missing');
    await make();
    notation = new MemoryDirectory('/home/me/other');
    expect(await codeOf(drill('expired'))).toBe('lab.otherConfiguration');
  });
});

describe('cleanUp', () => {
  it('leaves nothing of what was made, and says so first', async () => {
    await make({ intermediate: true });
    for (const name of labDrills) await drill(name);
    const planned = await planCleanUp();
    expect(planned.some(({ action }) => action === 'keep' || action === 'absent')).toBe(false);
    expect(planned.filter(({ place }) => place === 'cache')).toHaveLength(1);
    expect(await cleanUp()).toEqual(planned);
    expect(paths()).toEqual({ notation: ['signingkeys.json'], inkan: [], cache: [], layout: [] });
    expect(await notation.list('truststore/x509/ca')).toEqual([]);
    expect((await service['lab.readLab']({}, callContext())).lab).toBeNull();
    await make();
  });

  it('keeps what the user changed or added, and names it', async () => {
    await make();
    notation.put('truststore/x509/ca/test-lab/mine.crt', 'mine');
    notation.put('truststore/x509/tsa/test-lab/test-lab-root.crt', 'changed');
    const policy = notation.text('trustpolicy.oci.json') ?? '';
    notation.put('trustpolicy.oci.json', policy.replace('"strict"', '"audit"'));
    const kept = (await cleanUp()).filter(({ action }) => action === 'keep').map(({ path, why }) => [path, why]);
    expect(kept).toEqual([
      ['trustpolicy.oci.json', 'changed'],
      ['truststore/x509/tsa/test-lab/test-lab-root.crt', 'changed'],
      ['truststore/x509/ca/test-lab/mine.crt', 'notOurs'],
    ]);
    expect(paths().notation).toEqual([
      'signingkeys.json',
      'trustpolicy.oci.json',
      'truststore/x509/ca/test-lab/mine.crt',
      'truststore/x509/tsa/test-lab/test-lab-root.crt',
    ]);
  });

  it('keeps what the user put into the layout, with what it needs', async () => {
    await make();
    const repository = new LayoutRepository(layout);
    const never = new AbortController().signal;
    const subject = await repository.resolve('example', never);
    const config = await repository.pushBlob('application/json', new TextEncoder().encode('{}'), never);
    const body = JSON.stringify({
      schemaVersion: 2,
      mediaType: 'application/vnd.oci.image.manifest.v1+json',
      config,
      layers: [],
      subject,
    });
    const own = await repository.pushReferrer(
      {
        mediaType: 'application/vnd.oci.image.manifest.v1+json',
        artifactType: 'text/plain',
        bytes: new TextEncoder().encode(body),
        subject,
        annotations: {},
      },
      never,
    );
    const kept = (await cleanUp())
      .filter(({ action }) => action === 'keep')
      .map(({ path, entry }) => entry?.name ?? path);
    expect(kept).toContain(own.descriptor.digest);
    expect(paths().layout).toHaveLength(4);
    await repository.assertIsLayout();
    await expect(repository.readManifest(own.descriptor.digest, never)).resolves.toBeDefined();
  });

  it('keeps a last statement that a policy cannot be without', async () => {
    notation.put('trustpolicy.oci.json', document(statement('mine', 'a.example/b')));
    await make();
    const { version, trustPolicies } = JSON.parse(notation.text('trustpolicy.oci.json') ?? '') as {
      version: string;
      trustPolicies: unknown[];
    };
    notation.put('trustpolicy.oci.json', JSON.stringify({ version, trustPolicies: trustPolicies.slice(1) }));
    expect((await planCleanUp()).find(({ entry }) => entry?.kind === 'statement')).toMatchObject({
      action: 'keep',
      why: 'lastStatement',
    });
  });

  it('is finished at the next start when it was cut short, and so is making', async () => {
    await make();
    const remove = layout.remove.bind(layout);
    layout.remove = () => Promise.reject(new Error('killed'));
    await expect(cleanUp()).rejects.toThrow('killed');
    layout.remove = remove;
    expect(await recoverLab(folders, parts)).toEqual([]);
    expect(paths()).toEqual({ notation: ['signingkeys.json'], inkan: [], cache: [], layout: [] });
    expect(await recoverLab(folders, parts)).toEqual([]);
  });

  it('tells of a record that cannot be read, and touches nothing', async () => {
    await make();
    inkan.put('lab/record.json', '{"version":1}');
    const before = paths();
    expect((await recoverLab(folders, parts)).map(({ code }) => code)).toEqual(['lab.recordMalformed']);
    expect(await codeOf(service['lab.readLab']({}, callContext()))).toBe('lab.recordMalformed');
    expect(paths()).toEqual(before);
  });
});
