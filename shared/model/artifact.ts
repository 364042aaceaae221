import { z } from 'zod';
import { certificateSchema } from './certificate.ts';
import { descriptorSchema } from './descriptor.ts';
import { digestSchema } from './digest.ts';
import { reasonCodes } from './reasons.ts';
import { signatureFormatSchema } from './signature-format.ts';
import { timestampDetailsSchema } from './timestamp.ts';

/** What a manifest is, told from its media type, artifact type and config. */
export const artifactKindSchema = z.enum([
  'index',
  'image',
  'notationSignature',
  'cosignSignature',
  'sigstoreBundle',
  'sbom',
  'attestation',
  'artifact',
  'unknown',
]);
export type ArtifactKind = z.infer<typeof artifactKindSchema>;

export const artifactSchema = z.object({
  /** `<registry>/<repository>@<digest>` or `<layout path>@<digest>`. */
  reference: z.string(),
  descriptor: descriptorSchema,
  kind: artifactKindSchema,
  tag: z.string().optional(),
  /** Manifests of an index, in its order. */
  manifests: z.array(descriptorSchema),
  config: descriptorSchema.optional(),
  layers: z.array(descriptorSchema),
  /** Set when this manifest refers to another one, as a signature does. */
  subject: descriptorSchema.optional(),
  annotations: z.record(z.string(), z.string()),
  /** Sum of the sizes of config and layers in bytes; for an index that of its manifests. */
  totalSize: z.number().int().nonnegative(),
  /** The manifest's text as received. */
  raw: z.string(),
  readAt: z.string(),
});
export type Artifact = z.infer<typeof artifactSchema>;

/** One question asked to find referrers, for "asked the referrers API (200, 0 items) and the tag (404)". */
export const referrersQuestionSchema = z.object({
  asked: z.enum(['api', 'tag', 'layout']),
  /** The tag or path asked for. */
  what: z.string(),
  status: z.number().int().optional(),
  items: z.number().int().nonnegative(),
});

/** A node of the tree under an artifact. */
export interface ReferrerNode {
  descriptor: z.infer<typeof descriptorSchema>;
  kind: ArtifactKind;
  /** Where the registry told of it. */
  via: ('api' | 'tag' | 'layout')[];
  /** Whether the notation CLI would find it: its artifact type in the listing decides. */
  visibleToCli: boolean;
  /** For Notation signatures that could be decoded. */
  signature?: z.infer<typeof signatureSummarySchema> | undefined;
  /** Why it could not be read or decoded. */
  problem?: { code: string; details: Record<string, unknown> } | undefined;
  children: ReferrerNode[];
}

export const signatureSummarySchema = z.object({
  format: signatureFormatSchema,
  signerCommonName: z.string(),
  signerSubject: z.string(),
  signerSha256: z.string(),
  signingTime: z.string().optional(),
  expiry: z.string().optional(),
  signingScheme: z.string(),
});

export const referrerNodeSchema: z.ZodType<ReferrerNode> = z.lazy(() =>
  z.object({
    descriptor: descriptorSchema,
    kind: artifactKindSchema,
    via: z.array(z.enum(['api', 'tag', 'layout'])),
    visibleToCli: z.boolean(),
    signature: signatureSummarySchema.optional(),
    problem: z.object({ code: z.string(), details: z.record(z.string(), z.unknown()) }).optional(),
    children: z.array(referrerNodeSchema),
  }),
);

export const referrersReportSchema = z.object({
  questions: z.array(referrersQuestionSchema),
  nodes: z.array(referrerNodeSchema),
  /** Whether depth, page or item limits cut the answer. */
  truncated: z.boolean(),
  readAt: z.string(),
});
export type ReferrersReport = z.infer<typeof referrersReportSchema>;

/** A signature envelope, decoded but not judged. Values are shown as text, in the order signed. */
export const signatureDetailsSchema = z.object({
  manifestDigest: digestSchema,
  manifest: z.string(),
  envelope: descriptorSchema,
  subject: descriptorSchema.optional(),
  format: signatureFormatSchema,
  /** Reference names such as `RSASSA-PSS-SHA-256`. */
  algorithm: z.string(),
  protectedHeaders: z.array(z.object({ name: z.string(), value: z.string(), critical: z.boolean() })),
  unprotectedHeaders: z.array(z.object({ name: z.string(), value: z.string() })),
  signingScheme: z.string(),
  signingTime: z.string().optional(),
  expiry: z.string().optional(),
  signingAgent: z.string().optional(),
  hasTimestamp: z.boolean(),
  /** Absent when there is no token, or it cannot be read or its own signature does not hold. */
  timestamp: timestampDetailsSchema.optional(),
  /** Why a token proves nothing, as a reason of the authentic timestamp check. */
  timestampFault: z.object({ code: z.enum(reasonCodes), details: z.record(z.string(), z.unknown()) }).optional(),
  userMetadata: z.record(z.string(), z.string()),
  chain: z.array(certificateSchema),
  /** The descriptor that was signed, and whether it equals the artifact it is attached to. */
  payload: descriptorSchema.optional(),
  payloadText: z.string(),
  payloadMatchesSubject: z.boolean(),
  /** Whether the signature value fits the leaf's key; says nothing about trust. */
  integrity: z.object({
    ok: z.boolean(),
    code: z.string().optional(),
    details: z.record(z.string(), z.unknown()).optional(),
    message: z.string().optional(),
  }),
  /** The envelope: JSON text for JWS, base64 for COSE. */
  raw: z.string(),
  /** The envelope in diagnostic notation, for COSE that can be read and is not far too long. */
  diagnostic: z.string().optional(),
  problems: z.array(z.object({ code: z.string(), details: z.record(z.string(), z.unknown()) })),
});
export type SignatureDetails = z.infer<typeof signatureDetailsSchema>;
