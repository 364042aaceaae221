import { mutateBytes } from './mutate-bytes.ts';
import type { SeededRandom } from './seeded-random.ts';

const telling = [
  ...'"\'\\/:;,=+<>[]{}()@#%&*?! \t\r\n\u0000\u007f\u0085\u00a0é印🙂\ufeff\u202e\ud800\u2028',
  '=#',
  '""',
  '%00',
];

function insert(random: SeededRandom, text: string): string {
  const at = random.below(text.length + 1);
  const put = random.pick(telling).repeat(random.chance(0.05) ? 1 + random.below(3000) : 1 + random.below(2));
  return text.slice(0, at) + put + text.slice(at + random.below(2));
}

function splice(random: SeededRandom, text: string, other: string): string {
  return text.slice(0, random.below(text.length + 1)) + other.slice(random.below(other.length + 1));
}

function changeBytes(random: SeededRandom, text: string, other: string): string {
  return Buffer.from(mutateBytes(random, Buffer.from(text), Buffer.from(other))).toString();
}

/** A text with one to three blind changes: what separators, escapes and odd characters do in the wrong place. */
export function mutateText(random: SeededRandom, text: string, other: string): string {
  let changed = text;
  for (let left = 1 + random.below(3); left > 0; left -= 1)
    changed = random.pick([insert, insert, splice, changeBytes])(random, changed, other);
  return changed;
}
