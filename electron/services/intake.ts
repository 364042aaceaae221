import type { Handlers, ParsedInputOf } from '../../shared/contract/contract.ts';
import { maxChunkBytes } from '../../shared/contract/intake.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { parseBase64 } from '../domain/codec/base64.ts';
import { CodecError } from '../domain/codec/codec-error.ts';
import { RunningDigests, type Digests } from '../domain/oci/running-digests.ts';
import type { Clock, Logger, Random, Spool, SpoolFile } from '../domain/ports.ts';

const maxSpooledBytes = 256 * 1024 * 1024;
/** Those that are only hashed cost next to nothing; those on the disk cost up to 256 MiB each. */
const maxFiles = { hashOnly: 2000, spool: 8 } as const;
const idleLimitMs = 30 * 60 * 1000;
const sweepEveryMs = 60_000;

export interface IntakeOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly spool: Spool;
}

/** A file that has arrived whole. */
export interface IntakeFile {
  /** As the page named it: for people, not for paths. */
  readonly name: string;
  readonly size: number;
  readonly digests: Digests;
  /** Its bytes, when it was announced with `spool`. */
  readonly spooled?: SpoolFile;
}

type Keep = ParsedInputOf<'intake.openFile'>['keep'];
interface Arrival {
  readonly name: string;
  readonly size: number;
  readonly keep: Keep;
  spooled: SpoolFile | undefined;
  readonly running: RunningDigests;
  received: number;
  usedAtMs: number;
  digests: Digests | undefined;
  /** The chunks before; each waits for the last one. */
  settled: Promise<unknown>;
}

/** Takes files in, checks that they come whole and in order, hashes them on the way, and forgets those that nobody asks for. */
export class Intake {
  readonly #options: IntakeOptions;
  readonly #arrivals = new Map<string, Arrival>();
  readonly #closing = new AbortController();
  #sweeping: Promise<void> | undefined;

  constructor(options: IntakeOptions) {
    this.#options = options;
  }

  readonly handlers: Handlers<'intake'> = {
    'intake.openFile': async (input) => ({ id: await this.#open(input) }),
    'intake.appendChunk': async ({ id, offset, base64 }) => ({ received: await this.#append(id, offset, base64) }),
    'intake.discardFile': async ({ id }) => {
      await this.#remove(id);
      return {};
    },
  };

  /** A file that stays in the intake. @throws AppError `intake.notFound`, `intake.incomplete` */
  async find(id: string): Promise<IntakeFile> {
    const arrival = this.#need(id);
    await arrival.settled.catch(() => undefined);
    return toWholeFile(arrival);
  }

  /** Hands a file over for good: whoever takes it removes what is spooled. @throws as {@link find} */
  async take(id: string): Promise<IntakeFile> {
    const file = await this.find(id);
    this.#arrivals.delete(id);
    return file;
  }

  /** Removes everything. */
  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.all([...this.#arrivals.keys()].map((id) => this.#remove(id)));
  }

  async #open({ name, size, keep }: ParsedInputOf<'intake.openFile'>): Promise<string> {
    assertWelcome([...this.#arrivals.values()], name, size, keep);
    const { clock, random } = this.#options;
    const id = random.uuid();
    const arrival = createArrival(name, size, keep, clock.monotonicMs());
    this.#arrivals.set(id, arrival);
    this.#sweeping ??= this.#sweep()
      .catch(() => undefined)
      .finally(() => (this.#sweeping = undefined));
    if (keep === 'spool') await this.#makeRoom(id, arrival);
    return id;
  }

  /** The place is taken before the file is made, so that no flood of announcements gets past the limit. */
  async #makeRoom(id: string, arrival: Arrival): Promise<void> {
    try {
      arrival.spooled = await this.#options.spool.create();
    } catch (error) {
      this.#arrivals.delete(id);
      throw error;
    }
    if (!this.#arrivals.has(id)) await arrival.spooled.remove();
  }

  async #append(id: string, offset: number, base64: string): Promise<number> {
    const arrival = this.#need(id);
    const appended = arrival.settled.catch(() => undefined).then(() => append(arrival, offset, parseChunk(base64)));
    arrival.settled = appended;
    try {
      return await appended;
    } catch (error) {
      if (!(error instanceof AppError) || !harmless.includes(error.code)) await this.#remove(id);
      throw error;
    }
  }

  #need(id: string): Arrival {
    const arrival = this.#arrivals.get(id);
    if (arrival === undefined) throw new AppError('intake.notFound', {});
    arrival.usedAtMs = this.#options.clock.monotonicMs();
    return arrival;
  }

  async #remove(id: string): Promise<void> {
    const arrival = this.#arrivals.get(id);
    this.#arrivals.delete(id);
    await arrival?.settled.catch(() => undefined);
    await arrival?.spooled
      ?.remove()
      .catch((cause: unknown) => this.#options.logger.log('warn', 'a file that arrived was not removed', { cause }));
  }

  async #sweep(): Promise<void> {
    const { clock } = this.#options;
    while (this.#arrivals.size > 0) {
      await clock.sleep(sweepEveryMs, this.#closing.signal);
      const oldest = clock.monotonicMs() - idleLimitMs;
      for (const [id, { usedAtMs }] of this.#arrivals) if (usedAtMs < oldest) await this.#remove(id);
    }
  }
}

/** After these the right chunk may still come. */
const harmless: readonly string[] = ['intake.wrongOffset', 'intake.badChunk'];

function createArrival(name: string, size: number, keep: Keep, usedAtMs: number): Arrival {
  const running = new RunningDigests();
  const digests = size === 0 ? running.finish() : undefined;
  return { name, size, keep, spooled: undefined, running, received: 0, usedAtMs, digests, settled: Promise.resolve() };
}

function assertWelcome(present: readonly Arrival[], name: string, size: number, keep: Keep): void {
  if (keep === 'spool' && size > maxSpooledBytes) {
    throw new AppError('file.tooLarge', { file: name, limit: maxSpooledBytes });
  }
  const limit = maxFiles[keep];
  if (present.filter((arrival) => arrival.keep === keep).length >= limit) {
    throw new AppError('intake.tooMany', { limit });
  }
}

function parseChunk(base64: string): Uint8Array {
  try {
    const bytes = parseBase64(base64);
    if (bytes.length <= maxChunkBytes) return bytes;
  } catch (error) {
    if (!(error instanceof CodecError)) throw error;
  }
  throw new AppError('intake.badChunk', {});
}

async function append(arrival: Arrival, offset: number, bytes: Uint8Array): Promise<number> {
  const { name, size, received, running, spooled } = arrival;
  if (offset !== received) throw new AppError('intake.wrongOffset', { expected: received, received: offset });
  const total = received + bytes.length;
  if (total > size) throw new AppError('intake.wrongSize', { file: name, announced: size, received: total });
  await spooled?.append(bytes);
  running.update(bytes);
  arrival.received = total;
  if (total === size) arrival.digests = running.finish();
  return total;
}

function toWholeFile({ name, size, received, digests, spooled }: Arrival): IntakeFile {
  if (digests === undefined) throw new AppError('intake.incomplete', { file: name, announced: size, received });
  return { name, size, digests, ...(spooled && { spooled }) };
}
