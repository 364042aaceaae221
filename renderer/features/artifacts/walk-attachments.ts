import type { InputOf, OutputOf } from '../../../shared/contract/contract.ts';
import type { Attachment, AttachmentFacts, AttachmentQuestion } from '../../../shared/model/attachment.ts';
import type { Descriptor } from '../../../shared/model/descriptor.ts';
import type { Digest } from '../../../shared/model/digest.ts';

/** How far a walk goes before it stops and can be continued. */
export interface WalkLimits {
  /** Questions put to the registry. */
  readonly requests: number;
  /** Referrers of referrers of … this many times. */
  readonly depth: number;
}

/** What is known of the attachments of one digest. */
export interface WalkLevel {
  readonly questions: readonly AttachmentQuestion[];
  readonly attachments: readonly Attachment[];
  readonly unreadable: number;
  /** Whether the last page was read. */
  readonly isWhole: boolean;
  readonly error?: unknown;
}

/** What a walk has found so far. Each state is a value of its own; nothing in it changes later. */
export interface AttachmentsWalk {
  readonly levels: ReadonlyMap<Digest, WalkLevel>;
  /** By {@link factsKey}. */
  readonly facts: ReadonlyMap<string, AttachmentFacts>;
  readonly requests: number;
  /** Digests and pages that the limits left unasked. */
  readonly unasked: number;
  readonly isDone: boolean;
}

export interface WalkStart {
  readonly digest: Digest;
  /** Manifests of an index: what is attached to them belongs to the picture. */
  readonly manifests: readonly Descriptor[];
}

/** How a walk asks. */
export interface WalkAsk {
  list(
    input: Pick<InputOf<'artifacts.listAttachments'>, 'digest' | 'cursor' | 'cosignTags'>,
  ): Promise<OutputOf<'artifacts.listAttachments'>>;
  describe(
    input: Pick<InputOf<'artifacts.describeAttachments'>, 'digest' | 'entries'>,
  ): Promise<OutputOf<'artifacts.describeAttachments'>>;
}

/** Facts hold for an attachment at its subject: what is odd about it depends on both. */
export const factsKey = (subject: Digest, digest: Digest): string => `${subject} ${digest}`;

const atOnce = 6;
const describedAtOnce = 16;
/** A manifest, and of a signature the envelope too. */
const requestsPerDescription = 2;

interface Task {
  readonly digest: Digest;
  readonly depth: number;
  readonly cosignTags: boolean;
  readonly cursor?: string;
  /** What is to be described; without it, a page is asked for. */
  readonly described?: readonly Attachment[];
}

const empty: WalkLevel = { questions: [], attachments: [], unreadable: 0, isWhole: false };

/**
 * Reads what is attached to an artifact, what is attached to that, and so on, level by level, six questions at a time. A listing that
 * fails is kept with its error and stands in nobody's way.
 * @param onProgress - told after every answer; gives what was found so far when it is asked
 */
export async function walkAttachments(
  start: WalkStart,
  limits: WalkLimits,
  ask: WalkAsk,
  onProgress: (read: () => AttachmentsWalk) => void,
): Promise<AttachmentsWalk> {
  const walk = new Walk(start, limits, ask);
  const tell = () => onProgress(() => walk.snapshot(false));
  await Promise.all(Array.from({ length: atOnce }, () => walk.work(tell)));
  return walk.snapshot(true);
}

class Walk {
  readonly #limits: WalkLimits;
  readonly #ask: WalkAsk;
  readonly #levels = new Map<Digest, WalkLevel>();
  readonly #facts = new Map<string, AttachmentFacts>();
  readonly #seen = new Set<Digest>();
  readonly #cursors = new Set<string>();
  readonly #tasks: Task[] = [];
  #requests = 0;
  #unasked = 0;
  #running = 0;
  #wake: (() => void)[] = [];

  constructor({ digest, manifests }: WalkStart, limits: WalkLimits, ask: WalkAsk) {
    this.#limits = limits;
    this.#ask = ask;
    for (const subject of [digest, ...manifests.map((manifest) => manifest.digest)])
      this.#addLevel({ digest: subject, depth: 1, cosignTags: true });
  }

  snapshot(isDone: boolean): AttachmentsWalk {
    return {
      levels: new Map(this.#levels),
      facts: new Map(this.#facts),
      requests: this.#requests,
      unasked: this.#unasked,
      isDone,
    };
  }

  /** Takes tasks until there are none left and nobody at work could add one. */
  async work(onAnswer: () => void): Promise<void> {
    for (;;) {
      const task = this.#tasks.shift();
      if (task) {
        this.#running += 1;
        try {
          await (task.described ? this.#describe(task, task.described) : this.#list(task));
          onAnswer();
        } finally {
          this.#running -= 1;
          for (const wake of this.#wake.splice(0)) wake();
        }
      } else if (this.#running === 0) {
        return;
      } else {
        await new Promise<void>((resolve) => this.#wake.push(resolve));
      }
    }
  }

  #addLevel(task: Task): void {
    if (this.#seen.has(task.digest)) return;
    this.#seen.add(task.digest);
    if (task.depth > this.#limits.depth) this.#unasked += 1;
    else this.#tasks.push(task);
  }

  async #list(task: Task): Promise<void> {
    if (this.#requests >= this.#limits.requests) {
      this.#unasked += 1;
      return;
    }
    const { digest, cosignTags, cursor } = task;
    const level = this.#levels.get(digest) ?? empty;
    try {
      const page = await this.#ask.list({ digest, cosignTags, ...(cursor !== undefined && { cursor }) });
      this.#requests += Math.max(1, page.questions.length);
      const attachments = merge(level.attachments, page.attachments);
      const next = this.#nextOf(digest, page.nextCursor);
      this.#levels.set(digest, {
        questions: [...level.questions, ...page.questions],
        attachments,
        unreadable: level.unreadable + page.unreadable,
        isWhole: next === undefined,
      });
      this.#addWhatIsNew(task, attachments.slice(level.attachments.length));
      if (next !== undefined) this.#tasks.push({ ...task, cursor: next });
    } catch (error) {
      this.#requests += 1;
      this.#levels.set(digest, { ...level, isWhole: false, error });
    }
  }

  /** A registry that leads in a circle is followed once. */
  #nextOf(digest: Digest, cursor: string | undefined): string | undefined {
    const key = `${digest} ${cursor}`;
    if (cursor === undefined || this.#cursors.has(key)) return undefined;
    this.#cursors.add(key);
    return cursor;
  }

  /** The first page is described before deeper levels are asked for: what is in sight comes first. */
  #addWhatIsNew({ digest, depth }: Task, added: readonly Attachment[]): void {
    for (let at = 0; at < added.length; at += describedAtOnce)
      this.#tasks.push({ digest, depth, cosignTags: false, described: added.slice(at, at + describedAtOnce) });
    for (const { descriptor } of added)
      this.#addLevel({ digest: descriptor.digest, depth: depth + 1, cosignTags: false });
  }

  async #describe({ digest }: Task, described: readonly Attachment[]): Promise<void> {
    const cost = described.length * requestsPerDescription;
    if (this.#requests >= this.#limits.requests) {
      this.#unasked += described.length;
      return;
    }
    this.#requests += cost;
    const entries = described.map(({ descriptor, via }) => ({ descriptor, bySubject: !via.includes('cosignTag') }));
    try {
      const { facts } = await this.#ask.describe({ digest, entries });
      for (const each of facts) this.#facts.set(factsKey(digest, each.digest), each);
    } catch (error) {
      const level = this.#levels.get(digest) ?? empty;
      this.#levels.set(digest, { ...level, error });
    }
  }
}

/** What one more page adds; an entry that both pages have comes by both their ways. */
function merge(known: readonly Attachment[], added: readonly Attachment[]): Attachment[] {
  const merged = new Map(known.map((attachment) => [attachment.descriptor.digest, attachment]));
  for (const attachment of added) {
    const before = merged.get(attachment.descriptor.digest);
    merged.set(attachment.descriptor.digest, before ? joined(before, attachment) : attachment);
  }
  return [...merged.values()];
}

function joined(before: Attachment, after: Attachment): Attachment {
  const isTwice = before.via.some((way) => after.via.includes(way));
  return {
    ...(after.via.includes('api') ? after : before),
    via: [...new Set([...before.via, ...after.via])],
    listings: isTwice ? before.listings + after.listings : Math.max(before.listings, after.listings),
  };
}
