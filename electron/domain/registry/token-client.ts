import { AppError } from '../../../shared/errors/app-error.ts';
import { CodecError } from '../codec/codec-error.ts';
import { isJsonObject, memberOf, parseStrictJson, type JsonObject } from '../codec/strict-json.ts';
import { toBasicAuthorization, type Credential } from './credential.ts';
import type { ExchangeRequest, ExchangeResponse, HttpExchange } from './http-exchange.ts';
import type { Operation } from './operation.ts';
import { isLoopback, mayLeadTo, originOf, type RegistryAddress } from './registry-address.ts';

export interface TokenQuestion {
  readonly realm: URL;
  readonly service: string | undefined;
  /** Space-separated, as in the challenge. */
  readonly scope: string;
  readonly credential: Credential | undefined;
}
interface AccessToken {
  readonly token: string;
  readonly lifetimeMs: number;
}

const maxTokenAnswerBytes = 128 * 1024;
const defaultLifetimeMs = 60_000;
/** Public registries whose token server has another host name. */
const knownRealms: Readonly<Record<string, string>> = {
  'docker.io': 'https://auth.docker.io',
  'registry-1.docker.io': 'https://auth.docker.io',
  'registry.gitlab.com': 'https://gitlab.com',
};

/**
 * Whether a challenge's realm may be asked at all, and if the user has a credential, whether it may be given to it (rule V-12): https,
 * or plain HTTP where the registry itself is; never from outside into this machine or its network; a realm on another host than the
 * registry's gets a credential only when the pair is known or the user accepted it.
 * @throws AppError `registry.untrustedRealm`
 */
export function parseRealm(realm: string, address: RegistryAddress, hasCredential: boolean): URL {
  const refuse = (): AppError =>
    new AppError('registry.untrustedRealm', { host: address.host, realm: realm.slice(0, 300) });
  if (!URL.canParse(realm)) throw refuse();
  const url = new URL(realm);
  const home = new URL(originOf(address));
  if (url.username !== '' || url.password !== '' || !mayLeadTo(home, url)) throw refuse();
  if (url.origin === home.origin) return url;
  const isLocalPlain =
    url.protocol === 'http:' && address.insecure && isLoopback(home.hostname) && isLoopback(url.hostname);
  if (url.protocol !== 'https:' && !isLocalPlain) throw refuse();
  const isAccepted =
    url.hostname === home.hostname ||
    ownText(knownRealms, address.host) === url.origin ||
    address.trustedRealms.includes(url.origin);
  if (hasCredential && !isAccepted) throw refuse();
  return url;
}

function ownText(record: Readonly<Record<string, string>>, key: string): string | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

function toRequest(question: TokenQuestion): ExchangeRequest {
  const { realm, service, scope, credential } = question;
  const common = { maxBytes: maxTokenAnswerBytes, what: 'token' };
  if (credential?.kind === 'identityToken') {
    const form = new URLSearchParams({
      grant_type: 'refresh_token',
      client_id: 'notation',
      refresh_token: credential.token,
      ...(service && { service }),
      ...(scope && { scope }),
    });
    const headers = { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' };
    return {
      ...common,
      method: 'POST',
      url: realm.href,
      headers,
      body: Buffer.from(form.toString()),
      mayRepeat: false,
    };
  }
  const url = new URL(realm);
  if (service) url.searchParams.append('service', service);
  for (const part of scope.split(' ')) if (part) url.searchParams.append('scope', part);
  const authorization = credential && toBasicAuthorization(credential.username, credential.password);
  return {
    ...common,
    method: 'GET',
    url: url.href,
    headers: { accept: 'application/json' },
    mayRepeat: true,
    ...(authorization && { authorization }),
  };
}

function parseAnswer(response: ExchangeResponse, host: string): AccessToken {
  const refuse = (fault: string): AppError => new AppError('registry.badAnswer', { host, what: 'token', fault });
  let value: JsonObject;
  try {
    const parsed = parseStrictJson(response.body, { maxBytes: maxTokenAnswerBytes });
    if (!isJsonObject(parsed)) throw refuse('not a JSON object');
    value = parsed;
  } catch (error) {
    if (error instanceof CodecError) throw refuse(error.message);
    throw error;
  }
  const token = memberOf(value, 'token') || memberOf(value, 'access_token');
  const seconds = memberOf(value, 'expires_in');
  if (typeof token !== 'string' || !isHeaderSafe(token)) throw refuse('no token in it');
  const lifetimeMs = typeof seconds === 'number' && seconds > 0 ? seconds * 1000 : defaultLifetimeMs;
  return { token, lifetimeMs };
}

/** Printable ASCII without spaces: nothing that could end a header. */
function isHeaderSafe(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code <= 0x20 || code >= 0x7f) return false;
  }
  return text.length > 0;
}

/**
 * Asks a token server for an access token (distribution's token authentication specification; OAuth 2 for identity tokens).
 * @throws AppError `registry.unauthorized`, `registry.badAnswer`, `registry.refused` and what {@link HttpExchange.send} throws
 */
export async function fetchToken(
  exchange: HttpExchange,
  question: TokenQuestion,
  operation: Operation,
): Promise<AccessToken> {
  const response = await exchange.send(toRequest(question), operation);
  const { host } = question.realm;
  if (response.status === 200) return parseAnswer(response, host);
  const hadCredentials = question.credential !== undefined;
  if ([400, 401, 403].includes(response.status)) throw new AppError('registry.unauthorized', { host, hadCredentials });
  if (response.status >= 500)
    throw new AppError('registry.serverError', { host, status: response.status, what: 'token' });
  throw new AppError('registry.refused', { host, status: response.status, what: 'token', answer: '' });
}
