import { AppError, isAppError } from '../../../shared/errors/app-error.ts';
import { parseBase64 } from '../codec/base64.ts';
import { CodecError } from '../codec/codec-error.ts';
import { memberOf, type JsonObject, type JsonValue } from '../codec/strict-json.ts';
import { parseCertificate } from '../x509/parse-certificate.ts';
import type { ParsedCertificate } from '../x509/parsed-certificate.ts';
import type { PluginCommand, PluginProcess, PluginRequest } from './plugin-process.ts';

/** More certificates than any envelope may hold. */
const maxChainLength = 100;

/** An answer of a plugin, read member by member; every fault names the plugin, the command and the member. */
export class PluginAnswer {
  readonly #answer: JsonObject;
  readonly #plugin: string;
  readonly #command: PluginCommand;

  private constructor(plugin: string, command: PluginCommand, answer: JsonObject) {
    this.#plugin = plugin;
    this.#command = command;
    this.#answer = answer;
  }

  /** Asks a plugin. @throws AppError `plugin.*`; the signal's reason when aborted */
  static async ask(
    process: PluginProcess,
    command: PluginCommand,
    request: PluginRequest,
    signal: AbortSignal,
  ): Promise<PluginAnswer> {
    return new PluginAnswer(process.name, command, await process.run(command, request, signal));
  }

  refuse(fault: string, cause?: unknown): AppError<'plugin.badAnswer'> {
    const details = { plugin: this.#plugin, command: this.#command, fault: fault.slice(0, 500) };
    return new AppError('plugin.badAnswer', details, { cause });
  }

  member(name: string): JsonValue | undefined {
    return memberOf(this.#answer, name);
  }

  text(name: string): string {
    const value = this.member(name);
    if (typeof value !== 'string') throw this.refuse(`"${name}" is not a text`);
    return value;
  }

  /** Bytes in canonical base64: at least one. */
  bytes(name: string): Uint8Array {
    const bytes = this.#decode(name, this.text(name));
    if (bytes.length === 0) throw this.refuse(`"${name}" is empty`);
    return bytes;
  }

  /** What must come back as it was sent. */
  assertEcho(name: string, sent: string): void {
    const value = this.text(name);
    if (value !== sent)
      throw this.refuse(`"${name}" is ${JSON.stringify(value.slice(0, 200))} and not what was asked for`);
  }

  /** Certificates in base64 of their DER: at least one. */
  chain(name: string): readonly ParsedCertificate[] {
    const list = this.member(name);
    if (!Array.isArray(list) || list.length === 0) throw this.refuse(`"${name}" holds no certificate`);
    if (list.length > maxChainLength) throw this.refuse(`"${name}" holds more than ${maxChainLength} certificates`);
    return list.map((value: JsonValue, position) => {
      const member = `${name}[${position}]`;
      if (typeof value !== 'string') throw this.refuse(`"${member}" is not a text`);
      try {
        return parseCertificate(this.#decode(member, value));
      } catch (error) {
        if (!isAppError(error, 'certificate.malformed')) throw error;
        throw this.refuse(`"${member}" is no certificate: ${error.details.fault}`, error);
      }
    });
  }

  #decode(member: string, text: string): Uint8Array {
    try {
      return parseBase64(text);
    } catch (error) {
      if (error instanceof CodecError) throw this.refuse(`"${member}" is not base64`, error);
      throw error;
    }
  }
}
