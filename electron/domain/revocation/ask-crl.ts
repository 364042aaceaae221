import type { CrlCache } from './crl-cache.ts';
import { downloadBundle, type CrlAccess } from './download-crl.ts';
import { assertValidBundle, judgeBundle, type CrlQuestion } from './judge-crl.ts';
import { crlOids, type CrlBundle } from './parse-crl.ts';
import { RevocationFault, type RevocationAnswer } from './revocation-fault.ts';
import type { SharedAnswers } from './shared-answers.ts';

/** Where lists come from. */
export interface CrlSources {
  readonly cache: CrlCache;
  readonly cached: SharedAnswers<CrlBundle | undefined>;
  readonly downloaded: SharedAnswers<CrlBundle>;
  readonly access: CrlAccess;
}

/** How many bytes a bundle holds. */
export function bundleSize(bundle: CrlBundle | undefined): number {
  return (bundle?.base.bytes.length ?? 0) + (bundle?.delta?.bytes.length ?? 0);
}

function isInDate({ base, delta }: CrlBundle, now: Date): boolean {
  return [base, ...(delta ? [delta] : [])].every(({ nextUpdate }) => nextUpdate !== undefined && now <= nextUpdate);
}

/** The reference does not know how to look for a delta that only the certificate names. */
function assertDeltaKnown({ delta }: CrlBundle, { certificate }: CrlQuestion): void {
  const isNamed = certificate.extensions.some(({ oid }) => oid === crlOids.freshestCrl);
  if (isNamed && delta === undefined)
    throw new RevocationFault('unsupported', 'freshest CRL from certificate extension is not supported');
}

async function assertUsable(url: string, bundle: CrlBundle, question: CrlQuestion): Promise<void> {
  assertDeltaKnown(bundle, question);
  try {
    await assertValidBundle(bundle, question);
  } catch (error) {
    throw error instanceof RevocationFault ? error.after(`failed to validate CRL from ${url}: `) : error;
  }
}

/** What lies in the cache, if it may be judged by: what does not, however it got there, changes nothing (rule V-07). */
async function findCached(
  url: string,
  question: CrlQuestion,
  { cache, cached }: CrlSources,
  signal: AbortSignal,
): Promise<CrlBundle | undefined> {
  const bundle = await cached.get(url, () => cache.get(url), signal);
  if (bundle === undefined || !isInDate(bundle, question.now)) return undefined;
  try {
    await assertUsable(url, bundle, question);
    return bundle;
  } catch (error) {
    if (error instanceof RevocationFault) return undefined;
    throw error;
  }
}

/** Only what may be judged by is put into the cache. */
async function download(
  url: string,
  question: CrlQuestion,
  { cache, downloaded, access }: CrlSources,
  signal: AbortSignal,
): Promise<CrlBundle> {
  let isNew = false;
  const ask = (shared: AbortSignal): Promise<CrlBundle> => {
    isNew = true;
    return downloadBundle(url, access, shared);
  };
  try {
    const bundle = await downloaded.get(url, ask, signal);
    await assertUsable(url, bundle, question);
    if (isNew) await cache.put(url, bundle);
    return bundle;
  } catch (error) {
    const isRetrieving = error instanceof RevocationFault && error.message.startsWith('failed to retrieve');
    throw isRetrieving ? error.after(`failed to download CRL from ${url}: `) : error;
  }
}

/**
 * Looks one certificate up in the list at one address: in the cache, else downloaded.
 *
 * @throws RevocationFault; the signal's reason
 */
export async function askCrlServer(
  url: string,
  question: CrlQuestion,
  sources: CrlSources,
  signal: AbortSignal,
): Promise<RevocationAnswer & { readonly fromCache: boolean }> {
  const cached = await findCached(url, question, sources, signal);
  const bundle = cached ?? (await download(url, question, sources, signal));
  try {
    return { ...(await judgeBundle(bundle, question, signal)), fromCache: cached !== undefined };
  } catch (error) {
    throw error instanceof RevocationFault ? error.after(`failed to check revocation status from ${url}: `) : error;
  }
}
