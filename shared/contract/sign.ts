import { z } from 'zod';
import { descriptorSchema } from '../model/descriptor.ts';
import { digestSchema } from '../model/digest.ts';
import { pluginConfigSchema, pluginKeyIdSchema, pluginNameSchema } from '../model/plugin.ts';
import { signFindingCodes } from '../model/sign-findings.ts';
import { signatureFormatSchema } from '../model/signature-format.ts';
import { timestampChoiceSchema } from '../model/timestamp.ts';
import { artifactLocation } from './artifacts.ts';
import { command, query } from './define.ts';
import { pluginErrors } from './plugins.ts';
import { registryReadErrors } from './registries.ts';

/** How to sign; the same for artifacts and files. */
export const signOptions = {
  /** Absent: the default key. */
  keyName: z.string().max(64).optional(),
  /** Absent: as `signatureFormat` of Notation's configuration says. */
  format: signatureFormatSchema.optional(),
  /** Seconds from now until the signature expires; absent: never. */
  expirySeconds: z.number().int().positive().max(3_153_600_000).optional(),
  userMetadata: z.record(z.string().min(1).max(1024), z.string().min(1).max(8192)).default({}),
  /** A key that is not on the list, named to a plugin; takes the place of `keyName`. */
  plugin: z.object({ name: pluginNameSchema, keyId: pluginKeyIdSchema }).optional(),
  pluginConfig: pluginConfigSchema.default({}),
  /** Absent: no timestamp. */
  timestamp: timestampChoiceSchema.optional(),
};
/** What is worth knowing before a signature is made. */
export const signFinding = z.object({
  severity: z.enum(['blocks', 'warns', 'tells']),
  code: z.enum(signFindingCodes),
  details: z.record(z.string(), z.unknown()),
});

/** What may go wrong with a timestamp; each time nothing has left. */
const timestampErrors = [
  'timestamp.badUrl',
  'timestamp.badRoot',
  'timestamp.notWithPlugin',
  'timestamp.unreachable',
  'timestamp.timeout',
  'timestamp.badStatus',
  'timestamp.badContentType',
  'timestamp.tooLarge',
  'timestamp.rejected',
  'timestamp.badAnswer',
  'timestamp.notTrusted',
  'timestamp.outsideCertificate',
  'timestamp.revoked',
  'timestamp.revocationUnknown',
] as const;

/** What may go wrong between a key and an envelope. */
export const signErrors = [
  'sign.keyNotFound',
  'sign.noDefaultKey',
  'sign.keyUnusable',
  'sign.reservedMetadata',
  'sign.badMetadata',
  'sign.badExpiry',
  'sign.selfCheckFailed',
  'certificate.ruleBroken',
  'key.listMalformed',
  ...pluginErrors,
  ...timestampErrors,
] as const;

/** Signing: a digest is signed, never a tag. */
export const sign = {
  planSign: query({
    doc: 'What signing would do, and what stands in its way, before a key is touched.',
    input: z.object({ ...artifactLocation, ...signOptions }),
    output: z.object({
      subject: descriptorSchema,
      tag: z.string().optional(),
      keyName: z.string().nullable(),
      algorithm: z.string().optional(),
      format: signatureFormatSchema,
      findings: z.array(signFinding),
      command: z.string(),
    }),
    errors: [...registryReadErrors, 'registry.badReference'],
  }),
  signArtifact: command({
    doc: 'Signs the digest, verifies the envelope in memory, then pushes it. Says when the tag has moved meanwhile.',
    input: z.object({ ...artifactLocation, digest: digestSchema, ...signOptions }),
    output: z.object({
      reference: z.string(),
      subject: descriptorSchema,
      signatureDigest: digestSchema,
      keyName: z.string(),
      /** How the registry will find it: it indexed it itself, or Inkan updated the tag index or the layout. */
      indexedBy: z.enum(['registry', 'tagIndex', 'layout']),
      /** Where the tag points now, when that is no longer the digest signed. */
      tagMovedTo: digestSchema.optional(),
      warnings: z.array(z.object({ code: z.string(), details: z.record(z.string(), z.unknown()) })),
      command: z.string(),
    }),
    errors: [
      ...registryReadErrors,
      'registry.badReference',
      'registry.digestMismatch',
      'sign.keyNotFound',
      'sign.noDefaultKey',
      'sign.keyUnusable',
      'sign.reservedMetadata',
      'sign.badMetadata',
      'sign.badExpiry',
      'sign.unsupportedFormat',
      'sign.selfCheckFailed',
      ...signErrors,
      'sign.notPushed',
      'file.notWritten',
      'file.noSpace',
    ],
  }),
};
