import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mediaTypes } from '../../shared/model/media-types.ts';
import { checkIntegrity } from '../../electron/domain/verify/integrity.ts';
import { havePeers } from './peers.ts';
import { algorithms, Workbench, type Place } from './workbench.ts';

describe.skipIf(!havePeers())('inspections agree with the reference', () => {
  let bench: Workbench;
  const targets = new Map<string, Place>();

  beforeAll(async () => {
    bench = await Workbench.open();
    const open = await bench.addRegistry('registry');
    targets.set('registry', open('library/busybox', '1.36'));
    targets.set('playground', await bench.playground('1.0'));
    await bench.trustEveryAlgorithm([...targets.values()]);
    for (const place of targets.values()) {
      for (const [algorithm] of algorithms) {
        const key = algorithm.toLowerCase();
        const more = { format: 'cose', expirySeconds: 3600, userMetadata: { from: `<&> ${algorithm}` } } as const;
        await bench.sign(place, key, more);
        await bench.signWithReference(place, key, more);
      }
      await bench.signWithReference(place, 'ec-256', {
        expirySeconds: 60,
        userMetadata: { '10': '<', b: '印鑑', a: '' },
      });
      await bench.sign(place, 'ec-384');
    }
  }, 120_000);
  afterAll(() => bench.close());

  const inspect = (place: Place, output: 'json' | 'tree') => {
    const { sourceId, repository, digest } = place;
    return bench.engine.call('artifacts.inspectSignatures', { sourceId, repository, digest, output });
  };

  test.each(['registry', 'playground'])(
    'the inspection of a %s as JSON is the reference’s, byte for byte',
    async (where) => {
      const place = targets.get(where) as Place;
      const { text, skipped } = await inspect(place, 'json');
      const told = await bench.oracle.ask<{ text: string }>('inspectReport', { ...place.oracle, output: 'json' });
      expect(skipped).toEqual([]);
      expect(text.match(/"digest"/g)?.length).toBeGreaterThan(2 * algorithms.length);
      if (where === 'registry') expect(text).toBe(told.text);
      else expect(sortedSignatures(text)).toEqual(sortedSignatures(told.text));
    },
  );

  test('the inspection as a tree is the reference’s, byte for byte', async () => {
    const place = targets.get('registry') as Place;
    const told = await bench.oracle.ask<{ text: string }>('inspectReport', { ...place.oracle, output: 'tree' });
    const { text, command } = await inspect(place, 'tree');
    expect(text).toBe(told.text);
    expect(command).toBe(`notation inspect --insecure-registry ${place.scope}@${place.digest}`);
  });

  test('an envelope changed in one byte is refused by both', async () => {
    const place = targets.get('registry') as Place;
    const { signatures } = await bench.oracle.ask<{
      signatures: { envelopeData: string; envelope: { mediaType: string } }[];
    }>('listSignatures', place.oracle);
    const envelope = Buffer.from(
      signatures.find((one) => one.envelope.mediaType === mediaTypes.cose)?.envelopeData ?? '',
      'base64',
    );
    const signedLength = envelope.indexOf(Buffer.from('notary.x509')) + 11;
    for (let position = 2; position < signedLength; position += 3) {
      const changed = Buffer.from(envelope);
      changed[position] = (changed[position] ?? 0) ^ 0x04;
      const { result, error } = await bench.oracle.try<{ verifyError: unknown }>('inspectEnvelope', {
        envelope: changed.toString('base64'),
        mediaType: mediaTypes.cose,
      });
      expect(error ?? result?.verifyError ?? undefined).toBeDefined();
      expect(checkIntegrity({ mediaType: mediaTypes.cose, bytes: changed }).finding.result).toBe('failed');
    }
  });
});

/** A layout is walked in another order by each. */
function sortedSignatures(text: string): unknown {
  const report = JSON.parse(text) as { signatures: { digest: string }[] };
  return { ...report, signatures: report.signatures.toSorted((a, b) => a.digest.localeCompare(b.digest)) };
}
