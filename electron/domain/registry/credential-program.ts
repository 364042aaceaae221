import { AppError } from '../../../shared/errors/app-error.ts';
import { CodecError } from '../codec/codec-error.ts';
import { isJsonObject, memberOf, parseStrictJson } from '../codec/strict-json.ts';
import { toUtf8 } from '../codec/utf8.ts';
import type { ProcessResult, ProcessRunner } from '../ports.ts';
import type { Credential } from './credential.ts';
import { serverNameOf } from './credential-file.ts';

const timeoutMs = 30_000;
const maxOutputBytes = 128 * 1024;
/** User name that marks a secret as an identity token. */
const tokenUser = '<token>';

function isHelperName(name: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(name);
}

/** The program `docker-credential-<name>`: host or credential on stdin, answer on stdout, nothing in arguments. */
export class CredentialHelper {
  readonly name: string;
  readonly #processes: ProcessRunner;

  constructor(processes: ProcessRunner, name: string) {
    this.#processes = processes;
    this.name = name;
  }

  /** The credential of a host; undefined when the helper has none. @throws AppError `registry.credentialHelperFailed` */
  async get(host: string, signal: AbortSignal): Promise<Credential | undefined> {
    const result = await this.#run('get', toUtf8(serverNameOf(host)), host, signal);
    const output = Buffer.from(result.stdout);
    if (result.exitCode !== 0) {
      if (output.toString('utf8').includes('credentials not found')) return undefined;
      throw this.#failed(host, faultOf(result));
    }
    try {
      const value = parseStrictJson(result.stdout, { maxBytes: maxOutputBytes });
      const [username, secret] = isJsonObject(value) ? [memberOf(value, 'Username'), memberOf(value, 'Secret')] : [];
      if (typeof username !== 'string' || typeof secret !== 'string')
        throw new CodecError('Username or Secret is missing');
      if (secret === '') return undefined;
      return username === tokenUser
        ? { kind: 'identityToken', token: secret }
        : { kind: 'password', username, password: secret };
    } catch (error) {
      if (error instanceof CodecError) throw this.#failed(host, `its answer is malformed: ${error.message}`);
      throw error;
    }
  }

  /** @throws AppError `registry.credentialHelperFailed` */
  async store(host: string, credential: Credential, signal: AbortSignal): Promise<void> {
    const [username, secret] =
      credential.kind === 'password' ? [credential.username, credential.password] : [tokenUser, credential.token];
    const input = JSON.stringify({ ServerURL: serverNameOf(host), Username: username, Secret: secret });
    const result = await this.#run('store', toUtf8(input), host, signal);
    if (result.exitCode !== 0) throw this.#failed(host, faultOf(result));
  }

  /** Removes what is stored for a host, if anything is. @throws AppError `registry.credentialHelperFailed` */
  async erase(host: string, signal: AbortSignal): Promise<void> {
    const result = await this.#run('erase', toUtf8(serverNameOf(host)), host, signal);
    if (result.exitCode === 0 || Buffer.from(result.stdout).toString('utf8').includes('credentials not found')) return;
    throw this.#failed(host, faultOf(result));
  }

  async #run(
    verb: 'get' | 'store' | 'erase',
    stdin: Uint8Array,
    host: string,
    signal: AbortSignal,
  ): Promise<ProcessResult> {
    if (!isHelperName(this.name)) throw this.#failed(host, 'its name is not that of a program');
    const request = { program: `docker-credential-${this.name}`, args: [verb], stdin, timeoutMs, maxOutputBytes };
    try {
      return await this.#processes.run(request, signal);
    } catch (error) {
      signal.throwIfAborted();
      throw this.#failed(host, error instanceof Error ? error.message.slice(0, 200) : 'it could not be started');
    }
  }

  #failed(host: string, fault: string): AppError {
    return new AppError('registry.credentialHelperFailed', { host, helper: this.name.slice(0, 100), fault });
  }
}

/** Helpers tell on stdout or stderr why they failed. */
function faultOf(result: ProcessResult): string {
  const text = [result.stdout, result.stderr].map((bytes) => Buffer.from(bytes).toString('utf8').trim()).find(Boolean);
  return (text ?? `it ended with status ${result.exitCode}`).slice(0, 200);
}
