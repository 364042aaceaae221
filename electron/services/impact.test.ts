import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { mediaTypes } from '../../shared/model/media-types.ts';
import { createTestChain, leafShape, type TestChain } from '../testing/chain-factory.ts';
import { MemoryDirectory } from '../testing/memory-directory.ts';
import { identity } from '../testing/policy-defects.ts';
import { callContext, ServiceBench } from '../testing/service-bench.ts';
import { statementFor, VerificationBench } from '../testing/verification-bench.ts';
import { createImpactService } from './impact.ts';
import { RecentArtifacts } from './recent-artifacts.ts';
import { SourceBook } from './source-book.ts';

let chain: TestChain;
let target: VerificationBench;
let recent: RecentArtifacts;
let impact: ReturnType<typeof createImpactService>;
let opened = 0;
beforeAll(() => {
  chain = createTestChain({ length: 2, leaf: leafShape });
});
beforeEach(() => {
  const bench = new ServiceBench();
  target = new VerificationBench();
  target.trust(chain);
  target.saveStatement();
  opened = 0;
  const finder = { open: () => Promise.resolve(((opened += 1), target.repository)) };
  recent = new RecentArtifacts(finder, bench.clock);
  const book = new SourceBook({ ...bench, inkan: new MemoryDirectory('/inkan') });
  impact = createImpactService({ ...bench, recent, book, configuration: { current: () => target.directory } });
});

/** As the verifier does: the repository comes through what remembers. */
async function verify(reference = '1.0', sourceId = 's') {
  const repository = await recent.open(sourceId, 'acme/web');
  const bench = Object.assign(Object.create(target) as VerificationBench, { repository });
  return bench.verify({ reference });
}
const draftOf = (...statements: unknown[]): string => JSON.stringify({ version: '1.0', trustPolicies: statements });
const statement = (change: Parameters<typeof statementFor>[1] = {}) => statementFor(target.scope, change);
const judge = (text: string, signal?: AbortSignal) => impact['impact.judgeDraft']({ text }, callContext(signal));
const listSigners = () => impact['impact.listSigners']({}, callContext());

describe('judgeDraft', () => {
  it('tells which verdicts change, and asks no registry for it', async () => {
    await target.sign(chain);
    expect((await verify()).verdict).toBe('verified');
    target.repository.manifests.clear();
    target.repository.blobs.clear();
    const { digest } = target.artifact;
    const before = { verdict: 'verified', statement: 'acme' };
    const named = {
      sourceId: 's',
      repository: 'acme/web',
      reference: '1.0',
      digest,
      name: `${target.repository.name}:1.0`,
    };
    expect(await judge(draftOf(statement({ name: 'two', trustedIdentities: [identity] })))).toEqual({
      isValid: true,
      total: 1,
      unjudged: [],
      changed: [
        {
          ...named,
          before,
          after: {
            verdict: 'notTrusted',
            statement: 'two',
            reason: expect.objectContaining({ code: 'authenticity.identityMismatch' }) as unknown,
          },
        },
      ],
    });
    const elsewhere = await judge(draftOf(statementFor('other.example/x')));
    expect(elsewhere.changed).toMatchObject([{ before, after: { verdict: 'notTrusted' } }]);
    expect(elsewhere.changed[0]?.after.statement).toBeUndefined();
    const skipped = await judge(draftOf(statement({ level: 'skip' })));
    expect(skipped.changed).toMatchObject([{ after: { verdict: 'skipped' } }]);
    expect(opened).toBe(1);
  });

  it('leaves out what stays: under the same rule by another name, and under another rule with the same end', async () => {
    await target.sign(chain);
    await verify();
    const same = { isValid: true, total: 1, changed: [], unjudged: [] };
    expect(await judge(draftOf(statement({ name: 'renamed' })))).toEqual(same);
    expect(await judge(draftOf(statement({ level: 'audit' })))).toEqual(same);
  });

  it('says what it cannot tell: signatures that were never read, and what a plugin would say', async () => {
    target.saveStatement({ level: 'skip' });
    await target.sign(chain);
    expect((await verify()).verdict).toBe('skipped');
    expect(await judge(draftOf(statement()))).toMatchObject({ changed: [], unjudged: [{ reference: '1.0' }] });
    target.saveStatement();
    const plugin = { 'io.cncf.notary.verificationPlugin': 'acme' };
    const crit = ['io.cncf.notary.signingScheme', 'io.cncf.notary.verificationPlugin'];
    await target.forge(chain, { header: { ...plugin, crit } });
    await verify();
    expect(await judge(draftOf(statement({ level: 'audit' })))).toMatchObject({ changed: [], unjudged: [{}] });
  });

  it('judges nothing under a draft with faults, and ends when it is cancelled', async () => {
    await target.sign(chain);
    await verify();
    expect(await judge('{')).toEqual({ isValid: false, total: 1, changed: [], unjudged: [] });
    await expect(judge(draftOf(statement({ level: 'audit' })), AbortSignal.abort())).rejects.toThrow();
  });

  it('says nothing changes where nothing was verified', async () => {
    expect(await judge(draftOf(statement()))).toEqual({ isValid: true, total: 0, changed: [], unjudged: [] });
  });

  it('keeps each artifact once, and the newest 200', async () => {
    await verify('1.0');
    await verify(target.artifact.digest);
    expect(recent.list()).toHaveLength(1);
    for (let at = 0; at < 210; at += 1) {
      target.repository.addManifest(mediaTypes.ociManifest, new TextEncoder().encode(`{"at":${at}}`), `t${at}`);
      await verify(`t${at}`);
    }
    expect(recent.list()).toHaveLength(200);
    expect(recent.list()[0]?.reference).toBe('t209');
  });

  it('keeps what was read when a later look was cut short', async () => {
    await target.sign(chain);
    await verify();
    target.repository.failures.set(target.artifact.digest, new Error('cut'));
    await expect(verify(target.artifact.digest)).rejects.toThrow('cut');
    target.repository.failures.clear();
    expect(await judge(draftOf(statement({ trustedIdentities: [identity] })))).toMatchObject({ changed: [{}] });
  });
});

describe('listSigners', () => {
  it('names each chain once, and only of signatures that hold', async () => {
    await target.sign(chain);
    await target.sign(chain);
    await target.forge(chain, { dsaEncoding: 'der' });
    await verify();
    const { signers } = await listSigners();
    expect(signers).toMatchObject([
      {
        scheme: 'notary.x509',
        signatures: 2,
        reference: '1.0',
        chain: [{ role: 'leaf' }, { role: 'root', isSelfSigned: true }],
      },
    ]);
  });
});

describe('listKnown', () => {
  it('names what was verified and the layouts, each as a scope', async () => {
    await verify();
    const { known } = await impact['impact.listKnown']({}, callContext());
    const scope = target.repository.name;
    expect(known).toEqual([
      { scope, reference: `${scope}:1.0`, from: 'recent' },
      { scope: 'local/playground', from: 'layout' },
    ]);
  });
});
