import type { signatureCodes } from '../../../shared/errors/signature-codes.ts';
import type { ErrorMessages } from '../catalogs.ts';

export const signatureErrors: Record<keyof typeof signatureCodes, ErrorMessages> = {
  'envelope.malformed': {
    title: 'The signature envelope cannot be read.',
    cause: '{fault}',
    next: 'It was damaged or made by a faulty tool. Sign again.',
  },
  'envelope.unsupportedFormat': {
    title: 'The envelope has a format Inkan does not know.',
    cause: 'Its media type is {mediaType}; Notation uses application/jose+json and application/cose.',
    next: 'Look at it with the tool that made it.',
  },
  'envelope.tooLarge': {
    title: 'The envelope is too large to read.',
    cause: 'It has {size, number} bytes; at most {limit, number} are read.',
    next: 'A Notation signature is a few kilobytes. Do not trust this one.',
  },
  'envelope.badSignatureManifest': {
    title: 'This is not a sound signature manifest.',
    cause: '{fault}',
    next: 'It was damaged or made by a faulty tool. Sign again.',
  },
  'certificate.malformed': {
    title: 'This is not a certificate that can be read.',
    cause: '{fault}',
    next: 'Give X.509 certificates as PEM (BEGIN CERTIFICATE) or DER.',
  },
  'certificate.ruleBroken': {
    title: 'The certificate breaks a rule of the specification.',
    cause: '{subject}: {message}',
    next: 'Use a certificate that keeps the rules for signing; under Keys each rule is shown.',
  },
  'sign.keyNotFound': {
    title: 'There is no key named “{name}”.',
    cause: 'It was taken off the list, here or with notation key delete.',
    next: 'Choose another key.',
  },
  'sign.noDefaultKey': {
    title: 'There is no default key.',
    cause: 'No key was named, and the list marks none as the default.',
    next: 'Choose a key, or make one under Keys and certificates.',
  },
  'sign.keyUnusable': {
    title: 'The key “{name}” cannot sign.',
    cause: '{fault}',
    next: 'Choose another key, or mend this one under Keys and certificates.',
  },
  'sign.reservedMetadata': {
    title: '“{key}” cannot be used as metadata.',
    cause: 'Names that begin with io.cncf.notary are reserved by the specification.',
    next: 'Choose another name.',
  },
  'sign.badMetadata': {
    title: 'The metadata “{key}” cannot be signed.',
    cause: '{fault}',
    next: 'Correct it and sign again.',
  },
  'sign.badExpiry': {
    title: 'This expiry cannot be signed.',
    cause: '{fault}',
    next: 'Give a span of whole seconds from now.',
  },
  'sign.unsupportedFormat': {
    title: 'Notation’s config.json names a signature format that does not exist.',
    cause: 'Its signatureFormat is {format}; there are jws and cose.',
    next: 'Choose a format for this signature, or set the default under Settings.',
  },
  'sign.selfCheckFailed': {
    title: 'The new signature did not verify, so it was not pushed.',
    cause: 'Inkan checks every envelope before it leaves: {fault}',
    next: 'The key and certificate may not belong together. Check them under Keys and certificates.',
  },
  'sign.notPushed': {
    title: 'The signature was made, but not pushed.',
    cause: '{fault}',
    next: 'Check that you may push to this repository, then sign again. Nothing in the registry refers to the attempt.',
  },
  'verify.badMaxSignatures': {
    title: 'So many signatures cannot be asked for.',
    cause: '{value, number} is not between 1 and 10,000.',
    next: 'Change the number in the settings.',
  },
};
