import { isAppError } from '../../../shared/errors/app-error.ts';
import { isDigest, type Digest } from '../../../shared/model/digest.ts';
import { parseLayoutReference, parseReference } from './parse-reference.ts';

/** What a text that a user pasted names. */
export type PastedReference =
  | { readonly kind: 'digest'; readonly digest: Digest }
  | { readonly kind: 'registry'; readonly registry: string; readonly repository: string; readonly reference?: string }
  | { readonly kind: 'layout'; readonly path: string; readonly reference: string }
  | { readonly kind: 'unknown'; readonly fault: string };

const maxWords = 200;
/** Flags of `notation sign`, `verify`, `list` and `inspect` that take the next word as their value. */
const flagsWithValue = new Set(
  (
    '-u --username -p --password -k --key --id --plugin --plugin-config --signature-format -e --expiry -m --user-metadata ' +
    '--timestamp-url --timestamp-root-cert --max-signatures --scope -o --output'
  ).split(' '),
);

/** Words of a command line: split at white space outside of single and double quotes. Nothing is expanded. */
function splitWords(text: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quote = '';
  for (const character of text) {
    if (quote !== '') {
      if (character === quote) quote = '';
      else word = (word ?? '') + character;
    } else if (character === "'" || character === '"') {
      quote = character;
      word ??= '';
    } else if (/\s/.test(character)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = (word ?? '') + character;
    if (words.length >= maxWords) break;
  }
  return word === undefined ? words : [...words, word];
}

/** The first word that is neither the program, nor a command, nor a flag, nor a flag's value. */
function positionalOf(words: readonly string[]): string | undefined {
  for (let index = 2; index < words.length; index += 1) {
    const word = words[index] ?? '';
    if (!word.startsWith('-')) return word;
    if (flagsWithValue.has(word)) index += 1;
  }
  return undefined;
}

function read(text: string, isLayout: boolean): PastedReference {
  if (isDigest(text)) return { kind: 'digest', digest: text };
  if (isLayout) return { kind: 'layout', ...parseLayoutReference(text) };
  const { registry, repository, tag, digest } = parseReference(text);
  const reference = digest ?? tag;
  return { kind: 'registry', registry, repository, ...(reference && { reference }) };
}

/**
 * Reads a reference, a digest, or a `notation …` command line, of which the reference is taken; `docker://`, `oci://` and the like before
 * a reference are dropped. Nothing is run and nothing is looked up. A text that names nothing comes with the reference implementation's sentence.
 */
export function readPastedReference(text: string): PastedReference {
  const words = splitWords(text.trim());
  const isCommand = words[0] === 'notation';
  const target = (isCommand ? positionalOf(words) : words.join(' ')) ?? '';
  const scheme = target.indexOf('://');
  const isLayout =
    (isCommand && words.includes('--oci-layout')) || target.startsWith('/') || /^[A-Za-z]:[\\/]/.test(target);
  try {
    return read(scheme > 0 && scheme <= 12 ? target.slice(scheme + 3) : target, isLayout);
  } catch (error) {
    if (isAppError(error, 'registry.badReference')) return { kind: 'unknown', fault: error.details.fault };
    throw error;
  }
}
