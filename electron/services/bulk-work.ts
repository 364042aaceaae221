import type { CallContext, Handler } from '../../shared/contract/contract.ts';
import { AppError, isAppError, toWireError } from '../../shared/errors/app-error.ts';
import type { QueueItem } from '../../shared/model/bulk.ts';
import { isDigest } from '../../shared/model/digest.ts';
import type { RepositoryFinder } from '../domain/oci/repository.ts';
import type { Clock, Logger } from '../domain/ports.ts';
import type { Queue, QueueOptions } from './bulk-queue.ts';

/** What a registry asks for when it says nothing, and the longest that a queue rests for one. */
const restMs = 5000;
const maxRestMs = 120_000;
const maxRests = 3;
const maxSigners = 16;

export interface QueueWorkOptions {
  readonly repositories: RepositoryFinder;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly verify: Handler<'verify.verifyArtifact'>;
  readonly sign: Handler<'sign.signArtifact'>;
}

type Outcome = Partial<QueueItem> & Pick<QueueItem, 'state'>;

/** @throws AppError whatever keeps the artifact from being judged */
async function verifyItem({ verify }: QueueWorkOptions, item: QueueItem, context: CallContext): Promise<Outcome> {
  const { sourceId, repository, reference } = item;
  const options = { userMetadata: {}, pluginConfig: {}, recorded: false };
  const report = await verify({ sourceId, repository, reference, ...options }, context);
  const signers = report.signatures.flatMap(({ signerCommonName }) => signerCommonName ?? []);
  return {
    state: report.verdict === 'couldNotCheck' ? 'failed' : 'done',
    verdict: report.verdict,
    digest: report.subject.digest,
    signers: [...new Set(signers)].slice(0, maxSigners),
    command: report.cli.command,
  };
}

/** Signs the digest that was planned; a tag that has moved since is left alone. @throws AppError `bulk.tagMoved`, whatever signing throws */
async function signItem(
  { repositories, sign }: QueueWorkOptions,
  { sourceId, repository, reference, digest }: QueueItem,
  options: QueueOptions,
  context: CallContext,
): Promise<Outcome> {
  if (digest === undefined) throw new AppError('rpc.cancelled', {});
  if (!isDigest(reference)) {
    const opened = await repositories.open(sourceId, repository);
    const { digest: found } = await opened.resolve(reference, context.signal);
    if (found !== digest) throw new AppError('bulk.tagMoved', { tag: reference, planned: digest, found });
  }
  const signed = await sign({ sourceId, repository, reference, digest, ...options }, context);
  const hasSecrets = Object.keys(options.pluginConfig).length > 0;
  return {
    state: 'done',
    signatureDigest: signed.signatureDigest,
    signers: [signed.keyName],
    ...(signed.tagMovedTo && { movedTo: signed.tagMovedTo }),
    ...(!hasSecrets && { command: signed.command }),
  };
}

/** Works on one artifact, resting when its registry asks for that. Throws only what ends the whole queue. */
export async function workOn(
  options: QueueWorkOptions,
  queue: Queue,
  item: QueueItem,
  signal: AbortSignal,
): Promise<Outcome> {
  const context: CallContext = { signal, traceId: queue.id };
  for (let rests = 0; ; rests += 1) {
    try {
      if (queue.action === 'verify') return await verifyItem(options, item, context);
      if (!queue.options) throw new AppError('bulk.optionsNeeded', {});
      return await signItem(options, item, queue.options, context);
    } catch (error) {
      // Nothing was pushed: once a signature is on its way, a wish to cancel comes too late.
      if (signal.aborted) return { state: 'waiting' };
      if (!isAppError(error)) {
        options.logger.log('error', 'an artifact of a queue failed', { id: queue.id, cause: String(error) });
        return { state: 'failed', error: { code: 'rpc.internal', details: { traceId: queue.id } } };
      }
      if (!isAppError(error, 'registry.tooManyRequests') || rests >= maxRests)
        return { state: 'failed', error: toWireError(error) };
      const wanted = Math.min(error.details.retryAfterMs ?? restMs, maxRestMs);
      queue.restsUntil = new Date(options.clock.now().getTime() + wanted);
      await rest(options.clock, queue, signal);
    }
  }
}

/** Waits until the queue has rested, or is to stop. */
export async function rest(clock: Clock, queue: Queue, signal: AbortSignal): Promise<void> {
  while (queue.restsUntil !== undefined && !signal.aborted) {
    const left = queue.restsUntil.getTime() - clock.now().getTime();
    if (left <= 0) queue.restsUntil = undefined;
    else await clock.sleep(left, signal).catch(() => undefined);
  }
}
