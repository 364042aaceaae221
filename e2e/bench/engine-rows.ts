import { readFile } from 'node:fs/promises';
import { readPolicySnapshot } from '../../electron/domain/trust/policy-file.ts';
import { createTrustStoreReader } from '../../electron/domain/trust/trust-store.ts';
import { createLocalSigner } from '../../electron/domain/sign/local-signer.ts';
import { signTarget } from '../../electron/domain/sign/sign-target.ts';
import type { EnvelopeBytes } from '../../electron/domain/verify/integrity.ts';
import { verifySignature } from '../../electron/domain/verify/verify-signature.ts';
import { parseCertificates } from '../../electron/domain/x509/certificate-file.ts';
import { createDirectory } from '../../electron/infra/directory.ts';
import { createOfflineChecker } from '../../electron/testing/revocation-checkers.ts';
import { systemClock } from '../../electron/infra/system-clock.ts';
import type { Descriptor } from '../../shared/model/descriptor.ts';
import { digestSchema } from '../../shared/model/digest.ts';
import { mediaTypes } from '../../shared/model/media-types.ts';
import type { SignatureFormat } from '../../shared/model/signature-format.ts';
import { keys, type Contestants } from './contestants.ts';
import { alternate, repeat, type Contest } from './measure.ts';
import { toRow, type Row } from './report.ts';

const rounds = 6;
const times = 200;
const digest = digestSchema.parse(`sha256:${'5e'.repeat(32)}`);
const target: Descriptor = { mediaType: 'application/vnd.oci.image.manifest.v1+json', digest, size: 1234 };
const noSignal = new AbortController().signal;

/** Signing and verifying a descriptor in memory. */
export async function measureEngine(both: Contestants): Promise<Row[]> {
  const rows: Row[] = [];
  for (const [key, , shown] of keys) {
    rows.push(...(await measureKey(both, key, shown, 'jws')));
    rows.push(...(await measureKey(both, key, `${shown}, COSE`, 'cose')));
  }
  return rows;
}

async function measureKey(both: Contestants, key: string, shown: string, format: SignatureFormat): Promise<Row[]> {
  const files = both.keyFiles(key);
  const chain = parseCertificates(await readFile(files.certPath));
  const signer = createLocalSigner(await readFile(files.keyPath, 'utf8'), chain);
  const signOnce = () =>
    signTarget({ target, signer, format, clock: systemClock, version: '0.0.0-bench', signal: noSignal });
  const signing = await alternate(
    rounds,
    () => repeat(times, signOnce),
    () => both.ask('signEnvelope', { ...files, descriptor: target, mediaType: mediaTypes[format], times }),
  );
  const { envelope: bytes, mediaType } = await signOnce();
  const envelope = { mediaType, bytes };
  const loaded = await measureVerify(both, envelope, true);
  const fromDisk = await measureVerify(both, envelope, false);
  return [
    toRow(`verify in memory, ${shown}, p50`, loaded, { aim: { of: 'ratio', atMost: 1 } }),
    toRow(`verify in memory, ${shown}, p99`, loaded, { part: 0.99 }),
    toRow(`the same, trust stores read from disk each time, p50`, fromDisk),
    toRow(`sign in memory, ${shown}, p50`, signing),
    toRow(`sign in memory, ${shown}, p99`, signing, { part: 0.99 }),
  ];
}

/** Both have loaded the policy; the trust stores are loaded too, or read again for each signature. */
async function measureVerify(both: Contestants, envelope: EnvelopeBytes, storesOnce: boolean): Promise<Contest> {
  const directory = createDirectory(both.configDir);
  const policy = await readPolicySnapshot(directory);
  const statement = policy.kind === 'valid' ? policy.statements[0] : undefined;
  const loaded = createTrustStoreReader(directory);
  const revocation = createOfflineChecker();
  const verifyOnce = async () => {
    const trust = storesOnce ? loaded : createTrustStoreReader(directory);
    const context = { artifact: target, statement, trust, revocation, userMetadata: {}, now: systemClock.now() };
    const { outcome } = await verifySignature(digest, envelope, context, noSignal);
    if (outcome.verdict !== 'verified') throw new Error(JSON.stringify(outcome.checks));
  };
  const question = {
    refs: [`${both.scopeOf('images/bench-rsa')}@${digest}`],
    envelope: Buffer.from(envelope.bytes).toString('base64'),
    mediaType: envelope.mediaType,
    descriptor: target,
    storesOnce,
    times,
  };
  return alternate(
    rounds,
    () => repeat(times, verifyOnce),
    () => both.ask('verifyEnvelope', question),
  );
}
