import { z } from 'zod';
import { artifactKindSchema, signatureSummarySchema } from './artifact.ts';
import { descriptorSchema, type Descriptor } from './descriptor.ts';
import { digestSchema } from './digest.ts';
import { mediaTypes } from './media-types.ts';

/** The ways to learn what is attached to a digest: the referrers API, the referrers tag, a layout's index, cosign's own tags. */
const attachmentSourceSchema = z.enum(['api', 'tag', 'layout', 'cosignTag']);
export type AttachmentSource = z.infer<typeof attachmentSourceSchema>;

/** One question that was asked. `status` 0: it could not be answered, which stands in nobody's way. */
export const attachmentQuestionSchema = z.object({
  asked: attachmentSourceSchema,
  /** The tag or path asked for. */
  what: z.string(),
  status: z.number().int().optional(),
  items: z.number().int().nonnegative(),
});
export type AttachmentQuestion = z.infer<typeof attachmentQuestionSchema>;

/** One thing attached to a digest, as a listing tells of it. Nothing of it has been read. */
export const attachmentSchema = z.object({
  descriptor: descriptorSchema,
  kind: artifactKindSchema,
  via: z.array(attachmentSourceSchema),
  /** How often the listing that names it most often names it. */
  listings: z.number().int().positive(),
});
export type Attachment = z.infer<typeof attachmentSchema>;

export const attachmentsPageSchema = z.object({
  /** Of the first page only. */
  questions: z.array(attachmentQuestionSchema),
  attachments: z.array(attachmentSchema),
  nextCursor: z.string().max(4096).optional(),
  /** Entries that are no well-formed descriptors. */
  unreadable: z.number().int().nonnegative(),
  readAt: z.string(),
});

/**
 * What is odd about an attachment: its manifest is gone; its subject is another digest, or it names none; the listing tells another
 * artifact type, or another size or media type, than the manifest.
 */
export const attachmentMarks = ['missing', 'otherSubject', 'noSubject', 'otherType', 'otherSize'] as const;
const attachmentMarkSchema = z.enum(attachmentMarks);
export type AttachmentMark = z.infer<typeof attachmentMarkSchema>;

/** What the manifest of an attachment says, and of a Notation signature the envelope's essentials. */
export const attachmentFactsSchema = z.object({
  digest: digestSchema,
  kind: artifactKindSchema,
  marks: z.array(attachmentMarkSchema),
  /** A finer type: a predicate type, or the first layer's media type. A claim of whoever pushed it. */
  subtype: z.string().optional(),
  /** Digest of the envelope of a Notation signature: two manifests may carry the same one. */
  envelope: digestSchema.optional(),
  /** Sum of config and layers, in bytes. */
  contentSize: z.number().int().nonnegative().optional(),
  created: z.string().optional(),
  signature: signatureSummarySchema.optional(),
  /** Why it could not be read or decoded. */
  problem: z.object({ code: z.string(), details: z.record(z.string(), z.unknown()) }).optional(),
});
export type AttachmentFacts = z.infer<typeof attachmentFactsSchema>;

/**
 * Whether the notation CLI finds a signature: the listing's artifact type decides, and where the referrers API answers, the tag is not
 * asked.
 */
export function isVisibleToCli(
  { descriptor, via }: { readonly descriptor: Descriptor; readonly via: readonly AttachmentSource[] },
  hasApi: boolean,
): boolean {
  const isListed = hasApi ? via.includes('api') : via.includes('tag') || via.includes('layout');
  return descriptor.artifactType === mediaTypes.notarySignature && isListed;
}

/** Whether the registry has the referrers API, by its answers. */
export function hasApi(questions: readonly Pick<AttachmentQuestion, 'asked' | 'status'>[]): boolean {
  return questions.some(({ asked, status }) => asked === 'api' && status === 200);
}
