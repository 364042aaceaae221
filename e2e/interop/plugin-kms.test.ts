import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { trustStoreRoot } from '../../electron/domain/trust/trust-store.ts';
import { createDirectory } from '../../electron/infra/directory.ts';
import { caShape, issueCertificate, leafShape } from '../../electron/testing/chain-factory.ts';
import { havePeers, type Peer } from './peers.ts';
import { askKms, haveMoto, installPlugin, startKms } from './plugin-peers.ts';
import { strictStatement, Workbench, type Place } from './workbench.ts';

const name = 'com.example.kms';
const specs = [
  ['EC-256', 'ECC_NIST_P256'],
  ['EC-384', 'ECC_NIST_P384'],
  ['EC-521', 'ECC_NIST_P521'],
] as const;

describe.skipIf(!havePeers() || !haveMoto())('keys that never leave AWS KMS', () => {
  const before = process.env;
  let kms: Peer;
  let bench: Workbench;
  let place: Place;
  const root = issueCertificate({ ...caShape('kms root') }, undefined, 'kms-root');

  /** A key in KMS with a certificate for it, listed in Inkan. */
  const addKey = async (keyName: string, spec: string): Promise<void> => {
    const created = await askKms<{ KeyMetadata: { Arn: string } }>(kms.address, 'CreateKey', {
      KeySpec: spec,
      KeyUsage: 'SIGN_VERIFY',
    });
    const id = created.KeyMetadata.Arn;
    const { PublicKey } = await askKms<{ PublicKey: string }>(kms.address, 'GetPublicKey', { KeyId: id });
    const leaf = issueCertificate({ ...leafShape, publicKey: Buffer.from(PublicKey, 'base64') }, root);
    const file = path.join(bench.home, `${keyName}.crt`);
    await writeFile(file, [leaf.der, root.der].map(toPem).join(''));
    await bench.engine.call('keys.addPluginKey', { name: keyName, plugin: name, id, config: { ca_certs: file } });
  };

  beforeAll(async () => {
    kms = await startKms();
    process.env = {
      ...before,
      AWS_ENDPOINT_URL_KMS: `http://${kms.address}`,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
    };
    bench = await Workbench.open();
    await installPlugin(bench.configDir, 'kms-plugin', name);
    place = (await bench.addRegistry('registry'))('library/busybox', '1.36');
    await createDirectory(bench.configDir).write(`${trustStoreRoot}/ca/kms/root.crt`, root.der);
    await bench.savePolicy(strictStatement('kms', place.scope, 'kms'));
  }, 120_000);
  afterAll(async () => {
    await bench.close();
    await kms.stop();
    process.env = before;
  });

  test.each(specs)('%s: signs, and both verify', async (algorithm, spec) => {
    await addKey(algorithm, spec);
    const checked = await bench.engine.call('plugins.checkKey', { keyName: algorithm });
    expect(checked.algorithm).toBe(algorithm);
    for (const format of ['jws', 'cose'] as const) {
      const { sourceId, repository, tag: reference, digest } = place;
      const signed = await bench.engine.call('sign.signArtifact', {
        sourceId,
        repository,
        reference,
        digest,
        keyName: algorithm,
        format,
      });
      const outcome = (await bench.verify(place)).signatures.find(
        ({ manifestDigest }) => manifestDigest === signed.signatureDigest,
      );
      expect(outcome?.verdict).toBe('verified');
      const seen = await bench.verifyWithReference(place);
      expect(seen).toMatchObject({ verdict: 'verified', error: null });
    }
  });

  test('RSA: the emulation salts with as much as fits, where AWS takes the length of the digest, and that is refused', async () => {
    await addKey('RSA-2048', 'RSA_2048');
    await expect(bench.sign(place, 'RSA-2048')).rejects.toMatchObject({
      code: 'plugin.badAnswer',
      details: { fault: 'its signature does not verify with the key of its certificate' },
    });
  });
});

function toPem(der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}
