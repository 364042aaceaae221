import { z } from 'zod';
import { artifactSchema, referrersReportSchema, signatureDetailsSchema } from '../model/artifact.ts';
import { attachmentFactsSchema, attachmentsPageSchema } from '../model/attachment.ts';
import { contentSchema } from '../model/content.ts';
import { descriptorSchema } from '../model/descriptor.ts';
import { digestSchema } from '../model/digest.ts';
import { query } from './define.ts';
import { registryReadErrors } from './registries.ts';

const errors = [
  ...registryReadErrors,
  'registry.badReference',
  'registry.digestMismatch',
  'registry.sizeMismatch',
  'registry.badManifest',
] as const;

/** Where an artifact is: a source, a repository in it (empty for layouts), and a tag or digest. */
export const artifactLocation = {
  sourceId: z.string().min(1).max(64),
  repository: z.string().max(300),
  /** A tag, or a digest. */
  reference: z.string().min(1).max(300),
};

const digestLocation = {
  sourceId: artifactLocation.sourceId,
  repository: artifactLocation.repository,
  digest: digestSchema,
};

/** What is in a repository, and what is attached to it. Nothing here judges trust. */
export const artifacts = {
  resolveReference: query({
    doc: 'What a tag or digest points at now.',
    input: z.object(artifactLocation),
    output: z.object({ descriptor: descriptorSchema, readAt: z.string() }),
    errors: [...errors],
  }),
  readArtifact: query({
    doc: 'A manifest or index, checked against its digest, with what can be told from it.',
    input: z.object(artifactLocation),
    output: artifactSchema,
    errors: [...errors],
  }),
  listReferrers: query({
    doc: 'The tree of everything attached to a digest, to a depth of `depth`, with signatures summarised.',
    input: z.object({
      sourceId: artifactLocation.sourceId,
      repository: artifactLocation.repository,
      digest: digestSchema,
      depth: z.number().int().min(1).max(5).default(3),
    }),
    output: referrersReportSchema,
    errors: [...errors],
  }),
  listAttachments: query({
    doc: 'One page of what is attached to a digest, by every way to learn of it. Nothing attached is read, so that rows can be shown at once.',
    input: z.object({
      ...digestLocation,
      /** `nextCursor` of the page before. */
      cursor: z.string().max(4096).optional(),
      /** Whether the tags are asked for, too, under which cosign keeps signatures. */
      cosignTags: z.boolean().default(false),
    }),
    output: attachmentsPageSchema,
    errors: [...errors],
  }),
  describeAttachments: query({
    doc: 'What the manifests of attachments say, and who signed; one that cannot be read is told with the reason.',
    input: z.object({
      /** What they are attached to. */
      ...digestLocation,
      entries: z
        .array(
          z.object({
            descriptor: descriptorSchema,
            /** Whether it should name its subject, as referrers do and cosign's tags do not. */
            bySubject: z.boolean(),
          }),
        )
        .max(32),
    }),
    output: z.object({ facts: z.array(attachmentFactsSchema) }),
    errors: [...errors],
  }),
  readContent: query({
    doc: 'What an attachment that is no Notation signature holds: SBOMs, attestations, signatures of cosign, decoded and shortened. Nothing is verified.',
    input: z.object({
      ...digestLocation,
      /** What it is attached to, so that it can be told whether the content says the same. */
      subject: digestSchema.optional(),
    }),
    output: contentSchema,
    errors: [...errors],
  }),
  readSignature: query({
    doc: 'A Notation signature decoded: headers, payload, certificates, and whether the signature value is right.',
    input: z.object({
      sourceId: artifactLocation.sourceId,
      repository: artifactLocation.repository,
      digest: digestSchema,
    }),
    output: signatureDetailsSchema,
    errors: [
      ...errors,
      'envelope.malformed',
      'envelope.unsupportedFormat',
      'envelope.tooLarge',
      'envelope.badSignatureManifest',
      'certificate.malformed',
    ],
  }),
  inspectSignatures: query({
    doc: 'What `notation inspect` prints of the signatures, byte for byte, to be saved or piped on. No signature value is checked.',
    input: z.object({
      sourceId: artifactLocation.sourceId,
      repository: artifactLocation.repository,
      digest: digestSchema,
      output: z.enum(['json', 'tree']),
      /** Only this one, by the digest of its manifest. */
      signature: digestSchema.optional(),
      maxSignatures: z.number().int().min(1).max(10_000).default(100),
    }),
    output: z.object({
      text: z.string(),
      /** Signatures that are not in the text, and why. */
      skipped: z.array(
        z.object({
          manifestDigest: digestSchema,
          error: z.object({ code: z.string(), details: z.record(z.string(), z.unknown()) }),
        }),
      ),
      /** Whether there are more than were asked for. */
      exceeded: z.boolean(),
      /** The same with notation, where it can do the same. */
      command: z.string().optional(),
    }),
    errors: [...errors],
  }),
  readReference: query({
    doc: 'Reads a text pasted by the user: a reference or digest, and which known source it belongs to.',
    input: z.object({ text: z.string().max(4096) }),
    output: z.object({
      kind: z.enum(['reference', 'digest', 'unknown']),
      registry: z.string().optional(),
      repository: z.string().optional(),
      reference: z.string().optional(),
      sourceId: z.string().optional(),
      /** The reference's sentence when the text is no reference. */
      fault: z.string().optional(),
    }),
    errors: [],
  }),
};
