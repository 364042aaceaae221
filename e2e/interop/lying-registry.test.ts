import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { havePeers } from './peers.ts';
import { strictStatement, Workbench, type Place } from './workbench.ts';

describe.skipIf(!havePeers())('a registry whose referrers list lies about artifact types', () => {
  let bench: Workbench;
  let place: Place;
  beforeAll(async () => {
    bench = await Workbench.open();
    const open = await bench.addRegistry('lying-registry');
    place = open('samples/hello', '1.0');
    await bench.createKey('suji');
    await bench.savePolicy(strictStatement('s', place.scope, 'suji'));
  }, 60_000);
  afterAll(() => bench.close());

  test('shows what is there, and says that the command line would not see it', async () => {
    const { signatureDigest } = await bench.sign(place, 'suji');
    const { sourceId, repository, digest } = place;
    const tree = await bench.engine.call('artifacts.listReferrers', { sourceId, repository, digest });
    const node = tree.nodes.find(({ descriptor }) => descriptor.digest === signatureDigest);
    expect(node).toMatchObject({ kind: 'notationSignature', visibleToCli: false });
    const { signatures } = await bench.oracle.ask<{ signatures: unknown[] }>('listSignatures', place.oracle);
    expect(signatures).toEqual([]);
  });

  test('the verdict is the reference’s: no signature is associated', async () => {
    const report = await bench.verify(place);
    const reference = await bench.verifyWithReference(place);
    expect(reference.verdict).toBe('failed');
    expect(report.cli.succeeds).toBe(false);
    expect(report.verdict).not.toBe('verified');
  });
});
