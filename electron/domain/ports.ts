import type { AppError } from '../../shared/errors/app-error.ts';

/** What the domain needs of the world. Adapters stand in `infra/`; fakes in `testing/`. */

/** The time, and waiting. All durations in milliseconds. */
export interface Clock {
  now(): Date;
  /** Milliseconds that never jump; for measuring and deadlines. */
  monotonicMs(): number;
  /** Resolves after the time, rejects with the signal's reason when aborted first. */
  sleep(durationMs: number, signal?: AbortSignal): Promise<void>;
}

export interface Random {
  bytes(length: number): Uint8Array;
  uuid(): string;
}

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';
/** Takes facts, never secrets; the adapter redacts what slips through (security rule V-22). */
export interface Logger {
  log(level: LogLevel, message: string, fields?: Readonly<Record<string, unknown>>): void;
}

/** One HTTP exchange: no redirect is followed, no credential added, nothing decoded. */
export interface HttpRequest {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  /** PEM of the only CA that is trusted for this host, beside the system's. */
  readonly customCaPem?: string;
  readonly proxy?: string;
  /** `public`: an address that only this machine or its network can reach is not connected to (rule O-09). Default `any`. */
  readonly addresses?: 'any' | 'public';
  /** Whole exchange including the body, in milliseconds; connect, first-byte and idle limits are the adapter's. */
  readonly deadlineMs: number;
}
export interface HttpResponse {
  readonly status: number;
  /** What the server says its status means; absent where it says nothing. */
  readonly statusText?: string;
  /** Lower-case names; repeated headers joined by `, `. */
  readonly headers: Readonly<Record<string, string>>;
  /** The body in chunks, read at most once. */
  readonly body: AsyncIterable<Uint8Array>;
  /** Ends the exchange without reading the rest. */
  discard(): void;
}
/** What can go wrong below HTTP, so that the client can name it. */
export class HttpFailure extends Error {
  override readonly name = 'HttpFailure';
  readonly kind:
    | 'refused'
    | 'reset'
    | 'dns'
    | 'privateAddress'
    | 'timeout'
    | 'tls'
    | 'spokeHttp'
    | 'spokeHttps'
    | 'badHeaders'
    | 'proxyRefused'
    | 'other';
  /** For a time-out: `connect`, `firstByte`, `idle` or `whole`. */
  readonly stage: string;
  readonly limitMs: number;
  constructor(
    kind: HttpFailure['kind'],
    message: string,
    options?: { cause?: unknown; stage?: string; limitMs?: number },
  ) {
    super(message, options);
    this.kind = kind;
    this.stage = options?.stage ?? '';
    this.limitMs = options?.limitMs ?? 0;
  }
}
export interface Http {
  /** @throws HttpFailure; the signal's reason when aborted. */
  send(request: HttpRequest, signal: AbortSignal): Promise<HttpResponse>;
}

/** Bytes of a file and the SHA-256 (lower-case hex) that names this state of it. */
export interface FileState {
  readonly bytes: Uint8Array;
  readonly revision: string;
}
/** The revision of a file that is not there. */
export const ABSENT = 'absent';
export interface FileStat {
  readonly kind: 'file' | 'directory' | 'symlink' | 'other';
  readonly size: number;
  /** Permission bits, 0 on systems without them. */
  readonly mode: number;
  readonly ownedByUser: boolean;
}
export interface ReadOptions {
  /** More is refused. */
  readonly maxBytes?: number;
  /** Keeps the bytes in memory, to be given again for as long as the file is seen to be unchanged. Never for secrets. */
  readonly remember?: boolean;
}
/** A file of a folder, or why it could not be read. */
export type FolderFile = { readonly name: string } & ({ readonly state: FileState } | { readonly error: AppError });
export interface WriteOptions {
  /** Permission bits from the moment the file exists. Default 0o600. */
  readonly mode?: number;
  /** Write only if the file is still at this revision ({@link ABSENT} for "must not exist"). */
  readonly ifRevision?: string;
}
/**
 * A folder and what is under it. Paths are relative, `/`-separated, checked part by part; symlinks are never followed.
 * @throws AppError `file.*`
 */
export interface Directory {
  /** Absolute path, for display and for files that name others by path. */
  readonly path: string;
  /** Undefined when there is no such file. Refuses symlinks, directories and special files (`file.notRegular`). */
  read(path: string, options?: ReadOptions): Promise<FileState | undefined>;
  /** Every entry of a folder as {@link read} would give it, sorted by name; undefined when there is no such folder. */
  readFolder(path: string, options?: ReadOptions): Promise<readonly FolderFile[] | undefined>;
  /** Atomic: sibling temporary file, fsync, rename, fsync of the folder. Missing folders are made 0700. Gives the new revision. */
  write(path: string, bytes: Uint8Array, options?: WriteOptions): Promise<string>;
  /** Names in a folder (`''` for this one), sorted; undefined when there is no such folder. Refuses a symlinked folder. */
  list(path: string): Promise<readonly string[] | undefined>;
  /** What stands at a path, `''` for this folder itself; undefined when nothing does. */
  stat(path: string): Promise<FileStat | undefined>;
  /** Removes one file; whether it was there. */
  remove(path: string): Promise<boolean>;
  /** Removes a folder if it is empty; whether it was removed. */
  removeEmptyFolder(path: string): Promise<boolean>;
  /** Runs a task while no other Inkan process or task holds this name (`file.busy` after 5 s). */
  withLock<T>(name: string, task: () => Promise<T>): Promise<T>;
  /** Tells of changes under the folder within a second, until stopped. */
  watch(onChange: (path: string) => void): { stop(): void };
}

/** A file that grows at its end and may be read anywhere; only the user may read it, and it goes with the process. */
export interface SpoolFile {
  append(bytes: Uint8Array): Promise<void>;
  /** At most `length` bytes from `offset`; fewer at the end. */
  read(offset: number, length: number): Promise<Uint8Array>;
  /** Closes and removes it; a second time does nothing. */
  remove(): Promise<void>;
}
/** Makes temporary files in Inkan's own directory. @throws AppError `file.noSpace`, `file.notWritten`, `file.unreadable` */
export interface Spool {
  create(): Promise<SpoolFile>;
}

/** A file that the user chose, anywhere on the computer, read by offset and never changed. */
export interface FileReader {
  /** Absolute path, for display. */
  readonly path: string;
  /**
   * Its size, a mark that is another one after every change of it, and its permission bits where there are any; undefined when there
   * is no such file.
   * @throws AppError `file.notRegular`, `file.unreadable`
   */
  look(): Promise<{ readonly size: number; readonly mark: string; readonly mode: number | undefined } | undefined>;
  /** Bytes from an offset; fewer than asked for only at the end. @throws AppError `file.notRegular`, `file.unreadable` */
  read(offset: number, length: number): Promise<Uint8Array>;
}

/** A file that is to be made, of a relative, `/`-separated path. */
export interface NewFile {
  readonly path: string;
  /** Permission bits. */
  readonly mode: number;
  content(): AsyncIterable<Uint8Array>;
}
/**
 * Makes files and folders at absolute paths, so that they are there whole or not at all. What the contents throw is passed on, and
 * nothing stays behind.
 * @throws AppError `file.noSpace`, `file.notWritten`, `file.notRegular`, `file.badName`
 */
export interface Placer {
  /** Makes a file, or replaces one. */
  placeFile(path: string, content: AsyncIterable<Uint8Array>): Promise<void>;
  /** Makes a folder for the user alone, under a name that says that it is unfinished; gives its path. */
  stageFolder(parent: string, files: AsyncIterable<NewFile>): Promise<string>;
  /** Makes a folder; with `replace`, one that is there is kept until the new one has its name. */
  placeFolder(
    path: string,
    files: AsyncIterable<NewFile>,
    options: { readonly mode: number; readonly replace: boolean },
  ): Promise<void>;
  /** Takes a folder away with everything in it; what links in it point to is not touched. */
  removeFolder(path: string): Promise<void>;
  /** Puts back what dead processes of Inkan moved aside in a folder, and takes away what they left unfinished. */
  recover(parent: string): Promise<void>;
}

export interface ProcessRequest {
  /** Absolute path, or a bare name looked up in PATH by the adapter's own rule. */
  readonly program: string;
  readonly args: readonly string[];
  readonly stdin: Uint8Array;
  readonly timeoutMs: number;
  readonly maxOutputBytes: number;
}
export interface ProcessResult {
  readonly exitCode: number;
  readonly stdout: Uint8Array;
  readonly stderr: Uint8Array;
}
/** Why a program gave no result. */
export class ProcessFailure extends Error {
  override readonly name = 'ProcessFailure';
  readonly kind: 'notStarted' | 'timeout' | 'tooMuchOutput';
  /** Milliseconds or bytes; 0 for a program that did not start. */
  readonly limit: number;
  constructor(kind: ProcessFailure['kind'], message: string, limit = 0) {
    super(message);
    this.kind = kind;
    this.limit = limit;
  }
}
export interface ProcessRunner {
  /** Where a bare program name would be found, or undefined. */
  find(name: string): Promise<string | undefined>;
  /**
   * Runs a program to its end. What takes too long, writes too much or is cancelled is killed with all that it started.
   * @throws ProcessFailure; the signal's reason when aborted
   */
  run(request: ProcessRequest, signal: AbortSignal): Promise<ProcessResult>;
}
