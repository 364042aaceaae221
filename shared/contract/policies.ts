import { z } from 'zod';
import { policyChangeSchema, policyComparisonSchema } from '../model/policy-change.ts';
import { signerTrialSchema, triedSignerSchema } from '../model/signer-trial.ts';
import {
  policyDocumentSchema,
  policyProblemSchema,
  policySelectionSchema,
  trustPolicyStatementSchema,
} from '../model/trust-policy.ts';
import { command, query } from './define.ts';

const text = z.string().max(1_048_576);
/** Which of the two documents is meant. */
const document = policyDocumentSchema.default('oci');
const validated = z.object({
  /** The statements when the document is valid for the reference; else null. */
  statements: z.array(trustPolicyStatementSchema).nullable(),
  problems: z.array(policyProblemSchema),
});

/** The trust policy documents, for artifacts and for files: read, judged, saved without losing what it does not know. */
export const policies = {
  readPolicy: query({
    doc: 'The policy file as it stands: its text, its revision, its statements and faults.',
    input: z.object({ document }),
    output: validated.extend({
      path: z.string(),
      text: z.string().nullable(),
      /** SHA-256 of the bytes; `absent` when there is no file. */
      revision: z.string(),
      /** Whether the old `trustpolicy.json` was read because the new file is missing. */
      usesOldName: z.boolean(),
    }),
    errors: ['file.unreadable', 'file.notRegular', 'file.tooLarge', 'file.malformed'],
  }),
  validatePolicy: query({
    doc: 'Judges a policy text with the reference’s rules and Inkan’s stricter ones.',
    input: z.object({ document, text }),
    output: validated,
    errors: [],
  }),
  savePolicy: command({
    doc: 'Writes the text byte for byte, if it is valid and the file is still at `ifRevision`. An old `trustpolicy.json` is removed afterwards, as `policy import` does.',
    input: z.object({ document, text, ifRevision: z.string() }),
    output: z.object({ revision: z.string() }),
    errors: [
      'policy.invalid',
      'file.changedMeanwhile',
      'file.notWritten',
      'file.noSpace',
      'file.notRegular',
      'file.busy',
    ],
  }),
  explainSelection: query({
    doc: 'Which statement applies to a reference or repository path, and why the others do not; of the blob document, to a name, or globally when it is empty. For the saved file or for a draft.',
    input: z.object({ document, reference: z.string().max(1024), text: text.optional() }),
    output: z.object({ selection: policySelectionSchema.nullable(), problems: z.array(policyProblemSchema) }),
    errors: ['file.unreadable', 'file.notRegular', 'file.tooLarge', 'file.malformed', 'registry.badReference'],
  }),
  listVersions: query({
    doc: 'Every version of the policy file that was saved by Inkan or seen after another program had saved it, newest first, each with what it changed. Kept in Inkan’s own directory, the newest 100.',
    input: z.object({ document }),
    output: z.object({
      versions: z.array(
        z.object({
          /** Counted from 1; never given twice. */
          number: z.number().int().positive(),
          at: z.string(),
          by: z.enum(['inkan', 'other']),
          /** Of the file’s bytes; `absent` where the file was removed. */
          sha256: z.string(),
          bytes: z.number().int().nonnegative(),
          /** An earlier version with the same bytes. */
          sameAs: z.number().int().positive().optional(),
          /** The first few differences from the version before; empty for the oldest one that is kept. */
          changes: z.array(policyChangeSchema),
          more: z.number().int().nonnegative(),
          isFirst: z.boolean(),
        }),
      ),
    }),
    errors: ['file.unreadable', 'file.notRegular', 'file.tooLarge', 'file.malformed'],
  }),
  readVersion: query({
    doc: 'The text of a version; null where there was no file.',
    input: z.object({ document, number: z.number().int().positive() }),
    output: z.object({ text: z.string().nullable() }),
    errors: ['policy.versionNotFound', 'file.unreadable', 'file.notRegular', 'file.tooLarge', 'file.malformed'],
  }),
  compareTexts: query({
    doc: 'How two versions of a policy differ in what they mean, in codes. Null stands for no file.',
    input: z.object({ document, before: text.nullable(), after: text.nullable() }),
    output: policyComparisonSchema,
    errors: [],
  }),
  trySigners: query({
    doc: 'How stores and identities, saved or not, take these signers: store by store, and each identity name part by name part.',
    input: z.object({
      trustStores: z.array(z.string().max(1024)).max(200),
      trustedIdentities: z.array(z.string().max(20_000)).max(200),
      signers: z.array(triedSignerSchema).max(200),
    }),
    output: z.object({ trials: z.array(signerTrialSchema) }),
    errors: ['file.badName'],
  }),
};
