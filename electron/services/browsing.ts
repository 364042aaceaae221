import { z } from 'zod';
import type { Handlers, Publish } from '../../shared/contract/contract.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { browsingSchema, maxPins, maxRecents, type Browsing, type Place } from '../../shared/model/browsing.ts';
import { CodecError } from '../domain/codec/codec-error.ts';
import { parseStrictJson } from '../domain/codec/strict-json.ts';
import { ABSENT, type Directory } from '../domain/ports.ts';
import type { SourceBook } from './source-book.ts';

const file = 'browsing.json';
const maxBytes = 262_144;

const initial: Browsing = {
  pins: [],
  recents: [],
  tagTable: { hiddenColumns: [], newestFirst: true, showsSignatureTags: false },
};

export interface BrowsingServiceOptions {
  /** Inkan's own directory. */
  readonly inkan: Directory;
  readonly book: Pick<SourceBook, 'list'>;
  readonly publish: Publish;
}

const isSame = (a: Place, b: Place): boolean => a.sourceId === b.sourceId && a.repository === b.repository;

async function readFile(inkan: Directory): Promise<{ browsing: Browsing; revision: string }> {
  const state = await inkan.read(file, { maxBytes, remember: true });
  if (!state) return { browsing: initial, revision: ABSENT };
  try {
    const parsed = browsingSchema.safeParse(parseStrictJson(state.bytes, { maxBytes }));
    if (parsed.success) return { browsing: parsed.data, revision: state.revision };
    throw new CodecError(z.prettifyError(parsed.error).slice(0, 300));
  } catch (error) {
    if (error instanceof CodecError) throw new AppError('file.malformed', { file, fault: error.message });
    throw error;
  }
}

/** Pins, recent places and the looks of tables, in a file of their own: they change often and concern nothing else. */
export function createBrowsingService({ inkan, book, publish }: BrowsingServiceOptions): Handlers<'browsing'> {
  const change = (toChange: (browsing: Browsing) => Partial<Browsing>): Promise<Record<string, never>> =>
    inkan.withLock('browsing', async () => {
      const { browsing, revision } = await readFile(inkan);
      const changed = { ...browsing, ...toChange(browsing) };
      if (JSON.stringify(changed) === JSON.stringify(browsing)) return {};
      const text = `${JSON.stringify(changed, null, 2)}\n`;
      await inkan.write(file, new TextEncoder().encode(text), { ifRevision: revision });
      publish('browsing.changed', {});
      return {};
    });
  return {
    'browsing.readBrowsing': async () => {
      const { browsing } = await readFile(inkan);
      const ids = new Set((await book.list()).map(({ id }) => id));
      const isThere = ({ sourceId }: Place): boolean => ids.has(sourceId);
      return { ...browsing, pins: browsing.pins.filter(isThere), recents: browsing.recents.filter(isThere) };
    },
    'browsing.noteVisit': (place) =>
      change(({ recents }) => ({
        recents: [place, ...recents.filter((other) => !isSame(other, place))].slice(0, maxRecents),
      })),
    'browsing.pinPlace': ({ isPinned, ...place }) =>
      change(({ pins }) => {
        const others = pins.filter((other) => !isSame(other, place));
        return { pins: isPinned ? [...others, place].slice(-maxPins) : others };
      }),
    'browsing.changeTagTable': (changes) => change(({ tagTable }) => ({ tagTable: { ...tagTable, ...changes } })),
  };
}
