import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createAskingChecker } from '../../electron/domain/revocation/asking-checker.ts';
import { createCrlCache } from '../../electron/domain/revocation/crl-cache.ts';
import { createTrustStoreReader, trustStoreRoot } from '../../electron/domain/trust/trust-store.ts';
import { verifySignature } from '../../electron/domain/verify/verify-signature.ts';
import { createDirectory } from '../../electron/infra/directory.ts';
import { createHttpClient } from '../../electron/infra/http-client.ts';
import { systemClock } from '../../electron/infra/system-clock.ts';
import type { TestChain } from '../../electron/testing/chain-factory.ts';
import { digestOfA, forgeJws } from '../../electron/testing/jws-forge.ts';
import { digestSchema } from '../../shared/model/digest.ts';
import { mediaTypes } from '../../shared/model/media-types.ts';
import { issueChain } from '../interop/authority.ts';
import { startPeer } from '../interop/peers.ts';
import type { Contestants } from './contestants.ts';
import { alternate, repeat } from './measure.ts';
import { toOwnRow, toRow, type Row } from './report.ts';

const rounds = 6;
const times = 100;
const verifications = 1000;
const settledMs = 2100;
const never = new AbortController().signal;
const artifact = { mediaType: mediaTypes.ociManifest, digest: digestSchema.parse(digestOfA), size: 528 };

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Asking whether a certificate was revoked, with the list in the cache and with servers asked each time. */
export async function measureRevocation(both: Contestants): Promise<Row[]> {
  await using peer = await startPeer('revocation');
  const home = await mkdtemp(path.join(tmpdir(), 'inkan-bench-revocation-'));
  const http = createHttpClient({});
  // One cache for all checkers, each of which asks afresh, as the services have it.
  const cache = createCrlCache(createDirectory(home), { log: () => undefined });
  const access = { http, online: true, allowPrivate: true, ocspTimeoutMs: 2000, crlTimeoutMs: 5000 };
  const createChecker = () => createAskingChecker({ access, cache, clock: systemClock });
  const compare = async (chain: TestChain) => {
    const question = { chain: chain.ders.map((der) => Buffer.from(der).toString('base64')), times };
    const askOnce = async () => {
      const { result } = await createChecker().checkChain(chain.certificates, { purpose: 'codeSigning' }, never);
      if (result !== 'good') throw new Error(result);
    };
    await askOnce();
    // A file that was written just now may change again within its time; lists mostly lie there for longer.
    await setTimeout(settledMs);
    return alternate(
      rounds,
      () => repeat(times, askOnce),
      () => both.ask('checkRevocation', { ...question, cacheDir: path.join(home, 'crl') }),
    );
  };
  try {
    const cached = await compare(await issueChain(peer.address, { leafCRL: ['good'] }));
    const asked = await compare(await issueChain(peer.address, { leafOCSP: ['good'] }));
    const chain = await issueChain(peer.address, { leafOCSP: ['good'], caCRL: ['good'] });
    const slope = await measureSlope(home, chain, createChecker);
    return [
      toRow('is it revoked, list in the cache, p50', cached),
      toRow('is it revoked, OCSP server asked, p50', asked),
      toOwnRow(`memory kept by each of ${verifications} verifications`, slope, {
        unit: 'kB',
        aim: { of: 'value', atMost: 1 },
      }),
    ];
  } finally {
    await http.close();
    await rm(home, { recursive: true, force: true });
  }
}

/** How much the heap has grown per verification, servers asked in each, from the first hundred on. */
async function measureSlope(
  home: string,
  chain: TestChain,
  createChecker: () => ReturnType<typeof createAskingChecker>,
): Promise<number[]> {
  const directory = createDirectory(home);
  await directory.write(`${trustStoreRoot}/ca/bench/root.crt`, chain.ders.at(-1) ?? new Uint8Array());
  const statement = {
    name: 'bench',
    registryScopes: ['*'],
    signatureVerification: { level: 'strict' as const },
    trustStores: ['ca:bench'],
    trustedIdentities: ['*'],
  };
  const bytes = Buffer.from(JSON.stringify(forgeJws(chain)));
  const verifyOnce = async () => {
    const trust = createTrustStoreReader(directory);
    const context = { artifact, statement, trust, revocation: createChecker(), userMetadata: {}, now: new Date() };
    const { outcome } = await verifySignature(artifact.digest, { mediaType: mediaTypes.jws, bytes }, context, never);
    if (outcome.verdict !== 'verified') throw new Error(JSON.stringify(outcome.checks));
  };
  const heapAfter = async (count: number): Promise<number> => {
    for (let index = 0; index < count; index += 1) await verifyOnce();
    collectGarbage();
    await setTimeout(50);
    collectGarbage();
    return process.memoryUsage().heapUsed;
  };
  const before = await heapAfter(200);
  const after = await heapAfter(verifications);
  return [Math.max(0, after - before) / verifications / 1024];
}
