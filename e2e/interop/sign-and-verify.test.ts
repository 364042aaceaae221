import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { havePeers } from './peers.ts';
import { algorithms, strictStatement, Workbench, type Place } from './workbench.ts';

const user = { user: 'tester', password: 'open sesame' };
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
    for (const [algorithm] of algorithms) await bench.createKey(algorithm.toLowerCase(), algorithm);
    const scopes = [...targets.values()].map(({ scope }) => scope);
    const stores = algorithms.map(([algorithm]) => `ca:${algorithm.toLowerCase()}`);
    await bench.savePolicy({ ...strictStatement('all', '', ''), registryScopes: scopes, trustStores: stores });
  }, 120_000);
  afterAll(() => bench.close());

  describe.each(places)('%s', (where) => {
    test.each(algorithms)('what Inkan signs with %s the reference verifies', async (algorithm) => {
      const place = targets.get(where) as Place;
      const signed = await bench.sign(place, algorithm.toLowerCase(), {
        userMetadata: { from: 'inkan <&>', algorithm },
      });
      expect(signed.subject.digest).toBe(place.digest);

      const seen = await bench.verifyWithReference(place, { userMetadata: { from: 'inkan <&>', algorithm } });
      expect(seen.error).toBeNull();
      expect(seen).toMatchObject({ verdict: 'verified', artifact: { digest: place.digest } });
      expect(seen.outcomes.at(-1)?.manifest.digest).toBe(signed.signatureDigest);
    });

    test.each(algorithms)('what the reference signs with %s Inkan shows and verifies', async (algorithm, name) => {
      const place = targets.get(where) as Place;
      const { signature } = await bench.signWithReference(place, algorithm.toLowerCase(), {
        expirySeconds: 3600,
        userMetadata: { from: `reference ${algorithm}` },
      });
      const { sourceId, repository } = place;
      const shown = await bench.engine.call('artifacts.readSignature', {
        sourceId,
        repository,
        digest: signature.digest,
      });
      expect(shown).toMatchObject({
        algorithm: name,
        payloadMatchesSubject: true,
        integrity: { ok: true },
        userMetadata: { from: `reference ${algorithm}` },
      });
      expect(shown.expiry).toBeDefined();

      const report = await bench.verify(place, { userMetadata: { from: `reference ${algorithm}` } });
      expect(report.verdict).toBe('verified');
      const outcome = report.signatures.find(({ manifestDigest }) => manifestDigest === signature.digest);
      expect(outcome?.verdict).toBe('verified');
      expect(report.cli).toMatchObject({ succeeds: true, decidedBy: signature.digest });
    });

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
      expect(listed.nodes).toHaveLength(2 * algorithms.length);
    });
  });
});
