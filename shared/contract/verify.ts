import { z } from 'zod';
import { digestSchema } from '../model/digest.ts';
import { pluginConfigSchema } from '../model/plugin.ts';
import { verificationReportSchema } from '../model/verification.ts';
import { artifactLocation } from './artifacts.ts';
import { command, query } from './define.ts';
import { registryReadErrors } from './registries.ts';

const options = {
  maxSignatures: z.number().int().min(1).max(10_000).optional(),
  /** Every pair must be in the signature. */
  userMetadata: z.record(z.string().min(1).max(1024), z.string().max(8192)).default({}),
  /** Handed to the plugin that a signature asks for. */
  pluginConfig: pluginConfigSchema.default({}),
  /** For layouts: the path that policy scopes are compared with, as the reference's `--scope`. */
  scope: z.string().max(300).optional(),
};
const errors = [
  ...registryReadErrors,
  'registry.badReference',
  'registry.digestMismatch',
  'registry.sizeMismatch',
  'registry.badManifest',
  'file.unreadable',
  'file.notRegular',
  'file.tooLarge',
  'file.malformed',
  'verify.badMaxSignatures',
] as const;

/** Verification: every signature, five checks each. */
export const verify = {
  verifyArtifact: query({
    doc: 'Judges every signature of an artifact under the saved policy.',
    input: z.object({
      ...artifactLocation,
      ...options,
      /** RFC 3339: judges certificates, timestamps and expiry as of that moment; revocation is asked as of now. Leaves no row under Activity. */
      asOf: z.iso.datetime({ offset: true }).optional(),
      /** The text of a policy document to judge under in place of the saved one. Leaves no row under Activity. */
      draftPolicy: z.string().max(4_194_304).optional(),
      /** False for verdicts that a list asks for by itself, which leave no row under Activity. */
      recorded: z.boolean().default(true),
    }),
    output: verificationReportSchema,
    errors: [...errors],
  }),
  askCommand: query({
    doc: 'Lets the installed `notation` command verify a digest under the same configuration, and gives what it says.',
    input: z.object({
      sourceId: artifactLocation.sourceId,
      repository: artifactLocation.repository,
      digest: digestSchema,
    }),
    output: z.object({
      /** Absolute path. */
      program: z.string(),
      version: z.string().optional(),
      succeeds: z.boolean(),
      /** What it wrote, standard output first. */
      output: z.string(),
      durationMs: z.number(),
    }),
    errors: [
      ...registryReadErrors,
      ...(['compare.notInstalled', 'compare.archive', 'compare.notStarted'] as const),
      ...(['compare.tookTooLong', 'compare.saidTooMuch'] as const),
    ],
  }),
  verifyMany: command({
    doc: 'Judges many artifacts as one job; the reports are read with `verify.readReports`.',
    input: z.object({ artifacts: z.array(z.object(artifactLocation)).min(1).max(1000), ...options }),
    output: z.object({ jobId: z.string() }),
    errors: ['file.unreadable', 'file.notRegular', 'file.tooLarge', 'file.malformed'],
  }),
  readReports: query({
    doc: 'The reports of a `verifyMany` job so far, in the order asked.',
    input: z.object({ jobId: z.string() }),
    output: z.object({
      reports: z.array(
        z.object({
          reference: z.string(),
          report: verificationReportSchema.optional(),
          error: z.object({ code: z.string(), details: z.record(z.string(), z.unknown()) }).optional(),
        }),
      ),
    }),
    errors: ['rpc.jobNotFound'],
  }),
};
