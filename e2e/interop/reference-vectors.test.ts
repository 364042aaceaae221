import { cp, mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isAppError } from '../../shared/errors/app-error.ts';
import type { Descriptor } from '../../shared/model/descriptor.ts';
import { mediaTypes } from '../../shared/model/media-types.ts';
import { trustStoreTypeSchema, type TrustStoreType } from '../../shared/model/trust-store.ts';
import { decodeEnvelope } from '../../electron/domain/envelope/decode-envelope.ts';
import { encodeJws } from '../../electron/domain/envelope/encode-jws.ts';
import { parseSigningKeys } from '../../electron/domain/keystore/signing-keys.ts';
import { createLocalSigner } from '../../electron/domain/sign/local-signer.ts';
import { readTrustStore } from '../../electron/domain/trust/trust-store.ts';
import { checkExpiry } from '../../electron/domain/verify/time-checks.ts';
import { parseCertificates } from '../../electron/domain/x509/certificate-file.ts';
import { createDirectory } from '../../electron/infra/directory.ts';
import { createTestChain } from '../../electron/testing/chain-factory.ts';
import { Allowlist } from './allowlist.ts';
import { folderOf, readOf, type VectorModule } from './modules.ts';
import { havePeers } from './peers.ts';
import { caseArtifact } from './verdict-cases.ts';
import { differencesOf, TwoJudges, wideStatement, type EnvelopeCase } from './two-judges.ts';

const notationGo = 'github.com/notaryproject/notation-go';
const coreGo = 'github.com/notaryproject/notation-core-go';
const jsonBrace = 0x7b;

describe.skipIf(!havePeers())('the test data of the reference', () => {
  let judges: TwoJudges;
  let home: string;
  const allowlist = new Allowlist('reference-vectors');
  beforeAll(async () => {
    judges = await TwoJudges.open();
    home = await mkdtemp(path.join(tmpdir(), 'inkan-vectors-'));
  });
  afterAll(async () => {
    await judges.close();
    await rm(home, { recursive: true, force: true });
  });

  /** Who signed what; an envelope that is none is judged as one of somebody else. */
  function lookInto(
    bytes: Buffer,
    mediaType: string,
  ): { ders: readonly Uint8Array[]; artifact: Descriptor; type: TrustStoreType } {
    try {
      const { chain, target, signingScheme } = decodeEnvelope(mediaType, bytes);
      const type = signingScheme === 'notary.x509' ? 'ca' : 'signingAuthority';
      return { ders: chain.map(({ raw }) => raw), artifact: target, type };
    } catch (error) {
      if (!isAppError(error, 'envelope.malformed')) throw error;
      return { ders: createTestChain().ders, artifact: caseArtifact, type: 'ca' };
    }
  }

  /** An envelope under policies that trust its own root, and with the timestamp stores of the reference's tests. */
  async function casesOf(bytes: Buffer, mediaType: string): Promise<EnvelopeCase[]> {
    const { ders, artifact, type } = lookInto(bytes, mediaType);
    await judges.trust({ ders }, 'own', type);
    const store = `${type}:own`;
    const stores = [
      [store],
      [store, 'tsa:test-timestamp'],
      [store, 'tsa:test-mismatch'],
      [store, 'tsa:test-nonCA'],
      [store, 'tsa:test-nonSelfIssued'],
    ];
    const levels = ['strict', 'permissive', 'audit'] as const;
    const timestamps = ['always', 'afterCertExpiry'] as const;
    return stores.flatMap((trustStores) =>
      levels.flatMap((level) =>
        timestamps.map((verifyTimestamp): EnvelopeCase => ({
          mediaType,
          envelope: bytes,
          artifact,
          revocation: {},
          statement: wideStatement('own', { trustStores, signatureVerification: { level, verifyTimestamp } }),
        })),
      ),
    );
  }

  async function expectAgreement(bytes: Buffer, mediaType: string): Promise<void> {
    const cases = await casesOf(bytes, mediaType);
    (await judges.judge(cases)).forEach((verdicts, index) => {
      for (const difference of differencesOf(verdicts)) {
        const isSentence = difference.startsWith('integrity: "');
        allowlist.note(isSentence ? 'vectors: sentence of a malformed envelope' : difference, cases[index]?.statement);
      }
    });
    expect(allowlist.refused).toEqual([]);
  }

  test('its 17 JWS envelopes get its verdicts under every level', async () => {
    const folder = path.join(folderOf(notationGo), 'internal', 'mock', 'testdata');
    const names = (await readdir(folder)).filter((name) => name.endsWith('.json'));
    expect(names).toHaveLength(17);
    for (const name of names) await expectAgreement(await readFile(path.join(folder, name)), mediaTypes.jws);
  });

  test('its envelopes with timestamps get its verdicts under every level', async () => {
    const folder = path.join(folderOf(notationGo), 'verifier', 'testdata');
    await cp(path.join(folder, 'truststore', 'x509', 'tsa'), path.join(judges.home, 'truststore', 'x509', 'tsa'), {
      recursive: true,
    });
    const names = await readdir(path.join(folder, 'timestamp', 'sigEnv'));
    expect(names).toHaveLength(7);
    for (const name of names) {
      const bytes = await readFile(path.join(folder, 'timestamp', 'sigEnv', name));
      // The names do not tell the format of each, and an envelope's first byte does.
      await expectAgreement(bytes, bytes[0] === jsonBrace ? mediaTypes.jws : mediaTypes.cose);
    }
  });

  test('every allowed difference was seen', () => {
    expect(allowlist.unseen).toEqual([]);
  });

  test('at a fixed time an envelope of 2022 has not expired yet', () => {
    const read = (name: string) =>
      decodeEnvelope(mediaTypes.jws, readOf(notationGo, 'internal', 'mock', 'testdata', name));
    for (const name of ['ca_expired_sig_env.json', 'sa_expired_sig_env.json']) {
      const envelope = read(name);
      const at = (ms: number): string => checkExpiry(envelope, new Date((envelope.expiry?.getTime() ?? 0) + ms)).result;
      expect([at(-1000), at(0), at(1000)]).toEqual(['passed', 'failed', 'failed']);
    }
  });

  test('its trust stores are read and refused as it does', async () => {
    const stores = path.join(home, 'truststore', 'x509');
    await cp(path.join(folderOf(notationGo), 'verifier', 'testdata', 'truststore', 'x509'), stores, {
      recursive: true,
    });
    // A module holds no symbolic links, and these two stand beside the types.
    await rm(path.join(stores, 'ca', 'valid-trust-store_SYMLINK'), { recursive: true });
    await symlink(path.join(stores, 'ca', 'valid-trust-store'), path.join(stores, 'ca', 'valid-trust-store_SYMLINK'));
    for (const name of ['trust-store-with-cert-symlinks', 'trust-store-with-directories'])
      await cp(path.join(stores, name), path.join(stores, 'ca', name), { recursive: true });
    const link = path.join(stores, 'ca', 'trust-store-with-cert-symlinks', 'GlobalSignRootCA_SYMLINK.crt');
    await rm(link);
    await symlink(path.join(stores, 'ca', 'valid-trust-store', 'GlobalSignRootCA.crt'), link);

    const directory = createDirectory(home);
    let refused = 0;
    for (const type of trustStoreTypeSchema.options) {
      const names = await readdir(path.join(stores, type));
      for (const name of [...names, 'missing']) {
        const { result, error } = await judges.oracle.try<{ sha256: string }[]>('loadTrustStore', {
          configDir: home,
          type,
          name,
        });
        const { files, fault } = await readTrustStore(directory, type, name);
        if (fault) refused += 1;
        expect(fault?.reason.message, `${type}:${name}`).toBe(error?.message);
        const found = files.flatMap(({ certificates }) => certificates.map(({ sha256 }) => sha256));
        if (!fault) expect(found, `${type}:${name}`).toEqual(result?.map(({ sha256 }) => sha256));
      }
    }
    expect(refused).toBeGreaterThan(8);
  });

  test.each(['valid', 'malformed-duplicate', 'malformed-invalid-default'])('its key list %s', async (name) => {
    const configDir = path.join(folderOf(notationGo), 'config', 'testdata', name);
    const { result, error } = await judges.oracle.try<{ keys: { name: string }[] }>('loadKeys', { configDir });
    const read = (): string[] =>
      parseSigningKeys(readOf(notationGo, 'config', 'testdata', name, 'signingkeys.json')).keys.map((key) => key.name);
    if (result) expect(read()).toEqual(result.keys.map((key) => key.name));
    else
      expect(read).toThrow(
        expect.objectContaining({ code: 'key.listMalformed', details: { fault: error.message } }) as Error,
      );
  });

  const certificateFiles: readonly (readonly [module: VectorModule, folder: string, name: string])[] = [
    ...[
      'der.der',
      'invalid',
      'multi-der.der',
      'multi-pem.crt',
      'openssl-minimum-self-signed.pem',
      'pem.crt',
      'timestamp_intermediate.crt',
      'timestamp_leaf.crt',
      'timestamp_root.crt',
    ].map((name) => [coreGo, 'x509/testdata', name] as const),
    ...['bad-cert.pem', 'signing-cert.pem'].map((name) => [notationGo, 'verifier/testdata/verifier', name] as const),
    [notationGo, 'signer/testdata', 'DigiCertTSARootSHA384.cer'],
  ];
  test.each(certificateFiles)('%s, %s/%s', async (module, folder, name) => {
    const { result } = await judges.oracle.try<{ sha256: string; subject: string; issuer: string }[]>(
      'readCertificates',
      {
        path: path.join(folderOf(module), folder, name),
      },
    );
    const read = () =>
      parseCertificates(readOf(module, folder, name)).map(({ sha256, subject, issuer }) => ({
        sha256,
        subject,
        issuer,
      }));
    if (result) expect(read()).toEqual(result.map(({ sha256, subject, issuer }) => ({ sha256, subject, issuer })));
    else expect(read).toThrow(expect.objectContaining({ code: 'certificate.malformed' }) as Error);
  });

  test('its conformance file: the protected header of a JWS, byte for byte', async () => {
    const { protected: encoded } = JSON.parse(
      readOf(coreGo, 'signature', 'jws', 'testdata', 'conformance.json').toString(),
    ) as { protected: string };
    const header = JSON.parse(Buffer.from(encoded, 'base64url').toString()) as Record<string, unknown>;
    // Inkan signs no attributes of others, so these are taken out; all else has to be the same bytes.
    const own = Object.entries(header).filter(([name]) => !name.startsWith('signed'));
    const crit = ['io.cncf.notary.signingScheme', 'io.cncf.notary.expiry'];
    const wanted = JSON.stringify(
      Object.fromEntries(own.map(([name, value]) => [name, name === 'crit' ? crit : value])),
    );
    const chain = createTestChain();
    const content = {
      target: { mediaType: 'text/plain', digest: caseArtifact.digest, size: 1 },
      signingTime: new Date(String(header['io.cncf.notary.signingTime'])),
      expiry: new Date(String(header['io.cncf.notary.expiry'])),
      signingAgent: 'NotationConformanceTest/1.0.0',
      chain: chain.certificates,
    };
    const envelope = await encodeJws(
      content,
      createLocalSigner(chain.keyPem, chain.certificates),
      new AbortController().signal,
    );
    const made = JSON.parse(Buffer.from(envelope).toString()) as { protected: string };
    expect(Buffer.from(made.protected, 'base64url').toString()).toBe(wanted);
  });
});
