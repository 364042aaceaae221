import { toGlob, toPattern, type PatternFault } from './linear-pattern.ts';

/** How tags are told. */
export type ChoiceForm = 'glob' | 'pattern' | 'list';

/** What was chosen, what of a list is not there, and what keeps a pattern from being used. */
export interface TagChoice {
  readonly chosen: readonly string[];
  readonly missing: readonly string[];
  readonly fault?: PatternFault | { readonly why: 'tooSlow' };
}

/** The longest that matching may take before it is given up. */
const maxMs = 400;
const betweenLooks = 256;
const maxListed = 5000;

const nothing: TagChoice = { chosen: [], missing: [] };

/** The tag of a line: the line itself, or what stands behind the last colon of a whole reference. */
function tagOf(line: string, known: ReadonlySet<string>): string | undefined {
  if (known.has(line)) return line;
  const tag = line.includes('/') ? line.slice(line.lastIndexOf(':') + 1) : '';
  return known.has(tag) ? tag : undefined;
}

function fromList(text: string, tags: readonly string[]): TagChoice {
  const known = new Set(tags);
  const lines = [...new Set(text.split(/[\s,;]+/, maxListed).filter((line) => line !== ''))];
  const wanted = new Set(lines.flatMap((line) => tagOf(line, known) ?? []));
  return {
    chosen: tags.filter((tag) => wanted.has(tag)),
    missing: lines.filter((line) => tagOf(line, known) === undefined),
  };
}

/** The tags that a glob, a regular expression or a pasted list means, in the order of the tags. */
export function chooseTags(form: ChoiceForm, text: string, tags: readonly string[]): TagChoice {
  if (text.trim() === '') return nothing;
  if (form === 'list') return fromList(text, tags);
  const pattern = form === 'glob' ? toGlob(text.trim()) : toPattern(text);
  if ('why' in pattern) return { ...nothing, fault: pattern };
  const until = performance.now() + maxMs;
  const chosen: string[] = [];
  for (const [index, tag] of tags.entries()) {
    if (index % betweenLooks === 0 && performance.now() > until) return { ...nothing, fault: { why: 'tooSlow' } };
    if (pattern.matches(tag)) chosen.push(tag);
  }
  return { chosen, missing: [] };
}
