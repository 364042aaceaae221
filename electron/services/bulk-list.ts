import type { OutputOf } from '../../shared/contract/contract.ts';
import { maxQueueItems } from '../../shared/model/bulk.ts';
import { readPastedReference } from '../domain/oci/read-pasted-reference.ts';
import type { SourceBook, StoredSource } from './source-book.ts';

type List = OutputOf<'bulk.readList'>;
type Entry = List['artifacts'][number] | List['faults'][number];

const maxFaults = 20;
const maxWordLength = 4096;

/** What a word of the list means, or what keeps it from meaning an artifact. */
function toEntry(word: string, sources: readonly StoredSource[]): Entry {
  if (word.length > maxWordLength) return { text: word.slice(0, 80), why: 'noReference' };
  const pasted = readPastedReference(word);
  if (pasted.kind === 'digest' || pasted.kind === 'unknown') return { text: word, why: 'noReference' };
  const place = pasted.kind === 'layout' ? pasted.path : pasted.registry;
  const source = sources.find((each) => each.kind === pasted.kind && each.place === place);
  if (!source) return { text: word, why: 'unknownSource' };
  const { reference } = pasted;
  if (!reference) return { text: word, why: 'noTag' };
  return { sourceId: source.id, repository: pasted.kind === 'layout' ? '' : pasted.repository, reference };
}

/** The artifacts that a pasted text lists, of any sources that are known, each once. */
export async function readList(book: Pick<SourceBook, 'list'>, text: string): Promise<List> {
  const sources = await book.list();
  const words = [...new Set(text.split(/[\s,;]+/).filter((word) => word !== ''))];
  const entries = words.slice(0, maxQueueItems).map((word) => toEntry(word, sources));
  return {
    artifacts: entries.filter((entry) => 'sourceId' in entry),
    faults: entries.filter((entry) => 'why' in entry).slice(0, maxFaults),
    left: Math.max(0, words.length - maxQueueItems),
  };
}
