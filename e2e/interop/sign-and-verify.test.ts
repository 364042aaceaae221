import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { havePeers } from './peers.ts';
import { algorithms, Workbench, type Place } from './workbench.ts';

const user = { user: 'tester', password: 'open sesame' };
const formats = ['jws', 'cose'] as const;
const places = ['registry', 'distribution', 'playground'] as const;

describe.skipIf(!havePeers())('signatures agree with the reference in both directions', () => {
  let bench: Workbench;
  const targets = new Map<string, Place>();

  beforeAll(async () => {
    bench = await Workbench.open();
    const open = await bench.addRegistry('registry');
    const closed = await bench.addRegistry('distribution', user);
    targets.set('registry', open('library/busybox', '1.36'));
    targets.set('distribution', closed('library/busybox', '1.36'));
    targets.set('playground', await bench.playground('1.0'));
    await bench.trustEveryAlgorithm([...targets.values()]);
  }, 120_000);
  afterAll(() => bench.close());

  describe.each(places)('%s', (where) => {
    const cells = formats.flatMap((format) =>
      algorithms.map(([algorithm, name]) => [format, algorithm, name] as const),
    );

    test.each(cells)('what Inkan signs as %s with %s the reference verifies', async (format, algorithm) => {
      const place = targets.get(where) as Place;
      const userMetadata = { from: 'inkan <&>', algorithm, format };
      const signed = await bench.sign(place, algorithm.toLowerCase(), { format, userMetadata, expirySeconds: 86_400 });
      expect(signed.subject.digest).toBe(place.digest);
      expect(signed.command.includes('--signature-format cose')).toBe(format === 'cose');

      const seen = await bench.verifyWithReference(place, { userMetadata });
      expect(seen.error).toBeNull();
      expect(seen).toMatchObject({ verdict: 'verified', artifact: { digest: place.digest } });
      expect(seen.outcomes.at(-1)?.manifest.digest).toBe(signed.signatureDigest);
    });

    test.each(cells)(
      'what the reference signs as %s with %s Inkan shows and verifies',
      async (format, algorithm, name) => {
        const place = targets.get(where) as Place;
        const userMetadata = { from: `reference ${algorithm} ${format}` };
        const choices = { format, expirySeconds: 3600, userMetadata };
        const { signature } = await bench.signWithReference(place, algorithm.toLowerCase(), choices);
        const { sourceId, repository } = place;
        const at = { sourceId, repository, digest: signature.digest };
        const shown = await bench.engine.call('artifacts.readSignature', at);
        const integrity = { ok: true };
        expect(shown).toMatchObject({ format, algorithm: name, payloadMatchesSubject: true, integrity, userMetadata });
        expect(shown.expiry).toBeDefined();
        if (format === 'cose') {
          expect(shown.protectedHeaders.map((header) => header.name)).toContain('1 (alg)');
          expect(shown.diagnostic).toContain('<< {');
        }

        const report = await bench.verify(place, { userMetadata });
        expect(report.verdict).toBe('verified');
        const outcome = report.signatures.find(({ manifestDigest }) => manifestDigest === signature.digest);
        expect(outcome?.verdict).toBe('verified');
        expect(report.cli).toMatchObject({ succeeds: true, decidedBy: signature.digest });
      },
    );

    test('both list the same signatures, and those of a registry in the same order', async () => {
      const place = targets.get(where) as Place;
      const { sourceId, repository, digest } = place;
      const listed = await bench.engine.call('artifacts.listReferrers', { sourceId, repository, digest });
      const { signatures } = await bench.oracle.ask<{ signatures: { manifest: { digest: string } }[] }>(
        'listSignatures',
        place.oracle,
      );
      const mine = listed.nodes.map(({ descriptor }) => descriptor.digest);
      const theirs = signatures.map(({ manifest }) => manifest.digest);
      // The reference lists a layout in no particular order.
      if (where === 'playground') expect(new Set(mine)).toEqual(new Set(theirs));
      else expect(mine).toEqual(theirs);
      expect(listed.nodes.every(({ visibleToCli, signature }) => visibleToCli && signature)).toBe(true);
      expect(listed.nodes).toHaveLength(2 * cells.length);
    });
  });
});
