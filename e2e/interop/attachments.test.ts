import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Attachment } from '../../shared/model/attachment.ts';
import type { Digest } from '../../shared/model/digest.ts';
import { BareRepository, replayCosign } from './bare-repository.ts';
import { startEngine, type Engine } from './engine.ts';
import { havePeers, seed, startPeer, type Peer } from './peers.ts';

/** With the referrers API, and without it. */
const registries = [
  ['registry', ['api', 'cosignTag']],
  ['distribution', ['cosignTag']],
] as const;

describe.skipIf(!havePeers()).each(registries)('what cosign attached, in %s', (program, ways) => {
  let home: string;
  let engine: Engine;
  let peer: Peer;
  let place: { sourceId: string; repository: string; digest: Digest };
  let attachments: readonly Attachment[];

  beforeAll(async () => {
    home = await mkdtemp(path.join(tmpdir(), 'inkan-interop-'));
    [engine, peer] = await Promise.all([startEngine(home), startPeer(program)]);
    await seed({ registry: peer.address });
    await replayCosign(new BareRepository(peer.address, 'library/busybox'));
    const { id: sourceId } = await engine.call('registries.addRegistry', { host: peer.address, plainHttp: 'always' });
    const at = { sourceId, repository: 'library/busybox' };
    const { descriptor } = await engine.call('artifacts.resolveReference', { ...at, reference: '1.36' });
    place = { ...at, digest: descriptor.digest };
    attachments = (await engine.call('artifacts.listAttachments', { ...place, cosignTags: true })).attachments;
  });
  afterAll(async () => {
    await Promise.all([engine.stop(), peer.stop()]);
    await rm(home, { recursive: true, force: true });
  });

  it('is found wherever the registry tells of it', () => {
    expect(new Set(attachments.flatMap(({ via }) => via))).toEqual(new Set(ways));
    expect(attachments).toHaveLength(2 * ways.length);
  });

  it('is decoded, and says that it is about the artifact', async () => {
    const entries = attachments.map(({ descriptor, via }) => ({ descriptor, bySubject: !via.includes('cosignTag') }));
    const { facts } = await engine.call('artifacts.describeAttachments', { ...place, entries });
    const told = await Promise.all(
      facts.map(async ({ kind, marks, digest }) => {
        const { parts } = await engine.call('artifacts.readContent', { ...place, digest, subject: place.digest });
        const documents = parts.flatMap((part) => part.documents);
        expect([marks, parts.flatMap(({ problem }) => problem ?? [])]).toEqual([[], []]);
        expect(documents.some(({ about }) => about === 'subject')).toBe(true);
        return [kind, documents.map(({ form }) => form).join(' ')];
      }),
    );
    const tagged = [
      ['attestation', 'dsse inToto'],
      ['cosignSignature', 'simpleSigning'],
    ];
    const bundle = ['sigstoreBundle', 'sigstoreBundle dsse inToto'];
    expect(told.toSorted()).toEqual([...tagged, ...(ways.length > 1 ? [bundle, bundle] : [])]);
  });
});
