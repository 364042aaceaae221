export const signMany = {
  title: '{count, plural, one {Sign 1 digest} other {Sign # digests}}',
  digests: 'exactly these digests, and not the index',
  verb: '{count, plural, one {Sign this digest} other {Sign these # digests}}',
  again: '{count, plural, one {Try the one left again} other {Try the # left again}}',
  signed: 'Signed and pushed.',
  done: '{count, plural, one {The digest is signed.} other {All # digests are signed.}}',
};
