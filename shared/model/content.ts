import { z } from 'zod';
import { descriptorSchema } from './descriptor.ts';

/** What a piece of content is, told from its bytes. */
const documentFormSchema = z.enum([
  'spdx',
  'spdxTagValue',
  'spdx3',
  'cycloneDx',
  'dsse',
  'inToto',
  'simpleSigning',
  'sigstoreBundle',
  'json',
  'text',
  'binary',
]);
export type DocumentForm = z.infer<typeof documentFormSchema>;

/** Every fact that a document may tell. */
export const documentFactNames = [
  'version',
  'name',
  'serialNumber',
  'namespace',
  'created',
  'creator',
  'tool',
  'payloadType',
  'statementType',
  'predicateType',
  'builder',
  'buildType',
  'source',
  'reference',
  'digest',
  'identity',
  'issuer',
  'validFrom',
  'validTo',
  'fingerprint',
  'keyHint',
  'logIndex',
  'logTime',
  'signature',
  'timestamp',
  'mediaType',
  'files',
  'relationships',
  'vulnerabilities',
] as const;
export type DocumentFactName = (typeof documentFactNames)[number];

/** Something that a document lists: packages of an SBOM, subjects of a statement. */
const documentListSchema = z.object({
  of: z.enum(['packages', 'components', 'subjects', 'materials', 'signatures', 'elements']),
  /** How many there are; `items` are the first of them. */
  count: z.number().int().nonnegative(),
  items: z.array(z.object({ name: z.string(), version: z.string().optional(), note: z.string().optional() })),
});
export type DocumentList = z.infer<typeof documentListSchema>;

/** One document, decoded and shortened. One inside another follows it: an envelope, its statement, the SBOM in that. */
export const contentDocumentSchema = z.object({
  form: documentFormSchema,
  facts: z.array(z.object({ name: z.enum(documentFactNames), value: z.string() })),
  lists: z.array(documentListSchema),
  /** Whether it says itself that it is about what it is attached to; absent when it says nothing of that. */
  about: z.enum(['subject', 'other']).optional(),
  /** The beginning of its text, for those who want to read it. */
  text: z.string().optional(),
  isTextCut: z.boolean(),
});
export type ContentDocument = z.infer<typeof contentDocumentSchema>;

export const contentSchema = z.object({
  /** The manifest's text as received. */
  manifest: z.string(),
  annotations: z.record(z.string(), z.string()),
  parts: z.array(
    z.object({
      descriptor: descriptorSchema,
      documents: z.array(contentDocumentSchema),
      /** Why it was not read or decoded. */
      problem: z.object({ code: z.string(), details: z.record(z.string(), z.unknown()) }).optional(),
    }),
  ),
  /** Parts that were not read because there are too many. */
  skipped: z.number().int().nonnegative(),
});
export type AttachmentContent = z.infer<typeof contentSchema>;
