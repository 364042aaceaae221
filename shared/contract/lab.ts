import { z } from 'zod';
import {
  labDrillSchema,
  labDrillStateSchema,
  labItemSchema,
  labPlaceSchema,
  labRequestSchema,
  labSchema,
} from '../model/lab.ts';
import { verificationReportSchema } from '../model/verification.ts';
import { command, query } from './define.ts';

const problems = z.array(z.object({ code: z.string(), details: z.record(z.string(), z.unknown()) }));
/** Absolute paths of the places, the user's home as `~`. */
const roots = z.partialRecord(labPlaceSchema, z.string());
const recorded = ['lab.recordMalformed', 'file.unreadable', 'file.notRegular'] as const;
const writing = [
  ...recorded,
  'file.notWritten',
  'file.noSpace',
  'file.changedMeanwhile',
  'file.busy',
  'file.tooLarge',
  'key.listMalformed',
] as const;
const judging = ['file.malformed', 'layout.notALayout', 'layout.unreadable', 'registry.notFound'] as const;

/**
 * The test lab: a working example of everything that a signature needs, and the ways in which its verification fails. All that it
 * makes is on a list of its own, marked as a test, and goes again.
 */
export const lab = {
  readLab: query({
    doc: 'The example of the test lab and the drills that were made; null when there is none.',
    input: z.object({}),
    output: z.object({ lab: labSchema.nullable() }),
    errors: [...recorded],
  }),
  planExample: query({
    doc: 'Every file and entry that `makeExample` would write, and what stands in its way.',
    input: labRequestSchema,
    output: z.object({ roots, items: z.array(labItemSchema), statement: z.string(), problems }),
    errors: [...recorded],
  }),
  makeExample: command({
    doc: 'Makes test certificates, a key, its trust stores, a policy statement for one repository and a signed artifact, all or nothing, and verifies it.',
    input: labRequestSchema,
    output: z.object({ lab: labSchema, report: verificationReportSchema }),
    errors: [
      ...writing,
      ...judging,
      'lab.exists',
      'lab.scopeTaken',
      'lab.fileTaken',
      'policy.invalid',
      'key.badName',
      'key.exists',
      'key.fileExists',
      'trustStore.badName',
    ],
  }),
  runDrill: command({
    doc: 'Makes the artifact of a drill, unless it is there, and verifies it under the saved policy.',
    input: z.object({ drill: labDrillSchema }),
    output: z.object({ drill: labDrillStateSchema, report: verificationReportSchema }),
    errors: [
      ...writing,
      ...judging,
      'lab.missing',
      'lab.otherConfiguration',
      'lab.fileTaken',
      'certificate.ruleBroken',
    ],
  }),
  planCleanUp: query({
    doc: 'Exactly what `cleanUp` would remove, and what of it stays because the user changed or added it.',
    input: z.object({}),
    output: z.object({ roots, items: z.array(labItemSchema) }),
    errors: [...recorded, 'lab.missing', 'key.listMalformed'],
  }),
  cleanUp: command({
    doc: 'Removes what the lab made, and nothing else.',
    input: z.object({}),
    output: z.object({ items: z.array(labItemSchema) }),
    errors: [...writing, 'lab.missing'],
  }),
};
