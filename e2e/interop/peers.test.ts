import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Oracle, havePeers, seed, startPeer, type Peer, type PeerName, type Sample } from './peers.ts';

const registries: readonly (readonly [PeerName, readonly string[]])[] = [
  ['registry', []],
  ['lying-registry', []],
  ['distribution', ['-user', 'tester', '-password', 'open sesame']],
];

describe.skipIf(!havePeers())('the peers of the interop suites', () => {
  let oracle: Oracle;
  const peers: Peer[] = [];

  beforeAll(() => {
    oracle = new Oracle();
  });

  afterAll(async () => {
    await Promise.all([oracle.stop(), ...peers.map((peer) => peer.stop())]);
  });

  test.each(registries)('%s takes the samples and serves their digests', async (name, args) => {
    const peer = await startPeer(name, args);
    peers.push(peer);
    const [, user, , password] = args;
    const samples = await seed({ registry: peer.address, ...(user && password ? { user, password } : {}) });
    const sample = samples.find(({ repository }) => repository === 'library/busybox') as Sample;
    const listed = await oracle.ask<{ artifact: { digest: string }; signatures: unknown[] }>('listSignatures', {
      ref: `${peer.address}/${sample.repository}:${sample.tag}`,
      plainHTTP: true,
      username: user,
      password,
    });
    expect(listed).toMatchObject({ artifact: { digest: sample.digest }, signatures: [] });
  });

  test('seed writes image layouts that the reference can read', async () => {
    const directory = await mkdtemp(path.join(tmpdir(), 'inkan-layout-'));
    try {
      const [sample] = (await seed({ layout: directory })) as [Sample];
      const layout = path.join(directory, sample.repository.replaceAll('/', '-'));
      const listed = await oracle.ask('listSignatures', { layout, ref: sample.tag });
      expect(listed).toMatchObject({ artifact: { digest: sample.digest } });
    } finally {
      await rm(directory, { recursive: true });
    }
  });

  test('the oracle answers questions in the order they were asked', async () => {
    const names = ['C=JP,ST=Tokyo,O=Inkan', 'C=JP', 'O=Inkan,ST=Tokyo,C=JP'];
    const answers = await Promise.all(names.map((dn) => oracle.try<{ type: string }[]>('parseDN', { dn })));
    expect(answers.map(({ result }) => result?.map(({ type }) => type))).toEqual([
      ['C', 'ST', 'O'],
      undefined,
      ['O', 'ST', 'C'],
    ]);
    expect(answers[1]?.error?.message).toContain('no mandatory RDN attribute for "ST"');
  });
});
