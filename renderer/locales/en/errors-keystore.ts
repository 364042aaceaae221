import type { keystoreCodes } from '../../../shared/errors/keystore-codes.ts';
import type { ErrorMessages } from '../catalogs.ts';

export const keystoreErrors: Record<keyof typeof keystoreCodes, ErrorMessages> = {
  'key.badName': {
    title: '“{name}” cannot be a key’s name.',
    cause: '{fault}',
    next: 'Use letters, digits, dots, dashes and underscores.',
  },
  'key.exists': {
    title: 'There is a key named “{name}” already.',
    cause: 'Names of keys are unique.',
    next: 'Choose another name, or delete the old key first.',
  },
  'key.notFound': {
    title: 'There is no key named “{name}”.',
    cause: 'It was taken off the list, here or with notation key delete.',
    next: 'Look at the list again.',
  },
  'key.fileExists': {
    title: 'The file {file} is there already.',
    cause: 'Inkan never writes over a key or certificate file.',
    next: 'Choose another name, or move the file away.',
  },
  'key.malformed': {
    title: 'This is not a private key that can be read.',
    cause: '{fault}',
    next: 'Give a PEM file with BEGIN PRIVATE KEY (PKCS#8), BEGIN RSA PRIVATE KEY or BEGIN EC PRIVATE KEY.',
  },
  'key.encrypted': {
    title: 'The key is protected by a password.',
    cause: 'Notation, and so Inkan, uses keys without a password only.',
    next: 'Decrypt it with openssl pkcs8, or keep it in a plugin’s key store.',
  },
  'key.unsupported': {
    title: 'Notation does not sign with this kind of key.',
    cause: '{algorithm}; allowed are RSA 2048, 3072, 4096 and EC P-256, P-384, P-521.',
    next: 'Use a key of an allowed kind.',
  },
  'key.doesNotMatch': {
    title: 'Key and certificate do not belong together.',
    cause: 'The certificate {subject} is for another key.',
    next: 'Give the certificate of this key, leaf first.',
  },
  'key.badSubject': {
    title: 'The certificate’s subject cannot be used.',
    cause: '{field}: {fault}',
    next: 'Correct the field. Country is two letters; state and organisation are required.',
  },
  'key.notTest': {
    title: '“{name}” is not a test key, so its files stay.',
    cause: '{fault}',
    next: 'Take it off the list instead; its files are yours.',
  },
  'key.readableByOthers': {
    title: 'Others may read {file}.',
    cause: 'Its mode is {mode}; a private key should be readable by you alone.',
    next: 'Run chmod 600 on it, and think about whether somebody has read it.',
  },
  'key.notRepairable': {
    title: 'The entry of “{name}” was not changed.',
    cause: 'Its files are no longer where they were when you looked, or its entry was changed meanwhile.',
    next: 'Look at the list of changes again.',
  },
  'key.placeForgotten': {
    title: 'The folder that you chose is no longer remembered.',
    cause: 'Only the last few choices are, and none after a restart.',
    next: 'Choose the folder again.',
  },
  'key.incomplete': {
    title: 'The entry “{name}” is incomplete.',
    cause: 'It names neither a key with its certificate nor a plugin.',
    next: 'Take it off the list and add the key again.',
  },
  'key.listMalformed': {
    title: 'signingkeys.json cannot be read.',
    cause: '{fault}',
    next: 'Repair the file; Inkan does not write over what it cannot read.',
  },
  'trustStore.badName': {
    title: '“{name}” cannot be a trust store’s name.',
    cause: '{fault}',
    next: 'Use letters, digits, dots, dashes and underscores.',
  },
  'trustStore.notFound': {
    title: 'There is no trust store {type}:{name}.',
    cause: 'It was deleted, or a policy names it before it was made.',
    next: 'Make it under Trust stores, or take it out of the policy.',
  },
  'trustStore.empty': {
    title: 'The trust store {type}:{name} is empty.',
    cause: 'A store without certificates anchors nothing.',
    next: 'Add a certificate, or delete the store.',
  },
  'trustStore.fileExists': {
    title: '{file} is in {type}:{name} already.',
    cause: 'Inkan never writes over a trusted certificate.',
    next: 'Choose another file name, or delete the old file first.',
  },
  'trustStore.fileNotFound': {
    title: 'There is no {file} in {type}:{name}.',
    cause: 'It was deleted, here or with notation cert delete.',
    next: 'Look at the store again.',
  },
  'trustStore.badCertificate': {
    title: '{type}:{name} does not take this certificate.',
    cause: '{file}: {fault}',
    next: 'Use a CA certificate, or a self-signed one for signing.',
  },
  'trustStore.noCertificate': {
    title: 'There is no certificate in {file}.',
    cause: 'It holds neither PEM nor DER of an X.509 certificate.',
    next: 'Choose another file.',
  },
  'trustStore.notConfirmed': {
    title: 'The fingerprint was not confirmed.',
    cause: 'The certificate with SHA-256 {sha256} is not the one that was shown.',
    next: 'Compare the fingerprints again before you trust it.',
  },
  'policy.invalid': {
    title: 'The policy is not valid, so it was not saved.',
    cause: '{count, plural, one {One fault} other {# faults}}: {message}',
    next: 'Correct what is marked; notation would refuse the file.',
  },
  'policy.notFound': {
    title: 'There is no trust policy.',
    cause: 'Neither trustpolicy.oci.json nor trustpolicy.json is in the configuration directory.',
    next: 'Make one under Trust policies.',
  },
  'policy.versionNotFound': {
    title: 'Version {number} of the policy is no longer kept.',
    cause: 'The history keeps the newest 100 versions of a file; older ones make room.',
    next: 'Choose another version.',
  },
  'file.changedMeanwhile': {
    title: '{file} was changed by another program.',
    cause: 'It is no longer as it was when you began, so nothing was written.',
    next: 'Look at the new state, then make your change again.',
  },
  'file.notRegular': {
    title: '{file} is not a regular file.',
    cause: 'It is a link, a folder or a device; for safety Inkan does not follow it.',
    next: 'Put a regular file in its place.',
  },
  'file.unreadable': {
    title: '{file} cannot be read.',
    cause: '{cause}',
    next: 'Check that it is there and that you may read it.',
  },
  'file.malformed': {
    title: '{file} has a fault.',
    cause: '{fault}',
    next: 'Repair the file; Inkan does not write over what it cannot read.',
  },
  'file.tooLarge': {
    title: '{file} is too large.',
    cause: 'At most {limit, number} bytes are read.',
    next: 'Check that it is the right file.',
  },
  'file.noSpace': {
    title: 'The disk is full.',
    cause: '{file} could not be written; the old content is untouched.',
    next: 'Make room, then try again.',
  },
  'file.notWritten': {
    title: '{file} could not be written.',
    cause: '{cause}. The old content is untouched.',
    next: 'Check that you may write there.',
  },
  'file.busy': {
    title: '{file} is being written by another program.',
    cause: 'Another Inkan, or another process of this one, holds it.',
    next: 'Try again in a moment.',
  },
  'file.writableByOthers': {
    title: 'Others may write to {file}.',
    cause: 'Its mode is {mode}; whoever writes there decides what you trust.',
    next: 'Take the right to write away from others.',
  },
  'file.foreignOwner': {
    title: '{file} belongs to another user.',
    cause: 'Its owner may change what you trust and sign with.',
    next: 'Make it yours, or use another configuration directory.',
  },
  'file.badName': {
    title: '{file} is not a name a file may have here.',
    cause: '{fault}',
    next: 'Choose another name.',
  },
};
