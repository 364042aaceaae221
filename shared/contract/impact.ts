import { z } from 'zod';
import { certificateSchema } from '../model/certificate.ts';
import { reasonSchema, verdictSchema } from '../model/verification.ts';
import { artifactLocation } from './artifacts.ts';
import { query } from './define.ts';
import { digestSchema } from '../model/digest.ts';

/** An artifact verified since Inkan started. */
const recent = {
  ...artifactLocation,
  digest: digestSchema,
  /** As the user knows it: `<registry>/<repository>:<tag>`, or with its digest. */
  name: z.string(),
};
const judged = z.object({
  verdict: verdictSchema,
  /** The statement that applied; absent where none did. */
  statement: z.string().optional(),
  /** Why the first signature that was looked at does not pass. */
  reason: reasonSchema.optional(),
});

/** What a policy that is not saved yet would change, told from what was read for earlier verifications. */
export const impact = {
  judgeDraft: query({
    doc: 'Which artifacts verified since Inkan started would have another verdict under this text than under the saved policy. What was read then is judged again; registries are not asked, servers for revocation as the settings say.',
    input: z.object({ text: z.string().max(1_048_576) }),
    output: z.object({
      /** False for a draft with faults: then nothing else is told. */
      isValid: z.boolean(),
      total: z.number().int().nonnegative(),
      changed: z.array(z.object({ ...recent, before: judged, after: judged })),
      /** Those of which too little was read to judge them under the draft. */
      unjudged: z.array(z.object(recent)),
    }),
    errors: ['file.unreadable', 'file.notRegular', 'file.tooLarge'],
  }),
  listKnown: query({
    doc: 'Repositories and layouts that Inkan knows of without asking a registry, as policy scopes: of artifacts verified since it started, of layouts, and pinned ones.',
    input: z.object({}),
    output: z.object({
      known: z.array(
        z.object({
          scope: z.string(),
          /** Of an artifact: the scope with its tag or digest. */
          reference: z.string().optional(),
          from: z.enum(['recent', 'layout', 'pinned']),
        }),
      ),
    }),
    errors: ['file.unreadable', 'file.notRegular', 'file.tooLarge', 'file.malformed'],
  }),
  listSigners: query({
    doc: 'The signers of the signatures that were read for verifications since Inkan started and whose value is right, trusted or not; each chain once, newest first.',
    input: z.object({}),
    output: z.object({
      signers: z.array(
        z.object({
          chain: z.array(certificateSchema),
          scheme: z.enum(['notary.x509', 'notary.x509.signingAuthority']),
          /** How many signatures of it were read. */
          signatures: z.number().int().positive(),
          /** One artifact that it signed. */
          ...recent,
        }),
      ),
    }),
    errors: [],
  }),
};
