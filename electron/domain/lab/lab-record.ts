import { z } from 'zod';
import { AppError, isAppError } from '../../../shared/errors/app-error.ts';
import { digestSchema } from '../../../shared/model/digest.ts';
import { labDrillStateSchema, labPlaceSchema, labRequestSchema, type LabPlace } from '../../../shared/model/lab.ts';
import { CodecError } from '../codec/codec-error.ts';
import { parseStrictJson } from '../codec/strict-json.ts';
import { toUtf8 } from '../codec/utf8.ts';
import { pathPartFault } from '../keystore/file-names.ts';
import type { Clock, Directory, Random } from '../ports.ts';

const recordFile = 'lab/record.json';
const maxRecordBytes = 1024 * 1024;

const plainPath = z.string().refine((path) => path.split('/').every((part) => pathPartFault(part) === undefined));
const fileSchema = z.object({
  place: labPlaceSchema,
  path: plainPath,
  sha256: z.string(),
  mode: z.number().int(),
});
const recordSchema = z.object({
  version: z.literal(1),
  /** Written before the first file, so that whatever happens afterwards, what was made can be found. */
  state: z.enum(['making', 'made', 'removing']),
  /** Absolute path of the configuration directory. */
  directory: z.string(),
  madeAt: z.string(),
  request: labRequestSchema,
  entry: z.object({ name: z.string(), keyPath: z.string(), certPath: z.string() }),
  statement: z.object({
    name: z.string(),
    /** The policy file that it was put into. */
    file: plainPath,
    /** Its JSON as written. */
    json: z.string(),
    /** Whether there was no such file before. */
    madeFile: z.boolean(),
  }),
  stores: z.array(z.string()),
  identity: z.string(),
  digest: digestSchema,
  files: z.array(fileSchema).max(500),
  /** Digests that the lab put into the index of its layout. */
  listed: z.array(digestSchema).max(200),
  drills: z.array(labDrillStateSchema).max(50),
});

/** What the lab has made: the only list by which it is removed. Holds no secret. */
export type LabRecord = z.infer<typeof recordSchema>;
export type LabFile = z.infer<typeof fileSchema>;

/** What the lab works with. */
export interface LabContext {
  readonly places: Readonly<Record<LabPlace, Directory>>;
  readonly clock: Clock;
  readonly random: Random;
  /** Of Inkan; part of the signing agent. */
  readonly version: string;
}

/**
 * The record, if there is one.
 *
 * @throws AppError `lab.recordMalformed`, `file.*`
 */
export async function readLabRecord(inkan: Directory): Promise<LabRecord | undefined> {
  try {
    const state = await inkan.read(recordFile, { maxBytes: maxRecordBytes });
    return state && recordSchema.parse(parsePlain(state.bytes));
  } catch (error) {
    if (error instanceof CodecError || error instanceof z.ZodError || isAppError(error, 'file.tooLarge'))
      throw new AppError('lab.recordMalformed', { file: recordFile, fault: error.message.slice(0, 200) });
    throw error;
  }
}

function parsePlain(bytes: Uint8Array): unknown {
  parseStrictJson(bytes, { maxBytes: maxRecordBytes });
  return JSON.parse(new TextDecoder().decode(bytes));
}

/** Writes the record over the one that is there. */
export async function writeLabRecord(inkan: Directory, record: LabRecord): Promise<void> {
  await inkan.write(recordFile, toUtf8(JSON.stringify(record)));
}

export async function removeLabRecord(inkan: Directory): Promise<void> {
  await inkan.remove(recordFile);
  await inkan.removeEmptyFolder('lab');
}
