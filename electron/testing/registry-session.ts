import { RegistryClient } from '../domain/registry/registry-client.ts';
import type { Credential, CredentialSource } from '../domain/registry/credential.ts';
import type { RegistryAddress } from '../domain/registry/registry-address.ts';
import { RemoteRepository } from '../domain/registry/remote-repository.ts';
import type { Clock, Http, Random } from '../domain/ports.ts';
import type { FakeRegistry } from './fake-registry.ts';
import { InstantClock } from './instant-clock.ts';

/** A signal that is never aborted. */
export const never: AbortSignal = new AbortController().signal;

/** Bytes that are always the same. */
export const fixedRandom: Random = {
  bytes: (length) => new Uint8Array(length).fill(128),
  uuid: () => '00000000-0000-4000-8000-000000000000',
};

/** Gives one credential to every host, or none. */
export function credentialSource(credential?: Credential): CredentialSource & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    find: (host) => {
      asked.push(host);
      return Promise.resolve(credential && { credential, origin: 'helper' });
    },
  };
}

export interface SessionOptions {
  readonly credentials?: CredentialSource;
  readonly clock?: Clock;
  readonly address?: Partial<RegistryAddress>;
}

/** A client of a fake registry, as the services would open it. */
export function openClient(
  http: Http,
  registry: FakeRegistry,
  { credentials = credentialSource(), clock = new InstantClock(), address = {} }: SessionOptions = {},
): RegistryClient {
  return new RegistryClient(
    http,
    clock,
    { host: registry.host, insecure: true, trustedRealms: [], ...address },
    credentials,
  );
}

/** The repository `app` of a fake registry. */
export function openRepository(http: Http, registry: FakeRegistry, options: SessionOptions = {}): RemoteRepository {
  return new RemoteRepository(openClient(http, registry, options), fixedRandom, 'app');
}
