/** What identifies the user to a registry. An identity token is exchanged for access tokens and is never sent to the registry itself. */
export type Credential =
  | { readonly kind: 'password'; readonly username: string; readonly password: string }
  | { readonly kind: 'identityToken'; readonly token: string };

export type CredentialOrigin = 'notationConfig' | 'dockerConfig' | 'helper';
export interface FoundCredential {
  readonly credential: Credential;
  readonly origin: CredentialOrigin;
}

/** Looks up the credential of exactly one registry host. */
export interface CredentialSource {
  /** @throws AppError `registry.badCredentialFile`, `registry.credentialHelperFailed` */
  find(host: string, signal: AbortSignal): Promise<FoundCredential | undefined>;
}

/** Value of an `Authorization` header for the Basic scheme (RFC 7617). */
export function toBasicAuthorization(username: string, password: string): string {
  return `Basic ${Buffer.from(`${username}:${password}`, 'utf8').toString('base64')}`;
}
