import { z } from 'zod';
import { sourceSchema } from '../model/source.ts';
import { command, query } from './define.ts';
import { layoutReadErrors } from './registries.ts';

const id = z.string().min(1).max(64);
const errors = ['registry.sourceNotFound', ...layoutReadErrors] as const;
const copying = [...errors, 'registry.digestMismatch', 'file.notWritten', 'file.noSpace'] as const;

/**
 * OCI image layouts in tar archives. An archive is never written into: what is signed in it is kept in memory until a copy is saved.
 */
export const layouts = {
  addArchive: command({
    doc: 'Remembers a layout in an archive that the page handed over with `spool`. Inkan keeps its own copy, which goes with the entry.',
    input: z.object({ fileId: id }),
    output: z.object({ source: sourceSchema }),
    errors: [...errors, 'intake.notFound', 'intake.incomplete', 'file.notWritten', 'file.noSpace'],
  }),
  readUnsaved: query({
    doc: 'How many signatures were added to an archive since it was opened and are in no saved copy.',
    input: z.object({ id }),
    output: z.object({ signatures: z.number() }),
    errors,
  }),
  saveCopy: command({
    doc: 'Writes the layout with its new signatures as an archive or a folder that the user chooses in a native dialog, and remembers that; null when the dialog was cancelled.',
    input: z.object({ id, as: z.enum(['archive', 'folder']) }),
    output: z.object({ source: sourceSchema.nullable() }),
    errors: [...copying, 'layout.archiveKept'],
    needs: ['nativeDialog'],
  }),
  packCopy: command({
    doc: 'Packs the layout with its new signatures for a page that stores it.',
    input: z.object({ id }),
    output: z.object({ copyId: z.string(), name: z.string(), size: z.number() }),
    errors: copying,
  }),
  readCopy: query({
    doc: 'The next bytes of a packed copy; empty at its end.',
    input: z.object({ copyId: id, offset: z.number().int().nonnegative() }),
    output: z.object({ base64: z.string() }),
    errors: ['intake.notFound', 'file.unreadable'],
  }),
  discardCopy: command({
    doc: 'Removes a packed copy; when it was stored, its signatures count as saved.',
    input: z.object({ id, copyId: id, isStored: z.boolean() }),
    output: z.object({}),
    errors,
  }),
};
