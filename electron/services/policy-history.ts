import { createHash } from 'node:crypto';
import { z } from 'zod';
import { AppError, isAppError } from '../../shared/errors/app-error.ts';
import { policyDocumentSchema, type PolicyDocumentKind } from '../../shared/model/trust-policy.ts';
import { CodecError } from '../domain/codec/codec-error.ts';
import { parseStrictJson } from '../domain/codec/strict-json.ts';
import { toUtf8 } from '../domain/codec/utf8.ts';
import { ABSENT, type Clock, type Directory, type Logger } from '../domain/ports.ts';
import { readPolicyFile } from '../domain/trust/policy-file.ts';

const root = 'policy-history';
const indexFile = 'index.json';
const maxVersions = 100;
const maxTotalBytes = 8 * 1024 * 1024;
const maxIndexBytes = 64 * 1024;
const maxTextBytes = 4 * 1024 * 1024;

const versionSchema = z.object({
  /** Counted from 1; never given twice. */
  number: z.number().int().positive(),
  at: z.string(),
  /** Who wrote it: Inkan, or another program whose change was seen later. */
  by: z.enum(['inkan', 'other']),
  /** Of the file's bytes; `absent` where there was none any more. */
  sha256: z.string().regex(/^(?:[0-9a-f]{64}|absent)$/),
  bytes: z.number().int().nonnegative(),
});
const indexSchema = z.object({ versions: z.array(versionSchema).max(maxVersions) });
/** A version of a policy file, without its text. */
export type PolicyVersion = z.infer<typeof versionSchema>;

/** The document of a directory whose versions are meant. */
interface Place {
  readonly directory: Directory;
  readonly document: PolicyDocumentKind;
}

export interface PolicyHistoryOptions {
  /** Inkan's own directory: the history is kept there, and nowhere near Notation's files. */
  readonly inkan: Directory;
  readonly clock: Clock;
  readonly logger: Logger;
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Each configuration directory has a history of its own. */
function folderOf({ directory, document }: Place): string {
  return `${root}/${hashOf(directory.path).slice(0, 16)}/${document}`;
}

/**
 * Every version of the policy files that was saved or seen, oldest first: at most 100 of each file and 8 MiB together, the oldest going
 * first. Texts are named by their hash, so that one version kept twice takes the room of one.
 */
export class PolicyHistory {
  readonly #options: PolicyHistoryOptions;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: PolicyHistoryOptions) {
    this.#options = options;
  }

  /** Runs a task while nothing else here looks at the policy files, so that what Inkan writes is not taken for another's work. */
  exclusive<T>(task: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(task);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  /** Waits until everything that was begun is written. */
  async settle(): Promise<void> {
    await this.#turn;
  }

  /** Keeps a version, unless it is the newest already. @throws AppError `file.*` */
  async record(place: Place, text: string | null, by: PolicyVersion['by']): Promise<void> {
    const { inkan, clock } = this.#options;
    const folder = folderOf(place);
    const sha256 = text === null ? ABSENT : hashOf(text);
    await inkan.withLock('policy-history', async () => {
      const { versions, revision } = await this.#readForWriting(folder);
      const newest = versions.at(-1);
      const isKnown = newest?.sha256 === sha256;
      // Nothing to keep: no file yet, or the newest version again. Another window may have seen first what this one wrote.
      if ((!newest && text === null) || (isKnown && (newest.by === by || by === 'other'))) return;
      if (text !== null && !isKnown) await inkan.write(`${folder}/${sha256}.json`, toUtf8(text));
      const bytes = text === null ? 0 : toUtf8(text).length;
      const added = isKnown
        ? { ...newest, by }
        : { number: (newest?.number ?? 0) + 1, at: clock.now().toISOString(), by, sha256, bytes };
      const kept = bounded([...(isKnown ? versions.slice(0, -1) : versions), added]);
      const content = toUtf8(`${JSON.stringify({ versions: kept })}\n`);
      await inkan.write(`${folder}/${indexFile}`, content, { ifRevision: revision });
      await this.#removeOthers(folder, kept);
    });
  }

  /** Looks at a policy file, and keeps what another program made of it; what cannot be read is looked at again another time. */
  async notice(directory: Directory, documents = policyDocumentSchema.options): Promise<void> {
    // One turn for all of them, so that whoever waits until everything is written waits for the last one too.
    await this.exclusive(async () => {
      for (const document of documents) await this.#noticeOne({ directory, document });
    });
  }

  async #noticeOne({ directory, document }: Place): Promise<void> {
    try {
      const { text } = await readPolicyFile(directory, document);
      await this.record({ directory, document }, text, 'other');
    } catch (error) {
      if (!isAppError(error)) throw error;
      this.#options.logger.log('warn', 'a policy version was not kept', { document, code: error.code });
    }
  }

  /** Oldest first. @throws AppError `file.*` */
  async list(place: Place): Promise<readonly PolicyVersion[]> {
    return (await this.#readIndex(folderOf(place))).versions;
  }

  /** The text of a version; null where there was no file. @throws AppError `policy.versionNotFound`, `file.malformed`, `file.*` */
  async read(place: Place, number: number): Promise<string | null> {
    const folder = folderOf(place);
    const version = (await this.#readIndex(folder)).versions.find((other) => other.number === number);
    if (!version) throw new AppError('policy.versionNotFound', { number });
    if (version.sha256 === ABSENT) return null;
    const file = `${folder}/${version.sha256}.json`;
    const state = await this.#options.inkan.read(file, { maxBytes: maxTextBytes, remember: true });
    if (!state) throw new AppError('policy.versionNotFound', { number });
    if (state.revision !== version.sha256)
      throw new AppError('file.malformed', { file, fault: 'its content is not what its name says' });
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(state.bytes);
  }

  async #readIndex(folder: string): Promise<{ versions: readonly PolicyVersion[]; revision: string }> {
    const file = `${folder}/${indexFile}`;
    const state = await this.#options.inkan.read(file, { maxBytes: maxIndexBytes });
    if (!state) return { versions: [], revision: ABSENT };
    try {
      const parsed = indexSchema.safeParse(parseStrictJson(state.bytes, { maxBytes: maxIndexBytes }));
      if (parsed.success) return { versions: parsed.data.versions, revision: state.revision };
      throw new AppError('file.malformed', { file, fault: z.prettifyError(parsed.error) });
    } catch (error) {
      if (error instanceof CodecError) throw new AppError('file.malformed', { file, fault: error.message });
      throw error;
    }
  }

  /** An index that cannot be read any more must not keep a policy from being saved: a new one takes its place. */
  async #readForWriting(folder: string): Promise<{ versions: readonly PolicyVersion[]; revision: string }> {
    try {
      return await this.#readIndex(folder);
    } catch (error) {
      if (!isAppError(error, 'file.malformed') && !isAppError(error, 'file.tooLarge')) throw error;
      this.#options.logger.log('warn', 'the policy history begins anew', { code: error.code });
      await this.#options.inkan.remove(`${folder}/${indexFile}`);
      return { versions: [], revision: ABSENT };
    }
  }

  async #removeOthers(folder: string, kept: readonly PolicyVersion[]): Promise<void> {
    const needed = new Set([indexFile, ...kept.map(({ sha256 }) => `${sha256}.json`)]);
    for (const name of (await this.#options.inkan.list(folder)) ?? [])
      if (!needed.has(name)) await this.#options.inkan.remove(`${folder}/${name}`);
  }
}

/** The newest versions that have room; the newest one always has. */
function bounded(versions: readonly PolicyVersion[]): readonly PolicyVersion[] {
  const seen = new Set<string>();
  let total = 0;
  let from = versions.length - 1;
  for (; from >= 0 && versions.length - from <= maxVersions; from -= 1) {
    const { sha256, bytes } = versions[from] ?? { sha256: '', bytes: 0 };
    total += seen.has(sha256) ? 0 : bytes;
    seen.add(sha256);
    if (total > maxTotalBytes && from < versions.length - 1) break;
  }
  return versions.slice(from + 1);
}
