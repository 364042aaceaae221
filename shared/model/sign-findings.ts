/** Codes of what is said before signing, with their details; the renderer has a sentence for each. Times are RFC 3339 in UTC. */
export const signFindingCodes = [
  // Blocks.
  'signing.impossible', // { error }: { code, details } of an error; its text says why
  // Warns.
  'signing.keyAtRisk', // { error }: { code, details } of what is wrong with the key's file
  'signing.targetIsSignature', // { subject }: the digest that the signature at the target signs
  'signing.expiryAfterCertificate', // { expiry, notAfter }: the certificate ends before the signature does
  // Tells.
  'signing.withPlugin', // { plugin, keyId }: the plugin is asked only when it signs
  'signing.digestNotTag', // { tag, digest }
  'signing.indexOnly', // { manifests }: how many manifests of the index stay unsigned themselves
  'signing.outlivesCertificate', // { host, notAfter }: with a timestamp of that authority the signature verifies after that too
  'signing.endsWithCertificate', // { notAfter }: without a timestamp, the signature verifies until then
] as const;
export type SignFindingCode = (typeof signFindingCodes)[number];
