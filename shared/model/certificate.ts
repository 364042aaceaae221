import { z } from 'zod';

/** One rule of the certificate requirements (signature specification, "Certificate requirements") and how a certificate fares. */
export const ruleResultSchema = z.object({
  /** Stable rule name; the renderer has its text: see {@link certificateRules}. */
  rule: z.string(),
  status: z.enum(['holds', 'broken', 'note']),
  /** Short evidence such as `RSA 2048` or a date. */
  evidence: z.string().optional(),
  /** The reference's sentence when the rule is broken. */
  message: z.string().optional(),
});
export type RuleResult = z.infer<typeof ruleResultSchema>;

/** Every rule name that certificate checks may report. */
export const certificateRules = [
  'notCa',
  'keyUsageDigitalSignature',
  'keyUsageCritical',
  'keyUsagePresent',
  'keyUsageOnlySigning',
  'extendedKeyUsage',
  'timestampingOnly',
  'keyAlgorithm',
  'signatureAlgorithm',
  'validNow',
  'isCa',
  'keyCertSign',
  'pathLength',
  'chainIssuedInOrder',
  'chainEndsInRoot',
  'chainNoOtherSelfSigned',
  'keyBelongsToCertificate',
] as const;
export type CertificateRuleName = (typeof certificateRules)[number];

/** Extensions that are called by a name. */
export const certificateExtensionNames = [
  'subjectKeyIdentifier',
  'keyUsage',
  'subjectAltName',
  'issuerAltName',
  'basicConstraints',
  'nameConstraints',
  'crlDistributionPoints',
  'certificatePolicies',
  'authorityKeyIdentifier',
  'extKeyUsage',
  'inhibitAnyPolicy',
  'authorityInfoAccess',
  'ocspNoCheck',
] as const;
export type CertificateExtensionName = (typeof certificateExtensionNames)[number];

/** An extension of a certificate with its value in words; of one without a name, the beginning of its bytes in hex. */
export const certificateExtensionSchema = z.object({
  oid: z.string(),
  name: z.enum(certificateExtensionNames).optional(),
  critical: z.boolean(),
  values: z.array(z.string()),
});
export type CertificateExtension = z.infer<typeof certificateExtensionSchema>;

/** A certificate as shown: names in the reference's form, times in UTC RFC 3339, lower-case hex. */
export const certificateSchema = z.object({
  subject: z.string(),
  issuer: z.string(),
  /** The subject's common name, or the whole subject when there is none. */
  commonName: z.string(),
  serialNumber: z.string(),
  notBefore: z.string(),
  notAfter: z.string(),
  sha256: z.string(),
  /** Such as `RSA 2048` or `EC P-256`. */
  keyAlgorithm: z.string(),
  signatureAlgorithm: z.string(),
  isCa: z.boolean(),
  pathLength: z.number().int().optional(),
  isSelfSigned: z.boolean(),
  keyUsages: z.array(z.string()),
  extendedKeyUsages: z.array(z.string()),
  ocspUrls: z.array(z.string()),
  crlUrls: z.array(z.string()),
  extensions: z.array(certificateExtensionSchema),
  /** Position in its chain: leaf first. */
  role: z.enum(['leaf', 'intermediate', 'root']),
  rules: z.array(ruleResultSchema),
  pem: z.string(),
});
export type Certificate = z.infer<typeof certificateSchema>;
