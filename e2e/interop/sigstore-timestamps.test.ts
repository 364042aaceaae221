import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { havePeers, startPeer, type Peer } from './peers.ts';
import { strictStatement, Workbench, type Authority, type Place } from './workbench.ts';

describe.skipIf(!havePeers())('the timestamp authority of Sigstore', () => {
  let bench: Workbench;
  let authority: Authority;
  let place: (repository: string, tag: string) => Place;
  const peers: Peer[] = [];

  async function addAuthority(store: string, args: readonly string[] = []): Promise<Authority> {
    const peer = await startPeer('sigstore-tsa', args);
    peers.push(peer);
    const url = `http://${peer.address}/`;
    const chain = await (await fetch(`${url}chain.pem`)).text();
    const root =
      chain
        .trim()
        .split(/(?<=END CERTIFICATE-----)\s+/)
        .at(-1) ?? '';
    return bench.trustAuthority(store, url, root);
  }

  beforeAll(async () => {
    bench = await Workbench.open();
    place = await bench.addRegistry('registry');
    await bench.createKey('ec', 'EC-384');
    authority = await addAuthority('sigstore');
    // Its times are good to a second; see the suite of timestamps.
    await setTimeout(2100);
  }, 120_000);
  afterAll(async () => {
    await Promise.all(peers.map((peer) => peer.stop()));
    await bench.close();
  });

  const trust = (where: Place): Promise<void> =>
    bench.savePolicy(
      strictStatement('stamped', where.scope, '', {
        signatureVerification: { level: 'strict', verifyTimestamp: 'always' },
        trustStores: ['ca:ec', 'tsa:sigstore'],
      }),
    );
  const referenceWith = (where: Place, { url, rootPath }: Authority, format = 'jws') =>
    bench.signWithReference(where, 'ec', { format, tsaUrl: url, tsaRootPath: rootPath });

  test.each([
    ['jws', 'samples/hello', '1.1'],
    ['cose', 'samples/web', '2.0.0'],
  ] as const)('stamps what both verify, whoever signed: %s', async (format, repository, tag) => {
    const where = place(repository, tag);
    await trust(where);
    const { signatureDigest } = await bench.sign(where, 'ec', { format, timestamp: authority.choice });
    expect((await bench.verifyWithReference(where)).error).toBeNull();
    const theirs = await referenceWith(where, authority, format);
    const { signatures } = await bench.verify(where);
    expect(signatures.map(({ manifestDigest, verdict }) => [manifestDigest, verdict]).sort()).toEqual(
      [signatureDigest, theirs.signature.digest].sort().map((digest) => [digest, 'verified']),
    );
    for (const { timestamp } of signatures) expect(timestamp).toMatchObject({ store: 'tsa:sigstore' });
  });

  test('leaves its intermediate out unless told otherwise: nobody gets from there to the root, and both say so', async () => {
    const where = place('samples/hello', '1.0');
    const leafOnly = await addAuthority('leaf-only', ['-chain=false']);
    const theirs: string = await referenceWith(where, leafOnly).then(
      () => '',
      (error: Error) => error.message,
    );
    expect(theirs).toContain('certificate signed by unknown authority');
    await expect(bench.sign(where, 'ec', { timestamp: leafOnly.choice })).rejects.toMatchObject({
      code: 'timestamp.notTrusted',
      details: { message: theirs },
    });
  });

  test('case S-05: answers 201 by itself, which neither takes', async () => {
    const where = place('samples/hello', '1.0');
    const created = { ...authority, url: `${authority.url}created` };
    const timestamp = { ...authority.choice, url: created.url };
    await expect(bench.sign(where, 'ec', { timestamp })).rejects.toMatchObject({
      code: 'timestamp.badStatus',
      details: { status: 201, message: await referenceWith(where, created).catch((error: Error) => error.message) },
    });
    expect((await bench.oracle.ask<{ signatures: unknown[] }>('listSignatures', where.oracle)).signatures).toEqual([]);
  });
});
