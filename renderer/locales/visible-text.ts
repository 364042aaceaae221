/** A run of text: shown as it is, or as an escape because a reader could not see it or would take it for another letter. */
export interface TextRun {
  readonly text: string;
  readonly hidden: boolean;
}

/** Ranges that are invisible, reorder text, or break a line: C0, C1, soft hyphen, zero-width, bidi, separators, tags and the like. */
const hiddenRanges: readonly (readonly [number, number])[] = [
  [0x0000, 0x001f],
  [0x007f, 0x009f],
  [0x00ad, 0x00ad],
  [0x034f, 0x034f],
  [0x061c, 0x061c],
  [0x115f, 0x1160],
  [0x17b4, 0x17b5],
  [0x180b, 0x180f],
  [0x2000, 0x200f],
  [0x2028, 0x202f],
  [0x205f, 0x206f],
  [0x3164, 0x3164],
  [0xd800, 0xdfff],
  [0xe000, 0xf8ff],
  [0xfe00, 0xfe0f],
  [0xfeff, 0xfeff],
  [0xffa0, 0xffa0],
  [0xfff0, 0xfffb],
  [0xe0000, 0xe0fff],
  [0xf0000, 0x10ffff],
];

function isHidden(code: number): boolean {
  return hiddenRanges.some(([from, to]) => code >= from && code <= to);
}

const isLatin = (character: string) => /\p{Script=Latin}/u.test(character);
/** Scripts whose letters are drawn like Latin ones. */
const isLookalike = (character: string) =>
  /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}]/u.test(character);

function escapeOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}

/** Positions of look-alike letters that stand in one word with Latin letters. */
function mixedPositions(characters: readonly string[]): ReadonlySet<number> {
  const found = new Set<number>();
  let lookalikes: number[] = [];
  let latin = false;
  const endWord = () => {
    if (latin) for (const position of lookalikes) found.add(position);
    lookalikes = [];
    latin = false;
  };
  characters.forEach((character, position) => {
    if (!/[\p{L}\p{M}\p{N}]/u.test(character)) endWord();
    else if (isLatin(character)) latin = true;
    else if (isLookalike(character)) lookalikes.push(position);
  });
  endWord();
  return found;
}

/** What most texts are: printable ASCII, in which nothing hides and nothing is mixed. */
const plain = /^[\x20-\x7e]+$/;

/** Splits a text from a registry or certificate into what is safe to show and what must be shown as an escape. */
export function toTextRuns(text: string): readonly TextRun[] {
  if (plain.test(text)) return [{ text, hidden: false }];
  const characters = Array.from(text);
  const mixed = mixedPositions(characters);
  const runs: { text: string; hidden: boolean }[] = [];
  characters.forEach((character, position) => {
    const hidden = isHidden(character.codePointAt(0) ?? 0) || mixed.has(position);
    const last = runs.at(-1);
    if (hidden) runs.push({ text: escapeOf(character), hidden });
    else if (last && !last.hidden) last.text += character;
    else runs.push({ text: character, hidden });
  });
  return runs;
}

/** The same as one string, for labels and attributes: `⟨U+202E⟩` stands for each character that cannot be seen. */
export function toVisibleText(text: string): string {
  return toTextRuns(text)
    .map((run) => (run.hidden ? `⟨${run.text}⟩` : run.text))
    .join('');
}

/** What goes to the clipboard: one line without control or bidi characters, so that pasting it into a terminal runs nothing. */
export function toClipboardText(text: string): string {
  if (plain.test(text)) return text;
  return Array.from(text)
    .filter((character) => !isHidden(character.codePointAt(0) ?? 0))
    .join('');
}
