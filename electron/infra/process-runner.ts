import { spawn, type ChildProcess } from 'node:child_process';
import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import path from 'node:path';
import { ProcessFailure, type ProcessRequest, type ProcessResult, type ProcessRunner } from '../domain/ports.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const onWindows = process.platform === 'win32';
/** Credentials that are meant for Notation's own command line and never for a program it starts. */
const withheld = ['NOTATION_USERNAME', 'NOTATION_PASSWORD'];

async function isProgram(file: string): Promise<boolean> {
  try {
    await access(file, onWindows ? constants.F_OK : constants.X_OK);
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}

/** Looks only in the absolute folders of PATH, so that no working directory decides what is run; on Windows only for `.exe`. */
async function findInPath(name: string, environment: Environment): Promise<string | undefined> {
  if (path.basename(name) !== name) return undefined;
  const fileName = onWindows && !name.toLowerCase().endsWith('.exe') ? `${name}.exe` : name;
  for (const folder of (environment['PATH'] ?? environment['Path'] ?? '').split(path.delimiter)) {
    const file = path.join(folder, fileName);
    if (path.isAbsolute(folder) && (await isProgram(file))) return file;
  }
  return undefined;
}

/** Collects what a program writes; undefined once it is more than allowed. */
class Output {
  readonly #maxBytes: number;
  readonly #onOverflow: () => void;
  readonly #chunks: Buffer[] = [];
  #length = 0;

  constructor(stream: NodeJS.ReadableStream, maxBytes: number, onOverflow: () => void) {
    this.#maxBytes = maxBytes;
    this.#onOverflow = onOverflow;
    stream.on('data', (chunk: Buffer) => this.#add(chunk));
  }

  #add(chunk: Buffer): void {
    this.#length += chunk.length;
    if (this.#length > this.#maxBytes) this.#onOverflow();
    else this.#chunks.push(chunk);
  }

  get bytes(): Uint8Array {
    return Buffer.concat(this.#chunks);
  }
}

/** Ends a program and whatever it started: on POSIX it leads a process group of its own. */
function kill(child: ChildProcess): void {
  try {
    if (onWindows || child.pid === undefined) child.kill('SIGKILL');
    else process.kill(-child.pid, 'SIGKILL');
  } catch {
    child.kill('SIGKILL');
  }
  child.stdout?.destroy();
  child.stderr?.destroy();
}

async function runProgram(
  program: string,
  request: ProcessRequest,
  environment: Environment,
  signal: AbortSignal,
): Promise<ProcessResult> {
  const env = Object.fromEntries(Object.entries(environment).filter(([name]) => !withheld.includes(name)));
  return await new Promise<ProcessResult>((resolve, reject) => {
    const options = { env, shell: false, windowsHide: true, stdio: 'pipe', detached: !onWindows } as const;
    const child = spawn(program, [...request.args], options);
    const fail = (error: unknown): void => {
      finish();
      kill(child);
      reject(error as Error);
    };
    const onAbort = (): void => fail(signal.reason);
    const timer = setTimeout(
      () =>
        fail(
          new ProcessFailure(
            'timeout',
            `${request.program} took longer than ${request.timeoutMs} ms`,
            request.timeoutMs,
          ),
        ),
      request.timeoutMs,
    );
    const finish = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
    };
    const onOverflow = (): void =>
      fail(
        new ProcessFailure(
          'tooMuchOutput',
          `${request.program} wrote more than ${request.maxOutputBytes} bytes`,
          request.maxOutputBytes,
        ),
      );
    const stdout = new Output(child.stdout, request.maxOutputBytes, onOverflow);
    const stderr = new Output(child.stderr, request.maxOutputBytes, onOverflow);
    signal.addEventListener('abort', onAbort, { once: true });
    child.once('error', (error) => fail(new ProcessFailure('notStarted', error.message)));
    child.once('close', (code) => {
      finish();
      resolve({ exitCode: code ?? -1, stdout: stdout.bytes, stderr: stderr.bytes });
    });
    // A program that does not read its input may end before all of it was written.
    child.stdin.on('error', () => undefined);
    child.stdin.end(request.stdin);
  });
}

/** Runs programs without a shell, with input on stdin, within a time and an amount of output. */
export function createProcessRunner(environment: Environment = process.env): ProcessRunner {
  const find = (name: string): Promise<string | undefined> => findInPath(name, environment);
  return {
    find,
    async run(request, signal) {
      signal.throwIfAborted();
      const program = path.isAbsolute(request.program) ? request.program : await find(request.program);
      if (program === undefined) throw new ProcessFailure('notStarted', `${request.program} was not found`);
      return await runProgram(program, request, environment, signal);
    },
  };
}
