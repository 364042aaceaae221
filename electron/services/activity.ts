import type { Handlers, MethodName, Publish } from '../../shared/contract/contract.ts';
import { isAppError, toWireError } from '../../shared/errors/app-error.ts';
import { activityEntrySchema, type ActivityEntry } from '../../shared/model/job.ts';
import type { Clock, Directory, Logger, Random } from '../domain/ports.ts';

const file = 'activity.jsonl';
const maxEntries = 1000;
const maxFileBytes = 8 * 1024 * 1024;
const maxSubjectLength = 1024;
const writeDelayMs = 500;

export interface ActivityServiceOptions {
  /** Inkan's own directory. */
  readonly inkan: Directory;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly publish: Publish;
}

/** What an action leaves behind on success, beside method and subject. */
export type ActivityNote = Pick<ActivityEntry, 'note' | 'command'>;

export interface ActivityService {
  readonly handlers: Handlers<'activity'>;
  /** Runs an action and records how it ended; the outcome is passed on unchanged. */
  record<T>(
    method: MethodName,
    subject: string,
    signal: AbortSignal,
    action: () => Promise<T>,
    toNote: (result: T) => ActivityNote,
  ): Promise<T>;
  /** Writes what has not been written yet. */
  flush(): Promise<void>;
}

interface ActivityLog {
  /** Oldest first. */
  load(): Promise<ActivityEntry[]>;
  add(row: ActivityEntry): Promise<void>;
  clear(): Promise<void>;
  flush(): Promise<void>;
}

function parseLine(line: string): ActivityEntry[] {
  try {
    const entry = activityEntrySchema.safeParse(JSON.parse(line));
    return entry.success ? [entry.data] : [];
  } catch {
    // A line cut short by another program is a row less, and nothing more.
    return [];
  }
}

async function readEntries(inkan: Directory): Promise<ActivityEntry[]> {
  const state = await inkan.read(file, { maxBytes: maxFileBytes });
  const lines = state === undefined ? [] : new TextDecoder().decode(state.bytes).split('\n');
  return lines
    .filter((line) => line !== '')
    .flatMap(parseLine)
    .slice(-maxEntries);
}

/** The lines of rows that were written before: a row never changes, and there may be a thousand of them. */
const lines = new WeakMap<ActivityEntry, string>();

function toLine(row: ActivityEntry): string {
  const known = lines.get(row);
  if (known !== undefined) return known;
  const line = `${JSON.stringify(row)}\n`;
  lines.set(row, line);
  return line;
}

/** The rows, in memory and in their file; writing is put together, so that many rows cost one write. */
function createActivityLog({ inkan, clock, logger }: ActivityServiceOptions): ActivityLog {
  let entries: Promise<ActivityEntry[]> | undefined;
  let writing: Promise<void> | undefined;
  let isStale = false;
  const load = (): Promise<ActivityEntry[]> => {
    entries ??= readEntries(inkan).catch((error: unknown) => {
      entries = undefined;
      throw error;
    });
    return entries;
  };
  const writeAll = async (): Promise<void> => {
    isStale = false;
    const rows = await load();
    await inkan.write(file, new TextEncoder().encode(rows.map(toLine).join('')));
  };
  /** Ends the waiting for more rows. */
  let hurry = new AbortController();
  const writeWhileStale = async (): Promise<void> => {
    while (isStale) {
      await clock.sleep(writeDelayMs, hurry.signal).catch(() => undefined);
      if (isStale) await writeAll();
    }
  };
  const settle = async (): Promise<void> => {
    hurry.abort();
    await writing;
    hurry = new AbortController();
  };
  const writeSoon = (): void => {
    isStale = true;
    writing ??= writeWhileStale()
      .catch((error: unknown) => logger.log('warn', 'activity was not written', { cause: String(error) }))
      .finally(() => (writing = undefined));
  };
  return {
    load,
    async add(row) {
      const rows = await load();
      rows.push(row);
      rows.splice(0, Math.max(0, rows.length - maxEntries));
      writeSoon();
    },
    async clear() {
      isStale = false;
      await settle();
      entries = Promise.resolve([]);
      await inkan.remove(file);
    },
    flush: settle,
  };
}

/** The rows of the activity list, kept in Inkan's own directory. Rows hold references, names and commands, never secrets. */
export function createActivityService(options: ActivityServiceOptions): ActivityService {
  const { clock, random, logger, publish } = options;
  const log = createActivityLog(options);
  const add = async (entry: Omit<ActivityEntry, 'id' | 'at'>): Promise<void> => {
    const subject = entry.subject.slice(0, maxSubjectLength);
    const row = { ...entry, subject, id: random.uuid(), at: clock.now().toISOString() };
    publish('activity.recorded', row);
    try {
      await log.add(row);
    } catch (error) {
      // What was done is done, recorded or not.
      logger.log('warn', 'activity was not recorded', { cause: String(error) });
    }
  };
  return {
    handlers: {
      'activity.listActivity': async ({ before, limit }) => {
        const newestFirst = [...(await log.load())].reverse();
        const start = before === undefined ? 0 : newestFirst.findIndex(({ id }) => id === before) + 1;
        return { entries: newestFirst.slice(start, start + limit), more: newestFirst.length > start + limit };
      },
      'activity.clearActivity': async () => {
        await log.clear();
        return {};
      },
    },
    async record(method, subject, signal, action, toNote) {
      let result: Awaited<ReturnType<typeof action>>;
      try {
        result = await action();
      } catch (error) {
        const outcome = signal.aborted ? 'cancelled' : 'failed';
        const cause = isAppError(error) && outcome === 'failed' ? { error: toWireError(error) } : {};
        await add({ method, subject, outcome, ...cause });
        throw error;
      }
      await add({ method, subject, outcome: 'done', ...toNote(result) });
      return result;
    },
    flush: () => log.flush(),
  };
}
