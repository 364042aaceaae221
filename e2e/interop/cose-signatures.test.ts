import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mediaTypes } from '../../shared/model/media-types.ts';
import { checkIntegrity } from '../../electron/domain/verify/integrity.ts';
import { havePeers } from './peers.ts';
import { algorithms, strictStatement, Workbench, type Place } from './workbench.ts';

const places = ['registry', 'playground'] as const;

describe.skipIf(!havePeers())('COSE signatures and inspections agree with the reference', () => {
  let bench: Workbench;
  const targets = new Map<string, Place>();

  beforeAll(async () => {
    bench = await Workbench.open();
    const open = await bench.addRegistry('registry');
    targets.set('registry', open('library/busybox', '1.36'));
    targets.set('playground', await bench.playground('1.0'));
    for (const [algorithm] of algorithms) await bench.createKey(algorithm.toLowerCase(), algorithm);
    const scopes = [...targets.values()].map(({ scope }) => scope);
    const stores = algorithms.map(([algorithm]) => `ca:${algorithm.toLowerCase()}`);
    await bench.savePolicy({ ...strictStatement('all', '', ''), registryScopes: scopes, trustStores: stores });
  }, 120_000);
  afterAll(() => bench.close());

  const inspect = (place: Place, output: 'json' | 'tree') => {
    const { sourceId, repository, digest } = place;
    return bench.engine.call('artifacts.inspectSignatures', { sourceId, repository, digest, output });
  };

  describe.each(places)('%s', (where) => {
    test.each(algorithms)('what Inkan signs with %s the reference verifies', async (algorithm) => {
      const place = targets.get(where) as Place;
      const userMetadata = { from: 'inkan <&>', algorithm };
      const signed = await bench.sign(place, algorithm.toLowerCase(), {
        format: 'cose',
        expirySeconds: 86_400,
        userMetadata,
      });
      expect(signed.command).toContain('--signature-format cose');
      const seen = await bench.verifyWithReference(place, { userMetadata });
      expect(seen.error).toBeNull();
      expect(seen.outcomes.at(-1)?.manifest.digest).toBe(signed.signatureDigest);
    });

    test.each(algorithms)('what the reference signs with %s Inkan shows and verifies', async (algorithm, name) => {
      const place = targets.get(where) as Place;
      const userMetadata = { from: `reference ${algorithm}` };
      const { signature } = await bench.signWithReference(place, algorithm.toLowerCase(), {
        format: 'cose',
        expirySeconds: 3600,
        userMetadata,
      });
      const { sourceId, repository } = place;
      const shown = await bench.engine.call('artifacts.readSignature', {
        sourceId,
        repository,
        digest: signature.digest,
      });
      expect(shown).toMatchObject({ format: 'cose', algorithm: name, integrity: { ok: true }, userMetadata });
      expect(shown.protectedHeaders.map((header) => header.name)).toContain('1 (alg)');
      expect(shown.diagnostic).toContain('<< {');
      const report = await bench.verify(place, { userMetadata });
      expect(report.cli).toMatchObject({ succeeds: true, decidedBy: signature.digest });
    });

    test('the inspection as JSON is the reference’s, byte for byte', async () => {
      const place = targets.get(where) as Place;
      await bench.signWithReference(place, 'ec-256', {
        expirySeconds: 60,
        userMetadata: { '10': '<', b: '印鑑', a: '' },
      });
      await bench.sign(place, 'ec-384');
      const { text, skipped } = await inspect(place, 'json');
      const told = await bench.oracle.ask<{ text: string }>('inspectReport', { ...place.oracle, output: 'json' });
      expect(skipped).toEqual([]);
      expect(text.match(/"digest"/g)?.length).toBeGreaterThan(20);
      if (where === 'registry') expect(text).toBe(told.text);
      else expect(sortedSignatures(text)).toEqual(sortedSignatures(told.text));
    });
  });

  test('the inspection as a tree is the reference’s, byte for byte', async () => {
    const place = targets.get('registry') as Place;
    const told = await bench.oracle.ask<{ text: string }>('inspectReport', { ...place.oracle, output: 'tree' });
    const { text, command } = await inspect(place, 'tree');
    expect(text).toBe(told.text);
    expect(command).toBe(`notation inspect ${place.scope}@${place.digest}`);
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
