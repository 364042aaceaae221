import { CodecError } from '../codec/codec-error.ts';
import { parseBase64 } from '../codec/base64.ts';
import { isJsonObject, memberOf, parseStrictJson, type JsonObject } from '../codec/strict-json.ts';
import { parseUtf8 } from '../codec/utf8.ts';
import type { Credential } from './credential.ts';

/** What a Notation or Docker `config.json` says of registries. Only read, never written. */
export interface CredentialFile {
  readonly auths: ReadonlyMap<string, JsonObject>;
  readonly credHelpers: ReadonlyMap<string, string>;
  readonly credsStore: string | undefined;
  readonly insecureRegistries: readonly string[];
}

export const maxCredentialFileBytes = 1024 * 1024;
const dockerHubKey = 'https://index.docker.io/v1/';

/** The name a registry has in credential files and helpers: its host as typed, with port; for Docker Hub a historical address. */
export function serverNameOf(host: string): string {
  return host === 'docker.io' || host === 'registry-1.docker.io' ? dockerHubKey : host;
}

function objectMember(object: JsonObject, name: string): JsonObject | undefined {
  const value = memberOf(object, name);
  if (value === undefined || value === null) return undefined;
  if (!isJsonObject(value)) throw new CodecError(`${name} is not an object`);
  return value;
}

function textMember(object: JsonObject, name: string): string | undefined {
  const value = memberOf(object, name);
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value !== 'string') throw new CodecError(`${name} is not text`);
  return value;
}

/** @throws CodecError when the file is not what it should be */
export function parseCredentialFile(bytes: Uint8Array): CredentialFile {
  const value = parseStrictJson(bytes, { maxBytes: maxCredentialFileBytes });
  if (!isJsonObject(value)) throw new CodecError('not a JSON object');
  const auths = Object.entries(objectMember(value, 'auths') ?? {}).map(([name, entry]): [string, JsonObject] => {
    if (!isJsonObject(entry)) throw new CodecError(`the entry of ${name} is not an object`);
    return [name, entry];
  });
  const helpers = objectMember(value, 'credHelpers') ?? {};
  const named = Object.keys(helpers).map((name): [string, string] => [name, textMember(helpers, name) ?? '']);
  const insecure = memberOf(value, 'insecureRegistries') ?? [];
  if (!Array.isArray(insecure)) throw new CodecError('insecureRegistries is not a list');
  return {
    auths: new Map(auths),
    credHelpers: new Map(named.filter(([, helper]) => helper !== '')),
    credsStore: textMember(value, 'credsStore'),
    insecureRegistries: insecure.filter((entry): entry is string => typeof entry === 'string'),
  };
}

/** Whether a file configures any authentication, so that no other file is asked. */
export function configuresAuthentication(file: CredentialFile): boolean {
  return file.auths.size > 0 || file.credHelpers.size > 0 || file.credsStore !== undefined;
}

/** The helper a file names for a host. */
export function helperOf(file: CredentialFile, host: string): string | undefined {
  return file.credHelpers.get(serverNameOf(host)) ?? file.credHelpers.get(host) ?? file.credsStore;
}

/** Host of an entry that old programs wrote as an address. */
function hostOfEntry(name: string): string {
  const text = name.startsWith('https://') ? name.slice(8) : name.startsWith('http://') ? name.slice(7) : name;
  return text.split('/')[0] ?? '';
}

/**
 * The credential that stands in the file itself, under exactly this host and port (rule V-21).
 * @throws CodecError when its entry is malformed
 */
export function credentialInFile(file: CredentialFile, host: string): Credential | undefined {
  const server = serverNameOf(host);
  const byHost = (): JsonObject | undefined => [...file.auths].find(([name]) => hostOfEntry(name) === server)?.[1];
  const entry = file.auths.get(server) ?? byHost();
  if (!entry) return undefined;
  const token = textMember(entry, 'identitytoken');
  if (token) return { kind: 'identityToken', token };
  const auth = textMember(entry, 'auth');
  if (auth) return splitAuth(auth);
  const [username, password] = [textMember(entry, 'username'), textMember(entry, 'password')];
  return username && password ? { kind: 'password', username, password } : undefined;
}

function splitAuth(auth: string): Credential {
  const text = parseUtf8(parseBase64(auth));
  const colon = text.indexOf(':');
  if (colon < 1) throw new CodecError('auth is not a user name and a password');
  // Some programs end the password with NUL characters.
  let end = text.length;
  while (end > colon && text.charCodeAt(end - 1) === 0) end -= 1;
  return { kind: 'password', username: text.slice(0, colon), password: text.slice(colon + 1, end) };
}
