import type { registryCodes } from '../../../shared/errors/registry-codes.ts';
import type { ErrorMessages } from '../catalogs.ts';

export const registryErrors: Record<keyof typeof registryCodes, ErrorMessages> = {
  'registry.sourceNotFound': {
    title: 'This source is no longer in the list.',
    cause: 'It was removed, here or in another window.',
    next: 'Choose another one at the left, or add it again.',
  },
  'registry.sourceExists': {
    title: '“{name}” is in the list already.',
    cause: 'Each registry and each layout stands in the list once.',
    next: 'Open it at the left; its settings can be changed there.',
  },
  'registry.badHost': {
    title: '“{host}” is not a registry’s host.',
    cause: 'A host is a name or address, with a port where needed, without scheme and path: ghcr.io, localhost:5000.',
    next: 'Correct it. A path such as /acme belongs to the repository.',
  },
  'registry.badReference': {
    title: '“{text}” is not a reference.',
    cause: '{fault}',
    next: 'Write it as registry/repository:tag or registry/repository@sha256:…',
  },
  'registry.unreachable': {
    title: '{host} cannot be reached.',
    cause: 'The registry may be stopped, the name misspelt, or the network down (“{cause}”).',
    next: 'Start the registry or check the name and the network, then try again.',
  },
  'registry.closedUnanswered': {
    title: '{host} closed the connection without an answer.',
    cause:
      '{scheme, select, http {Inkan spoke plain HTTP. Most likely this port expects TLS (HTTPS).} other {The connection ended during or after the TLS handshake: the registry may be restarting, or a proxy in between refuses it.}}',
    next: '{scheme, select, http {Choose “Always HTTPS” in the settings of this source. If it should speak HTTP, look into the log of the registry.} other {Try again; if it goes on, look into the logs of the registry and the proxy.}}',
  },
  'registry.proxyRefused': {
    title: 'The proxy does not let Inkan through to {host}.',
    cause:
      'It answered: {answer}. 407 means that it wants a name and a password, 403 that it does not allow this host.',
    next: 'Inkan keeps no password of a proxy: start it with HTTPS_PROXY or HTTP_PROXY set to http://name:password@proxy:port, or ask whoever runs the proxy.',
  },
  'registry.timeout': {
    title: '{host} did not answer in time.',
    cause:
      'Waited {limitMs, number} s for {stage, select, connect {the connection} firstByte {the answer to begin} idle {the answer to go on} other {the whole answer}}.',
    next: 'Try again. If a proxy stands between, check it.',
  },
  'registry.tls': {
    title: '{host} could not prove who it is.',
    cause:
      'TLS failed: {cause}. Its certificate may come from a private authority, be out of date or be for another name.',
    next: 'If the registry has its own authority, give its CA certificate in the settings of this source.',
  },
  'registry.spokeHttp': {
    title: '{host} speaks plain HTTP.',
    cause: 'Inkan asked over HTTPS, as the rule or the settings of this source say, and got an unencrypted answer.',
    next: 'Only if you trust the network to it: choose plain HTTP in the settings of this source.',
  },
  'registry.spokeHttps': {
    title: '{host} speaks HTTPS.',
    cause: 'Inkan asked over plain HTTP, as the rule or the settings of this source say.',
    next: 'Choose HTTPS in the settings of this source.',
  },
  'registry.unauthorized': {
    title: '{host} wants a login.',
    cause:
      '{hadCredentials, select, true {The saved credentials were not accepted; they may have expired.} other {No credentials are saved for it.}}',
    next: 'Log in at this source, or with notation login {host}.',
  },
  'registry.loginRefused': {
    title: '{host} did not accept this login.',
    cause: 'The user name, the password or the token is wrong, or has expired.',
    next: 'Type them again. Some registries want an access token in place of the password.',
  },
  'registry.forbidden': {
    title: '{host} does not allow this.',
    cause: 'The account is known but may not use {what}.',
    next: 'Log in with another account, or ask for the permission.',
  },
  'registry.notFound': {
    title: 'There is no {what} in {host}.',
    cause: 'It was deleted or never there; some registries answer the same when the account may not see it.',
    next: 'Check the name, or log in.',
  },
  'registry.tooManyRequests': {
    title: '{host} asks for a pause.',
    cause:
      'It answered 429, too many requests. {retryAfterMs, plural, =0 {It did not say how long to wait.} other {It asks to wait # s.}}',
    next: 'Wait a little and try again; logging in often raises the limit.',
  },
  'registry.serverError': {
    title: '{host} failed.',
    cause: 'It answered {status, number} for {what}: the fault is on its side.',
    next: 'Try again later. Its log tells more.',
  },
  'registry.refused': {
    title: '{host} refused {what}.',
    cause: 'It answered {status, number}: {answer}',
    next: 'Read its answer; it may not support this, or not allow it.',
  },
  'registry.badAnswer': {
    title: '{host} answered something that is not registry protocol.',
    cause: '{what}: {fault}',
    next: 'Check that the address is a registry and not a web page or proxy.',
  },
  'registry.digestMismatch': {
    title: 'What was received is not what was asked for.',
    cause: 'It should be {wanted}, but its content is {received}. It was damaged or exchanged; it was not used.',
    next: 'Try again. If it stays so, do not trust this registry.',
  },
  'registry.sizeMismatch': {
    title: 'What was received has the wrong size.',
    cause: '{what} should have {wanted, number} bytes and has {received, number}. It was not used.',
    next: 'Try again. If it stays so, do not trust this registry.',
  },
  'registry.truncated': {
    title: 'The answer of {host} broke off.',
    cause: '{what} ended before it was whole. It was not used.',
    next: 'Try again.',
  },
  'registry.tooLarge': {
    title: '{what} is too large to read.',
    cause: 'Inkan reads at most {limit, number} bytes of it, so that nobody can fill the memory.',
    next: 'Look at it with another tool, if you trust it.',
  },
  'registry.badRedirect': {
    title: '{host} sent Inkan somewhere it does not go.',
    cause: 'To {target}: {fault}',
    next: 'If this registry is yours, check how it is set up behind its proxy.',
  },
  'registry.badChallenge': {
    title: '{host} asks for a login in a way Inkan does not understand.',
    cause: '{fault}',
    next: 'Check that the address is a registry.',
  },
  'registry.untrustedRealm': {
    title: '{host} wanted the password sent elsewhere.',
    cause: 'Its login goes to {realm}, which is not a place for the credentials of this host. Nothing was sent.',
    next: 'If you know that the two belong together, trust that address for this registry on its page; it has to be https. Otherwise be careful.',
  },
  'registry.webPage': {
    title: '{host} answered with a web page, not with a manifest.',
    cause:
      'Asked for {what}, it gave HTML. Most likely this is not a registry but a website, a login page or a proxy that stands before one.',
    next: 'Check the host: many registries have another name than their website. On a network with a login page, log in there first.',
  },
  'registry.badManifest': {
    title: '{what} is not a sound manifest.',
    cause: '{fault}',
    next: 'Whoever pushed it has to push it anew.',
  },
  'registry.staleIndexKept': {
    title: 'Signed, but an outdated list of signatures stays at {host}.',
    cause: 'The registry did not remove the replaced list {digest} (status {status}).',
    next: 'Nothing is wrong with the signature. The registry’s garbage collection may remove the old list.',
  },
  'registry.noCredentialHelper': {
    title: 'There is no safe place for the password.',
    cause: 'No credential helper is set up, and Inkan does not write passwords into files.',
    next: 'Install a docker-credential helper for your system, or log in with notation login {host}.',
  },
  'registry.credentialHelperFailed': {
    title: 'The credential helper “{helper}” failed.',
    cause: '{fault}',
    next: 'Check that docker-credential-{helper} works in a terminal, and that the key ring is unlocked.',
  },
  'registry.badCredentialFile': {
    title: 'The credential file cannot be read.',
    cause: '{file}: {fault}',
    next: 'Repair the file; Inkan does not change it.',
  },
  'layout.notALayout': {
    title: '“{path}” is not an OCI image layout.',
    cause: '{fault}',
    next: 'Choose the folder that holds oci-layout and index.json.',
  },
  'layout.unreadable': {
    title: 'The layout “{path}” cannot be read.',
    cause: '{fault}',
    next: 'Check that the folder is there and that you may read it.',
  },
};
