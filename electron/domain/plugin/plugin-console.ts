import { toWireError } from '../../../shared/errors/app-error.ts';
import type { RecordedPluginCall } from '../../../shared/model/plugin.ts';
import { isSecretName, mask, maskSecrets, secretsOf } from './hide-secrets.ts';
import type { PluginCall } from './plugin-process.ts';

const maxCalls = 100;
const maxTextLength = 16_384;
/** More than this of base64 says nothing to a reader. */
const longBase64 = /^[A-Za-z0-9+/_-]{120,}={0,2}$/;
const shownOfBase64 = 24;

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The same value with secrets masked by the names they go by, and long base64 shortened. */
function toShown(value: unknown, name: string): unknown {
  if (typeof value === 'string') {
    if (isSecretName(name)) return mask;
    return longBase64.test(value) ? `${value.slice(0, shownOfBase64)}… (${value.length})` : value;
  }
  if (Array.isArray(value)) return value.map((item) => toShown(item, name));
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, toShown(member, key)]));
}

function configOf(request: string): Readonly<Record<string, string>> {
  const { pluginConfig } = JSON.parse(request) as { readonly pluginConfig?: Readonly<Record<string, string>> };
  return pluginConfig ?? {};
}

/** What was written, laid out if it is JSON, cut if it is long. Nothing that is a secret in the request is left in it. */
function toText(text: string, secrets: readonly string[]): string {
  let shown: string;
  try {
    shown = JSON.stringify(toShown(JSON.parse(text), ''), null, 2);
  } catch {
    shown = text.slice(0, maxTextLength * 2);
  }
  return maskSecrets(shown, secrets).slice(0, maxTextLength);
}

/** The last calls to plugins, kept in memory without secrets, for whoever wants to see what was asked and answered. */
export class PluginConsole {
  readonly #calls: RecordedPluginCall[] = [];
  #count = 0;

  record(call: PluginCall): void {
    const { plugin, command, startedAt, durationMs, exitCode, error } = call;
    const secrets = secretsOf(configOf(call.request));
    const decoder = new TextDecoder();
    const output = (bytes: Uint8Array): string => toText(decoder.decode(bytes.subarray(0, 4 * 1024 * 1024)), secrets);
    this.#count += 1;
    this.#calls.push({
      id: this.#count,
      plugin,
      command,
      startedAt: startedAt.toISOString(),
      durationMs: Math.round(durationMs),
      ...(exitCode !== undefined && { exitCode }),
      request: toText(call.request, secrets),
      response: output(call.stdout),
      stderr: output(call.stderr),
      ...(error && { problem: toWireError(error) }),
    });
    this.#calls.splice(0, Math.max(0, this.#calls.length - maxCalls));
  }

  /** Newest first. */
  list(plugin?: string): RecordedPluginCall[] {
    return this.#calls.filter((call) => plugin === undefined || call.plugin === plugin).reverse();
  }

  clear(): void {
    this.#calls.length = 0;
  }
}
