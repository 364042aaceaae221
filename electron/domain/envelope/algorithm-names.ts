import type { SignatureAlgorithm } from './envelope.ts';

/** Names as the reference shows algorithms (signature specification, "Signature algorithms"). */
export const algorithmNames: Readonly<Record<SignatureAlgorithm, string>> = {
  PS256: 'RSASSA-PSS-SHA-256',
  PS384: 'RSASSA-PSS-SHA-384',
  PS512: 'RSASSA-PSS-SHA-512',
  ES256: 'ECDSA-SHA-256',
  ES384: 'ECDSA-SHA-384',
  ES512: 'ECDSA-SHA-512',
};
