import { AppError } from '../../../shared/errors/app-error.ts';
import { CodecError } from '../codec/codec-error.ts';
import { isJsonObject, memberOf, parseStrictJson, type JsonObject } from '../codec/strict-json.ts';
import { toUtf8 } from '../codec/utf8.ts';
import { maskSecrets, secretsOf } from './hide-secrets.ts';
import { ProcessFailure, type Clock, type ProcessResult, type ProcessRunner } from '../ports.ts';

export type PluginCommand =
  'get-plugin-metadata' | 'describe-key' | 'generate-signature' | 'generate-envelope' | 'verify-signature';

/** A call as it happened, for the console. Holds what was sent and received: nobody shows it before secrets were taken out. */
export interface PluginCall {
  readonly plugin: string;
  readonly command: PluginCommand;
  readonly startedAt: Date;
  readonly durationMs: number;
  /** Undefined when it was not started, or was ended. */
  readonly exitCode?: number;
  readonly request: string;
  readonly stdout: Uint8Array;
  readonly stderr: Uint8Array;
  /** Undefined when it gave an answer. */
  readonly error?: AppError;
}

/** What running a plugin takes. */
export interface PluginHost {
  readonly processes: ProcessRunner;
  readonly clock: Clock;
  readonly observe?: (call: PluginCall) => void;
  /** Milliseconds for `get-plugin-metadata`, and for every other command. The reference waits for ever. */
  readonly limits?: { readonly metadataMs: number; readonly callMs: number };
}

/** What a plugin is asked; the configuration is where secrets are. */
export type PluginRequest = Readonly<Record<string, unknown>> & {
  readonly pluginConfig?: Readonly<Record<string, string>>;
};

/** A program that speaks the plugin contract. */
export interface PluginProcess {
  readonly name: string;
  /** Asks it one thing. @throws AppError `plugin.*`; the signal's reason when aborted */
  run(command: PluginCommand, request: PluginRequest, signal: AbortSignal): Promise<JsonObject>;
}

/** The reference reads no more of what a plugin writes. */
const maxOutputBytes = 64 * 1024 * 1024;
const defaultLimits = { metadataMs: 30_000, callMs: 300_000 };
const maxMessageLength = 2000;

type Call = { readonly plugin: string; readonly command: PluginCommand };

function toFailure(error: ProcessFailure, call: Call): AppError {
  switch (error.kind) {
    case 'timeout':
      return new AppError('plugin.timeout', { ...call, limitMs: error.limit });
    case 'tooMuchOutput':
      return new AppError('plugin.tooMuchOutput', { ...call, limit: error.limit });
    case 'notStarted':
      return new AppError('plugin.notStarted', { ...call, cause: error.message.slice(0, 200) });
  }
}

/** What a plugin that ended badly says for itself: `{errorCode, errorMessage}`, else whatever it wrote. */
function toRefusal({ exitCode, stderr }: ProcessResult, call: Call, secrets: readonly string[]): AppError {
  const text = maskSecrets(new TextDecoder().decode(stderr.subarray(0, 65_536)), secrets);
  const refuse = (pluginCode: string, message: string) =>
    new AppError('plugin.failed', {
      ...call,
      pluginCode: pluginCode.slice(0, 100),
      message: message.trim().slice(0, maxMessageLength),
    });
  try {
    const answer = parseStrictJson(text, { maxBytes: 65_536 });
    const [code, message] = isJsonObject(answer)
      ? [memberOf(answer, 'errorCode'), memberOf(answer, 'errorMessage')]
      : [];
    if (typeof code === 'string' && code !== '') return refuse(code, typeof message === 'string' ? message : '');
  } catch (error) {
    if (!(error instanceof CodecError)) throw error;
  }
  return refuse('ERROR', text.trim() === '' ? `it ended with status ${exitCode} and said nothing` : text);
}

function parseAnswer({ stdout }: ProcessResult, call: Call): JsonObject {
  const refuse = (fault: string, cause?: unknown) => new AppError('plugin.badAnswer', { ...call, fault }, { cause });
  try {
    const answer = parseStrictJson(stdout, { maxBytes: maxOutputBytes });
    if (isJsonObject(answer)) return answer;
  } catch (error) {
    if (error instanceof CodecError) throw refuse(`its answer is not JSON: ${error.message.slice(0, 200)}`, error);
    throw error;
  }
  throw refuse('its answer is not a JSON object');
}

/**
 * A plugin's program behind the contract `1.0` (plugin extensibility specification, "Plugin contract"): the request on its standard
 * input, its answer within a time and an amount of output, in strict JSON.
 *
 * @param program - absolute path; whoever gives it has checked that it is a plugin's
 */
export function createPluginProcess(host: PluginHost, name: string, program: string): PluginProcess {
  const { processes, clock, observe, limits = defaultLimits } = host;
  return {
    name,
    async run(command, request, signal) {
      const call = { plugin: name, command };
      const text = JSON.stringify(request);
      const startedAt = clock.now();
      const startMs = clock.monotonicMs();
      let result: ProcessResult | undefined;
      const tell = (error?: AppError): void =>
        observe?.({
          ...call,
          startedAt,
          durationMs: clock.monotonicMs() - startMs,
          request: text,
          stdout: result?.stdout ?? new Uint8Array(),
          stderr: result?.stderr ?? new Uint8Array(),
          ...(result && { exitCode: result.exitCode }),
          ...(error && { error }),
        });
      try {
        const timeoutMs = command === 'get-plugin-metadata' ? limits.metadataMs : limits.callMs;
        result = await processes.run(
          { program, args: [command], stdin: toUtf8(text), timeoutMs, maxOutputBytes },
          signal,
        );
        if (result.exitCode !== 0) throw toRefusal(result, call, secretsOf(request.pluginConfig ?? {}));
        const answer = parseAnswer(result, call);
        tell();
        return answer;
      } catch (error) {
        const known = error instanceof ProcessFailure ? toFailure(error, call) : error;
        tell(known instanceof AppError ? known : new AppError('rpc.cancelled', {}));
        throw known;
      }
    },
  };
}
