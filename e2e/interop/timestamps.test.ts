import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isAppError } from '../../shared/errors/app-error.ts';
import { havePeers } from './peers.ts';
import { strictStatement, Workbench, type Authority, type Place } from './workbench.ts';

const formats = ['jws', 'cose'] as const;
const keys = [
  ['rsa', 'RSA-3072', 'SHA-384'],
  ['ec', 'EC-521', 'SHA-512'],
] as const;

describe.skipIf(!havePeers())('timestamps agree with the reference in both directions', () => {
  let bench: Workbench;
  let place: (repository: string, tag: string) => Place;
  let authority: Authority;

  beforeAll(async () => {
    bench = await Workbench.open();
    place = await bench.addRegistry('registry');
    authority = await bench.addAuthority('clock');
    for (const [name, algorithm] of keys) await bench.createKey(name, algorithm);
    // The authority is good to a second, so a certificate must be older than that to have been valid for certain.
    await setTimeout(2100);
  }, 120_000);
  afterAll(() => bench.close());

  /** A statement that always wants a timestamp of the stores given. */
  function always(where: Place, ...stores: readonly string[]): Promise<void> {
    const trustStores = ['ca:rsa', 'ca:ec', ...stores.map((store) => `tsa:${store}`)];
    return bench.savePolicy(strictStatement('stamped', where.scope, '', { trustStores }));
  }

  function signWithReference(where: Place, key: string, format: string, url = authority.url) {
    return bench.signWithReference(where, key, { format, tsaUrl: url, tsaRootPath: authority.rootPath });
  }

  describe.each(formats)('%s', (format) => {
    test.each(keys)('what Inkan stamps with %s the reference verifies', async (key, _, hash) => {
      const where = place('samples/web', '2.0.0');
      await always(where, 'clock');
      const signed = await bench.sign(where, key, { format, timestamp: authority.choice });
      const seen = await bench.verifyWithReference(where);
      expect(seen.error).toBeNull();
      const judged = seen.outcomes.find(({ manifest }) => manifest.digest === signed.signatureDigest);
      const ours = await bench.verify(where);
      const outcome = ours.signatures.find(({ manifestDigest }) => manifestDigest === signed.signatureDigest);
      expect(outcome).toMatchObject({ verdict: 'verified', timestamp: { hashAlgorithm: hash, store: 'tsa:clock' } });
      // The reference stops at the first that verifies.
      if (judged) expect(judged.error).toBeNull();
    });

    test.each(keys)('what the reference stamps with %s Inkan verifies and shows', async (key, _, hash) => {
      const where = place('samples/chart', '0.1.0');
      await always(where, 'clock');
      const { signature } = await signWithReference(where, key, format);
      const { signatures } = await bench.verify(where);
      const outcome = signatures.find(({ manifestDigest }) => manifestDigest === signature.digest);
      expect(outcome).toMatchObject({
        verdict: 'verified',
        timestamp: { accuracyMs: 1000, signer: 'CN=tsa,O=Clock,C=JP', policy: '1.3.6.1.4.1.57264.2' },
      });
      const shown = await bench.engine.call('artifacts.readSignature', {
        sourceId: where.sourceId,
        repository: where.repository,
        digest: signature.digest,
      });
      expect(shown.timestampFault).toBeUndefined();
      expect(shown.timestamp).toMatchObject({ hashAlgorithm: hash, accuracyMs: 1000 });
      expect(shown.timestamp?.chain.map(({ commonName }) => commonName)).toEqual(['tsa', 'tsa intermediate']);
    });
  });

  test.each([
    ['before the certificate', '/-34560000', 'beforeCertificate'],
    ['after the certificate', '/34560000', 'afterCertificate'],
  ])('case S-03: a token from %s: both refuse, with one sentence; Inkan pushes none', async (_, seconds, code) => {
    const where = place('samples/hello', seconds.startsWith('/-') ? '1.0' : '1.1');
    await always(where, 'clock');
    const url = `${authority.url}shift${seconds}`;
    await expect(bench.sign(where, 'ec', { timestamp: { ...authority.choice, url } })).rejects.toMatchObject({
      code: 'timestamp.outsideCertificate',
    });
    await signWithReference(where, 'ec', 'jws', url);
    const theirs = await bench.verifyWithReference(where);
    const ours = await bench.verify(where);
    expect(ours.verdict).toBe('notTrusted');
    expect(theirs.verdict).toBe('failed');
    const check = ours.signatures[0]?.checks.find((one) => one.check === 'authenticTimestamp');
    expect(check?.reason.code).toBe(`timestamp.${code}`);
    expect(check?.reason.message).toBe(
      theirs.outcomes[0]?.checks.find(({ type }) => type === 'authenticTimestamp')?.error?.message,
    );
    await bench.savePolicy(
      strictStatement('stamped', where.scope, 'ec', {
        signatureVerification: { level: 'permissive' },
        trustStores: ['ca:ec', 'tsa:clock'],
      }),
    );
    expect((await bench.verify(where)).verdict).toBe('verifiedWithWarnings');
    expect((await bench.verifyWithReference(where)).verdict).toBe('verified');
  });

  test('case S-04: without a tsa store a token is not looked at; with another authority’s it is refused', async () => {
    const where = place('library/busybox', '1.36');
    await bench.addAuthority('other');
    await bench.sign(where, 'ec', { timestamp: authority.choice });
    for (const [stores, verdict] of [[[], 'verified'] as const, [['other'], 'notTrusted'] as const]) {
      await always(where, ...stores);
      expect((await bench.verify(where)).verdict).toBe(verdict);
      expect((await bench.verifyWithReference(where)).error === null).toBe(verdict === 'verified');
    }
  });

  test.each([
    ['status/201', 'timestamp.badStatus'],
    ['status/503', 'timestamp.badStatus'],
    ['charset', 'timestamp.badContentType'],
    ['rejected', 'timestamp.rejected'],
    ['large', 'timestamp.tooLarge'],
    ['nonce', 'timestamp.badAnswer'],
  ])('case S-05: neither signs when the authority answers %s', async (fault, code) => {
    const where = place('samples/hello', 'latest');
    const before = await bench.oracle.ask<{ signatures: unknown[] }>('listSignatures', where.oracle);
    const url = `${authority.url}${fault}`;
    const error: unknown = await bench
      .sign(where, 'ec', { timestamp: { ...authority.choice, url } })
      .catch((thrown: unknown) => thrown);
    if (!isAppError(error)) throw error;
    expect(error.code).toBe(code);
    const theirs = await bench.oracle.try('sign', {
      ...where.oracle,
      keyPath: `${bench.configDir}/localkeys/ec.key`,
      certPath: `${bench.configDir}/localkeys/ec.crt`,
      format: 'jws',
      tsaUrl: url,
      tsaRootPath: authority.rootPath,
    });
    expect(theirs.error?.message).toMatch(/^timestamp: /);
    const after = await bench.oracle.ask<{ signatures: unknown[] }>('listSignatures', where.oracle);
    expect(after.signatures).toHaveLength(before.signatures.length);
  });

  test.each([
    ['good', 'verified', 'resolves'],
    ['revoked', 'notTrusted', 'rejects'],
  ] as const)('case S-06 (V-06): an authority whose list says %s', async (list, verdict, outcome) => {
    await bench.engine.call('app.updateSettings', { revocationPrivateAddresses: true });
    const listed = await bench.addAuthority(list, ['-crl', list]);
    const where = place(list === 'good' ? 'samples/web' : 'library/busybox', list === 'good' ? '2.0.0' : 'latest');
    const signing = bench.sign(where, 'rsa', { timestamp: listed.choice });
    if (outcome === 'rejects') await expect(signing).rejects.toMatchObject({ code: 'timestamp.revoked' });
    else await signing;
    // The reference is asked here without a revocation check, and signs.
    const { signature } = await bench.signWithReference(where, 'rsa', {
      tsaUrl: listed.url,
      tsaRootPath: listed.rootPath,
    });
    await always(where, list);
    const { signatures } = await bench.verify(where);
    const ours = signatures.find(({ manifestDigest }) => manifestDigest === signature.digest);
    expect(ours?.verdict).toBe(verdict);
    expect(ours?.timestamp?.revocation?.[0]).toMatchObject({ result: list, questions: [{ method: 'crl' }] });
    const theirs = await bench.verifyWithReference(where);
    const message = theirs.outcomes
      .find(({ manifest }) => manifest.digest === signature.digest)
      ?.checks.find(({ type }) => type === 'authenticTimestamp')?.error?.message;
    const reason = ours?.checks.find(({ check }) => check === 'authenticTimestamp')?.reason;
    expect(reason?.message).toBe(message);
    expect(theirs.error === null).toBe(list === 'good');
  });
});
