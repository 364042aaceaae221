import { describe, expect, it } from 'vitest';
import type { Attachment } from '../../../shared/model/attachment.ts';
import type { Digest } from '../../../shared/model/digest.ts';
import { mediaTypes } from '../../../shared/model/media-types.ts';
import { buildTree } from './attachments-tree.ts';
import { walkAttachments, type AttachmentsWalk, type WalkAsk, type WalkLimits } from './walk-attachments.ts';

const digestOf = (name: string) => `sha256:${Buffer.from(name).toString('hex').padEnd(64, '0')}` as Digest;
const descriptorOf = (name: string) => ({ mediaType: mediaTypes.ociManifest, digest: digestOf(name), size: 9 });
const attachment = (name: string, more: Partial<Attachment> = {}): Attachment => ({
  descriptor: { ...descriptorOf(name), artifactType: mediaTypes.notarySignature },
  kind: 'notationSignature',
  via: ['api'],
  listings: 1,
  ...more,
});
const limits = { requests: 1000, depth: 5 };

/** Pages by subject: what each has, page by page; `!` fails. */
function createAsk(pages: Readonly<Record<string, readonly (readonly Attachment[])[]>>) {
  const asked: string[] = [];
  const byDigest = new Map(Object.entries(pages).map(([name, list]) => [digestOf(name), list]));
  const ask: WalkAsk = {
    list: ({ digest, cursor, cosignTags }) => {
      asked.push(digest);
      const at = Number(cursor ?? 0);
      const list = byDigest.get(digest) ?? [];
      if (list[at]?.[0]?.kind === 'unknown') return Promise.reject(new Error('no'));
      const question = { asked: 'api', what: 'referrers', status: 200, items: list[at]?.length ?? 0 } as const;
      const tag = { asked: 'cosignTag', what: 'x.sig', status: 404, items: 0 } as const;
      return Promise.resolve({
        questions: at === 0 ? [question, ...(cosignTags ? [tag] : [])] : [],
        attachments: [...(list[at] ?? [])],
        unreadable: 0,
        readAt: '',
        ...(at + 1 < list.length && { nextCursor: String(at + 1) }),
      });
    },
    describe: ({ entries }) =>
      Promise.resolve({
        facts: entries.map(({ descriptor }) => ({
          digest: descriptor.digest,
          kind: 'notationSignature' as const,
          marks: [],
          envelope: digestOf('envelope'),
        })),
      }),
  };
  return { ask, asked };
}
const walk = async (
  pages: Parameters<typeof createAsk>[0],
  { manifests = [], ...own }: Partial<WalkLimits> & { manifests?: string[] } = {},
) => {
  const { ask, asked } = createAsk(pages);
  const states: AttachmentsWalk[] = [];
  const start = { digest: digestOf('root'), manifests: manifests.map(descriptorOf) };
  const done = await walkAttachments(start, { ...limits, ...own }, ask, (read) => states.push(read()));
  const artifact = { descriptor: descriptorOf('root'), kind: 'index' as const, manifests: start.manifests };
  return { done, states, asked, tree: buildTree(artifact, done) };
};
const unknown = attachment('x', { kind: 'unknown' });

describe('walking', () => {
  it('goes from the artifact and the manifests of its index to referrers of referrers', async () => {
    const { tree, done } = await walk(
      { root: [[attachment('a')]], a: [[attachment('b')]], b: [[attachment('c')]], amd64: [[attachment('d')]] },
      { manifests: ['amd64', 'arm64'] },
    );
    expect(tree.rows.map(({ digest, depth, edge }) => [digest, depth, edge])).toEqual([
      [digestOf('a'), 1, 'referrer'],
      [digestOf('b'), 2, 'referrer'],
      [digestOf('c'), 3, 'referrer'],
      [digestOf('amd64'), 1, 'manifest'],
      [digestOf('d'), 2, 'referrer'],
      [digestOf('arm64'), 1, 'manifest'],
    ]);
    expect([done.isDone, done.unasked]).toEqual([true, 0]);
  });

  it('tells of each page before the next one is asked for', async () => {
    const { states, done } = await walk({ root: [[attachment('a')], [attachment('b')], [attachment('c')]] });
    const sizes = states.map(({ levels }) => levels.get(digestOf('root'))?.attachments.length);
    expect([sizes[0], done.levels.get(digestOf('root'))?.attachments.length]).toEqual([1, 3]);
    expect(done.levels.get(digestOf('root'))?.isWhole).toBe(true);
  });

  it('asks about each digest once, also in a circle', async () => {
    const { asked, tree } = await walk({ root: [[attachment('a')]], a: [[attachment('b')]], b: [[attachment('a')]] });
    expect(new Set(asked).size).toBe(asked.length);
    expect(tree.rows.map(({ marks }) => marks.includes('repeated'))).toEqual([false, false, true]);
    expect(new Set(tree.rows.map(({ key }) => key)).size).toBe(3);
  });

  it('asks for tags of cosign at the artifact and the manifests of its index only', async () => {
    const { done } = await walk({ root: [[attachment('a')]] }, { manifests: ['amd64'] });
    const kinds = [...done.levels].map(([digest, { questions }]) => [digest, questions.length]);
    expect(Object.fromEntries(kinds)).toEqual({
      [digestOf('root')]: 2,
      [digestOf('amd64')]: 2,
      [digestOf('a')]: 1,
    });
  });

  it.each([
    ['depth', { depth: 1 }, 1],
    ['requests', { requests: 3 }, 1],
  ])('stops at its limit of %s and says what it left', async (_, own, unasked) => {
    const { done } = await walk({ root: [[attachment('a')]], a: [[attachment('b')]] }, own);
    expect(done).toMatchObject({ isDone: true, unasked });
  });

  it('keeps a listing that fails with its error, and goes on', async () => {
    const { done } = await walk({ root: [[attachment('a'), attachment('b')]], a: [[unknown]], b: [[attachment('c')]] });
    expect(done.levels.get(digestOf('a'))?.error).toBeInstanceOf(Error);
    expect(done.levels.get(digestOf('b'))?.attachments).toHaveLength(1);
  });
});

describe('what is odd', () => {
  it('an entry that is listed twice, on one page or on two', async () => {
    const { tree } = await walk({ root: [[attachment('a', { listings: 2 }), attachment('b')], [attachment('b')]] });
    expect(tree.rows.map(({ marks }) => marks)).toEqual([['listedTwice'], ['listedTwice', 'sameEnvelope']]);
  });

  it('no two ways to the same entry', async () => {
    const { tree } = await walk({ root: [[attachment('a', { via: ['tag'] })], [attachment('a')]] });
    expect(tree.rows).toMatchObject([{ via: ['tag', 'api'], marks: [], isVisibleToCli: true }]);
  });

  it('a signature that only the tag lists where there is the API', async () => {
    const { tree } = await walk({ root: [[attachment('a', { via: ['tag'] })]] });
    expect(tree.rows[0]?.isVisibleToCli).toBe(false);
  });
});

it('what a builder put beside a manifest in the index stands below it', () => {
  const builder = { ...descriptorOf('att'), annotations: { 'vnd.docker.reference.digest': digestOf('amd64') } };
  const manifests = [descriptorOf('amd64'), builder];
  const { rows } = buildTree({ descriptor: descriptorOf('root'), kind: 'index', manifests });
  expect(rows.map(({ edge, depth }) => [edge, depth])).toEqual([
    ['manifest', 1],
    ['buildAttestation', 2],
  ]);
});
