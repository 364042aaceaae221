import { AppError } from '../../../shared/errors/app-error.ts';
import { CodecError } from '../codec/codec-error.ts';
import type { Clock } from '../ports.ts';
import { toBasicAuthorization, type CredentialOrigin, type CredentialSource } from './credential.ts';
import type { HttpExchange } from './http-exchange.ts';
import type { Operation } from './operation.ts';
import { parseChallenges, type Challenge } from './parse-challenge.ts';
import type { RegistryAddress } from './registry-address.ts';
import { fetchToken, parseRealm } from './token-client.ts';

const earlyMs = 10_000;
const maxTokens = 1000;

/** What a registry is known to ask for. */
export type AuthenticationScheme = 'none' | 'basic' | 'bearer';

/** Answers one registry's challenges and remembers what worked: the Basic header, and access tokens by scope, for this process only. */
export class Authorizer {
  readonly #exchange: HttpExchange;
  readonly #clock: Clock;
  readonly #address: RegistryAddress;
  readonly #credentials: CredentialSource;
  readonly #tokens = new Map<string, { readonly header: string; readonly endsAtMs: number }>();
  #basic: string | undefined;
  #scheme: AuthenticationScheme = 'none';
  #origin: CredentialOrigin | 'none' = 'none';

  constructor(exchange: HttpExchange, clock: Clock, address: RegistryAddress, credentials: CredentialSource) {
    this.#exchange = exchange;
    this.#clock = clock;
    this.#address = address;
    this.#credentials = credentials;
  }

  /** The scheme of the last challenge answered. */
  get scheme(): AuthenticationScheme {
    return this.#scheme;
  }

  /** Where the credential in use came from. */
  get origin(): CredentialOrigin | 'none' {
    return this.#origin;
  }

  /** An `Authorization` header that should do for a scope without being asked. */
  known(scope: string): string | undefined {
    const token = this.#tokens.get(scope);
    if (token && token.endsAtMs > this.#clock.monotonicMs()) return token.header;
    return this.#basic;
  }

  /**
   * The `Authorization` header that answers a 401; undefined when there is no credential to answer with.
   * @throws AppError `registry.badChallenge`, `registry.untrustedRealm`, `registry.unauthorized` and what looking up a credential throws
   */
  async answer(header: string | undefined, scope: string, operation: Operation): Promise<string | undefined> {
    this.#basic = undefined;
    this.#tokens.delete(scope);
    const challenge = this.#chooseChallenge(header);
    this.#scheme = challenge.scheme === 'bearer' ? 'bearer' : 'basic';
    const found = await this.#credentials.find(this.#address.host, operation.signal);
    this.#origin = found?.origin ?? 'none';
    const credential = found?.credential;
    if (challenge.scheme === 'basic') {
      if (credential?.kind !== 'password') return undefined;
      this.#basic = toBasicAuthorization(credential.username, credential.password);
      return this.#basic;
    }
    const realm = parseRealm(challenge.parameters.get('realm') ?? '', this.#address, credential !== undefined);
    const question = {
      realm,
      service: challenge.parameters.get('service'),
      scope: challenge.parameters.get('scope') ?? scope,
      credential,
    };
    const { token, lifetimeMs } = await fetchToken(this.#exchange, question, operation);
    const bearer = `Bearer ${token}`;
    if (this.#tokens.size >= maxTokens) this.#tokens.clear();
    this.#tokens.set(scope, { header: bearer, endsAtMs: this.#clock.monotonicMs() + lifetimeMs - earlyMs });
    return bearer;
  }

  #chooseChallenge(header: string | undefined): Challenge {
    const refuse = (fault: string): AppError =>
      new AppError('registry.badChallenge', { host: this.#address.host, fault });
    if (header === undefined) throw refuse('401 without a challenge');
    try {
      const challenges = parseChallenges(header);
      const chosen =
        challenges.find(({ scheme }) => scheme === 'bearer') ?? challenges.find(({ scheme }) => scheme === 'basic');
      if (!chosen) throw refuse('neither Basic nor Bearer');
      return chosen;
    } catch (error) {
      if (error instanceof CodecError) throw refuse(error.message);
      throw error;
    }
  }
}
