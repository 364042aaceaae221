import type { timestampCodes } from '../../../shared/errors/timestamp-codes.ts';
import type { ErrorMessages } from '../catalogs.ts';

export const timestampErrors: Record<keyof typeof timestampCodes, ErrorMessages> = {
  'timestamp.badUrl': {
    title: 'This is not the address of a timestamp authority.',
    cause:
      '{fault, select, scheme {It begins neither with http:// nor with https://} host {It names no host} credentials {It holds a name or password, which would show in settings and commands} other {It is no address}}: {url}',
    next: 'Give an address such as http://timestamp.example.com.',
  },
  'timestamp.badRoot': {
    title: 'This is not the root of a timestamp authority.',
    cause:
      '{fault, select, missing {The file is not there} unreadable {It cannot be read} none {It holds no certificate} several {It holds more than one certificate} notRoot {The certificate is not a self-signed root} notValidNow {The certificate is not valid now} other {{fault}}}: {what}',
    next: 'Give exactly one self-signed root certificate, as PEM or DER.',
  },
  'timestamp.notWithPlugin': {
    title: 'The key “{name}” cannot be used with a timestamp.',
    cause: 'Its plugin makes the whole envelope by itself, and nothing can be added to that.',
    next: 'Sign without a timestamp, or with another key. The plugin may add one of its own: see its settings.',
  },
  'timestamp.unreachable': {
    title: 'The timestamp authority {host} cannot be reached, so nothing was signed.',
    cause: '{cause}',
    next: 'Check the address and the network, or choose another authority. Then sign again.',
  },
  'timestamp.timeout': {
    title: 'The timestamp authority {host} did not answer in time, so nothing was signed.',
    cause: 'It was given {limitMs, number} seconds.',
    next: 'Try again, or choose another authority.',
  },
  'timestamp.badStatus': {
    title: 'The timestamp authority {host} gave no timestamp, so nothing was signed.',
    cause: 'It answered with HTTP status {status, number}; only 200 counts, and no redirect is followed.',
    next: 'Check the address, which is often a path of its own. If it is right, try again later.',
  },
  'timestamp.badContentType': {
    title: '{host} did not answer as a timestamp authority, so nothing was signed.',
    cause: 'Its answer is “{contentType}”; it must be exactly application/timestamp-reply.',
    next: 'Check the address, which is often a path of its own.',
  },
  'timestamp.tooLarge': {
    title: 'The answer of the timestamp authority {host} is too large, so nothing was signed.',
    cause: 'It has {limit, number} bytes or more; a timestamp has a few thousand.',
    next: 'Check the address, or choose another authority.',
  },
  'timestamp.rejected': {
    title: 'The timestamp authority {host} refused, so nothing was signed.',
    cause: '{message}',
    next: 'Try again later, or choose another authority.',
  },
  'timestamp.badAnswer': {
    title: 'The timestamp of {host} is wrong, so nothing was signed.',
    cause: '{message}',
    next: 'Choose another authority. What it sent is not what was asked for, or not what it signed.',
  },
  'timestamp.notTrusted': {
    title: 'The timestamp of {host} does not lead to the root you chose, so nothing was signed.',
    cause: '{subject}: {message}',
    next: 'Get the root certificate from the authority’s own site. If that is right, check this computer’s clock.',
  },
  'timestamp.outsideCertificate': {
    title: 'The timestamp would not fit the signing certificate, so nothing was signed.',
    cause: '{host} says {time}; {subject} is valid from {notBefore} to {notAfter}.',
    next: 'If the certificate was just made, try again in a few seconds. Otherwise one of the two clocks is wrong.',
  },
  'timestamp.revoked': {
    title: 'The certificate of the timestamp authority {host} was revoked, so nothing was signed.',
    cause: '{subject} was revoked by its issuer.',
    next: 'Choose another authority, and tell this one.',
  },
  'timestamp.revocationUnknown': {
    title: 'Whether the timestamp authority {host} was revoked could not be found out, so nothing was signed.',
    cause: 'No server that {subject} names gave a usable answer.',
    next: 'Check the network and try again, or choose another authority.',
  },
};
