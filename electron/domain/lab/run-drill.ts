import { AppError } from '../../../shared/errors/app-error.ts';
import type { LabDrill, LabDrillState } from '../../../shared/model/lab.ts';
import type { TestIssuer } from '../x509/issue-test-certificate.ts';
import { makeDrill } from './lab-drills.ts';
import { toLabFile, writeLabFiles } from './lab-files.ts';
import { listInIndex } from './lab-layout.ts';
import { readLabRecord, writeLabRecord, type LabContext, type LabRecord } from './lab-record.ts';
import { authorityFiles, distinct } from './make-lab.ts';

/** The record of a finished example. @throws AppError `lab.missing`, `lab.recordMalformed`, `file.*` */
export async function requireLab({ places }: LabContext): Promise<LabRecord> {
  const record = await readLabRecord(places.inkan);
  if (record?.state !== 'made') throw new AppError('lab.missing', {});
  return record;
}

async function readAuthority({ places }: LabContext, { request }: LabRecord): Promise<TestIssuer> {
  const read = async (path: string): Promise<string> => {
    const state = await places.inkan.read(path);
    if (!state) throw new AppError('file.unreadable', { file: path, cause: 'ENOENT' });
    return new TextDecoder().decode(state.bytes);
  };
  return {
    algorithm: request.algorithm,
    keyPem: await read(authorityFiles.key),
    certificatePem: await read(authorityFiles.certificate),
  };
}

/**
 * Makes the artifact of a drill unless it was made already, on record before it is written.
 *
 * @throws AppError `lab.missing`, `lab.otherConfiguration`, `lab.fileTaken`, `certificate.ruleBroken`, `file.*`
 */
export async function ensureDrill(context: LabContext, drill: LabDrill, signal: AbortSignal): Promise<LabDrillState> {
  const { notation, inkan, layout } = context.places;
  const record = await requireLab(context);
  if (record.directory !== notation.path) throw new AppError('lab.otherConfiguration', { directory: record.directory });
  const known = record.drills.find((made) => made.drill === drill);
  if (known) return known;
  const { files, entries, state } = await makeDrill(
    context,
    record,
    await readAuthority(context, record),
    drill,
    signal,
  );
  const isRecorded = (path: string): boolean =>
    record.files.some((file) => file.place === 'layout' && file.path === path);
  const added = distinct(files).filter(({ place, path }) => place !== 'layout' || !isRecorded(path));
  const begun: LabRecord = {
    ...record,
    files: [...record.files, ...added.map(toLabFile)],
    listed: [...record.listed, ...entries.map(({ descriptor }) => descriptor.digest)],
  };
  signal.throwIfAborted();
  await writeLabRecord(inkan, begun);
  await writeLabFiles(context, added);
  await listInIndex(layout, entries);
  await writeLabRecord(inkan, { ...begun, drills: [...begun.drills, state] });
  return state;
}
