import type { ProcessRequest, ProcessResult, ProcessRunner } from '../domain/ports.ts';

/** What a fake program does with a request: an object to answer in JSON, a whole result, or an error to fail with. */
type Behaviour = (request: unknown, command: string) => object | ProcessResult | Error;

function isResult(value: object): value is ProcessResult {
  return 'exitCode' in value;
}

/** Programs in memory behind the ProcessRunner port, by absolute path; every call is kept. */
export class FakeProcesses implements ProcessRunner {
  readonly calls: ProcessRequest[] = [];
  readonly #programs = new Map<string, Behaviour>();

  put(path: string, behaviour: Behaviour): void {
    this.#programs.set(path, behaviour);
  }

  async find(name: string): Promise<string | undefined> {
    return this.#programs.has(name) ? name : undefined;
  }

  async run(request: ProcessRequest, signal: AbortSignal): Promise<ProcessResult> {
    signal.throwIfAborted();
    this.calls.push(request);
    const behaviour = this.#programs.get(request.program);
    if (!behaviour) throw new Error(`${request.program} is not there`);
    const result = behaviour(JSON.parse(new TextDecoder().decode(request.stdin)), request.args[0] ?? '');
    if (result instanceof Error) throw result;
    if (isResult(result)) return result;
    return { exitCode: 0, stdout: new TextEncoder().encode(JSON.stringify(result)), stderr: new Uint8Array() };
  }
}
