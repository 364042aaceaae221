import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';

/** Plugins of our own. */
export type PluginPeer = 'raw-plugin' | 'envelope-plugin' | 'kms-plugin';
/** The programs that `e2e/peers/` builds. */
export type PeerName = 'registry' | 'lying-registry' | 'distribution' | 'revocation' | 'tsa' | 'sigstore-tsa';
type ProgramName =
  PeerName | PluginPeer | 'oracle' | 'blob-oracle' | 'seed' | 'pack' | 'reference-bench' | 'reference-verify';

const binaries = path.resolve(import.meta.dirname, '..', 'peers', 'bin');

/** Where a built program is. */
export function pathOf(name: ProgramName): string {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  return path.join(binaries, name + suffix);
}

/** Whether the peers were built; without Go they are not, and interop suites are skipped by name. */
export function havePeers(): boolean {
  return (
    [
      'oracle',
      'blob-oracle',
      'seed',
      'pack',
      'registry',
      'lying-registry',
      'distribution',
      'revocation',
      'tsa',
      'sigstore-tsa',
    ] as const
  ).every((name) => existsSync(pathOf(name)));
}

/** A registry that runs until `stop` is called. */
export interface Peer {
  /** `host:port`, plain HTTP, loopback. */
  readonly address: string;
  stop(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Starts a registry on a free port.
 *
 * @param args - flags of the program, e.g. `['-user', 'u', '-password', 'p']` for `distribution`
 */
export async function startPeer(name: PeerName, args: readonly string[] = []): Promise<Peer> {
  const child = spawn(pathOf(name), ['-addr', '127.0.0.1:0', ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.stdin.end();
    await ended;
  };
  const lines = createInterface({ input: child.stdout });
  const failed = once(child, 'exit').then(([code]) => {
    throw new Error(`${name} ended with status ${String(code)} before it was ready`);
  });
  const [address] = (await Promise.race([once(lines, 'line'), failed])) as [string];
  failed.catch(() => undefined);
  return { address, stop, [Symbol.asyncDispose]: stop };
}

/** One sample artifact that `seed` wrote. */
export interface Sample {
  readonly repository: string;
  readonly tag: string;
  readonly digest: string;
  readonly mediaType: string;
}

/** Where `seed` puts the samples: a registry, a directory of image layouts, or both. */
export interface SeedTarget {
  readonly registry?: string;
  readonly user?: string;
  readonly password?: string;
  readonly layout?: string;
}

/** Writes the sample artifacts; their digests are the same in every run. */
export async function seed(target: SeedTarget): Promise<readonly Sample[]> {
  const args = Object.entries(target).flatMap(([name, value]) => [`-${name}`, String(value)]);
  const child = spawn(pathOf('seed'), args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  const samples: Sample[] = [];
  for await (const line of createInterface({ input: child.stdout })) samples.push(JSON.parse(line) as Sample);
  const [code] = (await exited) as [number | null];
  if (code !== 0) throw new Error(`seed ended with status ${String(code)}`);
  return samples;
}

/** An error of the reference libraries: its text, its Go type and the types of all it wraps. */
export interface Failure {
  readonly message: string;
  readonly type: string;
  readonly wraps?: readonly string[];
}

/** What the reference answered to one item of many. */
export interface Answer<Result> {
  readonly result: Result | null;
  readonly error?: Failure;
}

const itemsALine = 2000;

/** Thrown by {@link Oracle.ask} when the reference answered with an error. */
export class OracleError extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.message);
    this.failure = failure;
    this.name = 'OracleError';
  }
}

/**
 * The reference libraries, asked over lines of JSON. Operations and their parameters are the
 * `operations` of `e2e/peers/cmd/oracle/main.go`; bytes travel as base64.
 */
export class Oracle {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #answers: AsyncIterator<string>;
  #queue: Promise<unknown> = Promise.resolve();

  /** @param program - another program that is asked in the same way */
  constructor(env: NodeJS.ProcessEnv = process.env, program: 'oracle' | 'blob-oracle' | 'reference-bench' = 'oracle') {
    this.#child = spawn(pathOf(program), { stdio: ['pipe', 'pipe', 'pipe'], env });
    this.#child.stderr.pipe(process.stderr);
    this.#answers = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
  }

  /** Asks one question and gives the result. Questions asked at the same time are queued. */
  ask<Result = unknown>(op: string, params: Readonly<Record<string, unknown>> = {}): Promise<Result> {
    const answer = this.#queue.then(async () => {
      this.#child.stdin.write(`${JSON.stringify({ op, ...params })}\n`);
      const { value, done } = await this.#answers.next();
      if (done) throw new Error('the oracle ended');
      const reply = JSON.parse(value) as { result?: Result; error?: Failure };
      if (reply.error) throw new OracleError(reply.error);
      return reply.result as Result;
    });
    this.#queue = answer.catch(() => undefined);
    return answer;
  }

  /** Like {@link ask}, but gives an error of the reference back instead of throwing it. */
  async try<Result = unknown>(
    op: string,
    params: Readonly<Record<string, unknown>> = {},
  ): Promise<
    { readonly result: Result; readonly error?: never } | { readonly result?: never; readonly error: Failure }
  > {
    try {
      return { result: await this.ask<Result>(op, params) };
    } catch (error) {
      if (error instanceof OracleError) return { error: error.failure };
      throw error;
    }
  }

  /**
   * Asks one question of many items, a few thousand to a line, and gives an answer for each.
   *
   * @param common - parameters of the whole, such as `configDir`
   */
  async askMany<Result = unknown>(
    op: string,
    items: readonly Readonly<Record<string, unknown>>[],
    common: Readonly<Record<string, unknown>> = {},
  ): Promise<readonly Answer<Result>[]> {
    const answers: Answer<Result>[] = [];
    for (let from = 0; from < items.length; from += itemsALine) {
      const part = items.slice(from, from + itemsALine);
      answers.push(...(await this.ask<Answer<Result>[]>('batch', { ...common, ask: op, items: part })));
    }
    return answers;
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null) return;
    const ended = once(this.#child, 'exit');
    this.#child.stdin.end();
    await ended;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }
}
