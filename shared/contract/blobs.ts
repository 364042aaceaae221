import { z } from 'zod';
import { signatureDetailsSchema } from '../model/artifact.ts';
import { descriptorSchema } from '../model/descriptor.ts';
import { pluginConfigSchema } from '../model/plugin.ts';
import { signatureFormatSchema } from '../model/signature-format.ts';
import { verificationReportSchema } from '../model/verification.ts';
import { command, query } from './define.ts';
import { signErrors, signFinding, signOptions } from './sign.ts';

const fileId = z.string().min(1).max(64);
const fileErrors = ['intake.notFound', 'intake.incomplete'] as const;
const file = {
  /** Of `intake.openFile`, kept as `hashOnly`. */
  fileId,
};
const signatureFile = {
  /** Of `intake.openFile`, kept as `spool`. */
  signatureId: fileId,
};
const signatureErrors = [...fileErrors, 'blob.badSignatureName', 'blob.emptySignature', 'envelope.tooLarge'] as const;
const mediaType = z.string().min(1).max(1024);
const signing = z.object({ ...file, ...signOptions, mediaType: mediaType.default('application/octet-stream') });
const savedFile = z.object({
  name: z.string(),
  /** `exists`: a file of that name is there and was left alone. */
  result: z.enum(['saved', 'exists', 'failed']),
  error: z.object({ code: z.string(), details: z.record(z.string(), z.unknown()) }).optional(),
});

/** Files: signed, verified and inspected with a signature in a file of its own. */
export const blobs = {
  planSign: query({
    doc: 'What signing a file would do, and what stands in its way, before a key is touched.',
    input: signing,
    output: z.object({
      /** Absent while no key tells which digest is signed. */
      subject: descriptorSchema.optional(),
      keyName: z.string().nullable(),
      algorithm: z.string().optional(),
      format: signatureFormatSchema,
      signatureName: z.string(),
      findings: z.array(signFinding),
      command: z.string(),
    }),
    errors: [...fileErrors, 'blob.badMediaType'],
  }),
  signFile: command({
    doc: 'Signs a file and verifies the envelope in memory. The signature is given back; nothing is written.',
    input: signing,
    output: z.object({
      subject: descriptorSchema,
      signatureName: z.string(),
      /** The signature file in base64. */
      base64: z.string(),
      keyName: z.string(),
      command: z.string(),
    }),
    errors: [...fileErrors, ...signErrors, 'blob.badMediaType'],
  }),
  saveSignatures: command({
    doc: 'Writes signature files where the user says, for the user alone: one under a name of choice, several into a folder. In a folder nothing is written over.',
    input: z.object({
      files: z
        .array(z.object({ name: z.string().regex(/^[^/\\\0]{1,255}$/, 'not a file name'), base64: z.string().min(4) }))
        .min(1)
        .max(200),
    }),
    output: z.object({ files: z.array(savedFile).nullable() }),
    errors: ['file.badName', 'file.notWritten', 'file.noSpace', 'file.notRegular', 'intake.badChunk'],
    needs: ['nativeDialog'],
  }),
  verifyFile: query({
    doc: 'Judges the signature of a file under the saved blob policy. The name of the signature file tells its format.',
    input: z.object({
      ...file,
      ...signatureFile,
      /** Absent: the media type that was signed is not compared. */
      mediaType: mediaType.optional(),
      /** Absent: the global policy. */
      policyName: z.string().max(1024).optional(),
      /** Every pair must be in the signature. */
      userMetadata: z.record(z.string().min(1).max(1024), z.string().max(8192)).default({}),
      /** Handed to a plugin that a signature demands. */
      pluginConfig: pluginConfigSchema.default({}),
      /** False for verdicts that the page asks for by itself, which leave no row under Activity. */
      recorded: z.boolean().default(true),
    }),
    output: verificationReportSchema,
    errors: [
      ...signatureErrors,
      'blob.badMediaType',
      'file.unreadable',
      'file.notRegular',
      'file.tooLarge',
      'file.malformed',
    ],
  }),
  inspectFile: query({
    doc: 'Everything in a signature file, decoded and not judged.',
    input: z.object(signatureFile),
    output: z.object({
      name: z.string(),
      signature: signatureDetailsSchema,
      command: z.string(),
      /** What `notation blob inspect` prints, byte for byte, or why it prints nothing. */
      inspection: z.union([
        z.object({ json: z.string(), tree: z.string() }),
        z.object({ error: z.object({ code: z.string(), details: z.record(z.string(), z.unknown()) }) }),
      ]),
    }),
    errors: [...signatureErrors],
  }),
};
