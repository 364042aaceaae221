import type { Publish } from '../../shared/contract/contract.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import type { Clock, Directory, Logger } from '../domain/ports.ts';
import { fromStored, toStored, type Queue } from './bulk-queue.ts';

const folder = 'queues';
const maxFileBytes = 16 * 1024 * 1024;
const maxQueues = 50;
/** How often a queue that works is told of, so that its rows are not read anew for each of them. */
const tellMs = 250;

interface QueueFilesOptions {
  /** Inkan's own directory. */
  readonly inkan: Directory;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly publish: Publish;
}

const pathOf = (id: string): string => `${folder}/${id}.json`;

/** The queues, in memory and each in a file of its own, written whole or not at all. */
export class QueueFiles {
  readonly #options: QueueFilesOptions;
  #queues: Promise<Map<string, Queue>> | undefined;
  /** Per queue the write that goes on and the one that will begin after it. */
  readonly #writing = new Map<string, Promise<void>>();
  readonly #waiting = new Map<string, Promise<void>>();
  readonly #toldAt = new Map<string, number>();
  readonly #toTell = new Set<string>();

  constructor(options: QueueFilesOptions) {
    this.#options = options;
  }

  /** Newest first. */
  async list(): Promise<Queue[]> {
    const queues = [...(await this.#load()).values()];
    return queues.sort((a, b) => b.createdAt.localeCompare(a.createdAt));
  }

  /** @throws AppError `bulk.queueNotFound` */
  async get(id: string): Promise<Queue> {
    const queue = (await this.#load()).get(id);
    if (!queue) throw new AppError('bulk.queueNotFound', { id });
    return queue;
  }

  async add(queue: Queue): Promise<void> {
    const queues = await this.#load();
    const resting = (await this.list()).filter(({ state }) => state === 'ended');
    queues.set(queue.id, queue);
    await this.save(queue);
    this.tell(queue);
    const tooMany = Math.max(0, queues.size - maxQueues);
    for (const old of tooMany > 0 ? resting.slice(-tooMany) : []) await this.remove(old);
  }

  async remove(queue: Queue): Promise<void> {
    (await this.#load()).delete(queue.id);
    await this.#waiting.get(queue.id);
    await this.#writing.get(queue.id);
    await this.#options.inkan.remove(pathOf(queue.id));
    this.tell(queue);
  }

  /** Writes a queue as it is by then; who asks while a write goes on shares the next one. */
  save(queue: Queue): Promise<void> {
    const { id } = queue;
    const waiting = this.#waiting.get(id);
    if (waiting) return waiting;
    const before = this.#writing.get(id) ?? Promise.resolve();
    const next = before
      .catch(() => undefined)
      .then(() => {
        this.#waiting.delete(id);
        const write = this.#options.inkan.write(pathOf(id), new TextEncoder().encode(toStored(queue)));
        const written = write.then(() => undefined);
        this.#writing.set(id, written);
        return written;
      });
    this.#waiting.set(id, next);
    return next;
  }

  /** Tells that a queue changed. */
  tell({ id }: Queue): void {
    this.#toldAt.set(id, this.#options.clock.monotonicMs());
    this.#options.publish('bulk.changed', { id });
  }

  /** Tells of progress: now, or a little later together with what comes until then. */
  tellProgress(queue: Queue): void {
    const { clock } = this.#options;
    const early = (this.#toldAt.get(queue.id) ?? -Infinity) + tellMs - clock.monotonicMs();
    if (early <= 0) this.tell(queue);
    else if (!this.#toTell.has(queue.id)) {
      this.#toTell.add(queue.id);
      void clock.sleep(early).then(() => {
        this.#toTell.delete(queue.id);
        this.tell(queue);
      });
    }
  }

  #load(): Promise<Map<string, Queue>> {
    this.#queues ??= this.#read().catch((error: unknown) => {
      this.#queues = undefined;
      throw error;
    });
    return this.#queues;
  }

  async #read(): Promise<Map<string, Queue>> {
    const { inkan, logger } = this.#options;
    const files = (await inkan.readFolder(folder, { maxBytes: maxFileBytes })) ?? [];
    const queues = new Map<string, Queue>();
    for (const file of files) {
      const queue = 'state' in file ? fromStored(file.state.bytes) : undefined;
      if (queue && file.name === `${queue.id}.json`) queues.set(queue.id, queue);
      else logger.log('warn', 'a queue cannot be read', { file: file.name });
    }
    return queues;
  }
}
