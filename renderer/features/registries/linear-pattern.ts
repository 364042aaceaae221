/** Why a pattern cannot be used, and where in it. */
export interface PatternFault {
  readonly why: 'tooLong' | 'tooBig' | 'unbalanced' | 'nothingToRepeat' | 'unsupported';
  /** Position in the pattern, from 1. */
  readonly at: number;
}

export interface Pattern {
  matches(text: string): boolean;
}

const maxLength = 256;
const maxSteps = 500;
const maxRepeat = 100;
const maxDepth = 16;

type Test = (character: string) => boolean;
type Node =
  | { readonly kind: 'one'; readonly test: Test }
  | { readonly kind: 'edge'; readonly edge: 'start' | 'end' }
  | { readonly kind: 'all'; readonly nodes: readonly Node[] }
  | { readonly kind: 'any'; readonly nodes: readonly Node[] }
  | { readonly kind: 'repeat'; readonly node: Node; readonly min: number; readonly max: number };

class Faulty extends Error {
  readonly fault: PatternFault;

  constructor(why: PatternFault['why'], at: number) {
    super(why);
    this.fault = { why, at: at + 1 };
  }
}

const classes: Readonly<Record<string, Test>> = {
  d: (character) => /[0-9]/.test(character),
  w: (character) => /[0-9A-Za-z_]/.test(character),
  s: (character) => /\s/.test(character),
  D: (character) => !/[0-9]/.test(character),
  W: (character) => !/[0-9A-Za-z_]/.test(character),
  S: (character) => !/\s/.test(character),
};

const is =
  (wanted: string): Test =>
  (character) =>
    character === wanted;

/** Reads the part of regular expressions that can be matched in one pass: no look-around, no references back. */
class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  read(): Node {
    const node = this.#any(0);
    if (this.#at < this.#text.length) throw new Faulty('unbalanced', this.#at);
    return node;
  }

  get #next(): string | undefined {
    return this.#text[this.#at];
  }

  #take(): string {
    const character = this.#text[this.#at] ?? '';
    this.#at += 1;
    return character;
  }

  #skip(text: string): boolean {
    if (!this.#text.startsWith(text, this.#at)) return false;
    this.#at += text.length;
    return true;
  }

  #any(depth: number): Node {
    if (depth > maxDepth) throw new Faulty('tooBig', this.#at);
    const nodes = [this.#all(depth)];
    while (this.#skip('|')) nodes.push(this.#all(depth));
    return { kind: 'any', nodes };
  }

  #all(depth: number): Node {
    const nodes: Node[] = [];
    while (this.#next !== undefined && this.#next !== '|' && this.#next !== ')') nodes.push(this.#repeated(depth));
    return { kind: 'all', nodes };
  }

  #repeated(depth: number): Node {
    const from = this.#at;
    const node = this.#one(depth);
    const bounds = this.#bounds();
    if (!bounds) return node;
    if (node.kind === 'edge') throw new Faulty('nothingToRepeat', from);
    // Lazy or greedy is the same to who only asks whether it matches.
    this.#skip('?');
    if (/[*+?{]/.test(this.#next ?? '')) throw new Faulty('nothingToRepeat', this.#at);
    return { kind: 'repeat', node, ...bounds };
  }

  #bounds(): { min: number; max: number } | undefined {
    const from = this.#at;
    if (this.#skip('*')) return { min: 0, max: Infinity };
    if (this.#skip('+')) return { min: 1, max: Infinity };
    if (this.#skip('?')) return { min: 0, max: 1 };
    const counted = /^\{(\d{1,3})(,(\d{0,3}))?\}/.exec(this.#text.slice(this.#at, this.#at + 12));
    if (!counted) {
      if (this.#next === '{') throw new Faulty('unsupported', this.#at);
      return undefined;
    }
    this.#at += counted[0].length;
    const min = Number(counted[1]);
    const max = counted[2] === undefined ? min : counted[3] === '' ? Infinity : Number(counted[3]);
    if (min > max) throw new Faulty('unsupported', from);
    if (min > maxRepeat || (max !== Infinity && max > maxRepeat)) throw new Faulty('tooBig', from);
    return { min, max };
  }

  #one(depth: number): Node {
    const from = this.#at;
    const character = this.#take();
    if (character === '^') return { kind: 'edge', edge: 'start' };
    if (character === '$') return { kind: 'edge', edge: 'end' };
    if (character === '.') return { kind: 'one', test: (one) => one !== '\n' };
    if (character === '[') return { kind: 'one', test: this.#set(from) };
    if (character === '\\') return { kind: 'one', test: this.#escape(from) };
    if (character === '(') return this.#group(depth, from);
    if (character === '*' || character === '+' || character === '?') throw new Faulty('nothingToRepeat', from);
    if (character === '{' || character === '}' || character === ']') throw new Faulty('unbalanced', from);
    return { kind: 'one', test: is(character) };
  }

  #group(depth: number, from: number): Node {
    if (this.#next === '?' && !this.#skip('?:')) throw new Faulty('unsupported', from);
    const node = this.#any(depth + 1);
    if (!this.#skip(')')) throw new Faulty('unbalanced', from);
    return node;
  }

  #escape(from: number): Test {
    if (this.#next === undefined) throw new Faulty('unbalanced', from);
    const character = this.#take();
    if (Object.hasOwn(classes, character)) return classes[character] ?? is(character);
    if (/[0-9A-Za-z]/.test(character)) throw new Faulty('unsupported', from);
    return is(character);
  }

  #set(from: number): Test {
    const isNegated = this.#skip('^');
    const tests: Test[] = [];
    while (!this.#skip(']')) {
      if (this.#next === undefined) throw new Faulty('unbalanced', from);
      const start = this.#at;
      const low = this.#take();
      if (low === '\\') tests.push(this.#escape(start));
      else if (this.#next === '-' && this.#text[this.#at + 1] !== ']' && this.#at + 1 < this.#text.length) {
        this.#take();
        const high = this.#take();
        if (high === '\\' || high < low) throw new Faulty('unsupported', start);
        tests.push((character) => character >= low && character <= high);
      } else tests.push(is(low));
    }
    return (character) => tests.some((test) => test(character)) !== isNegated;
  }
}

type Step =
  | { readonly do: 'take'; readonly test: Test }
  | { readonly do: 'edge'; readonly edge: 'start' | 'end' }
  | { readonly do: 'fork'; readonly to: readonly number[] }
  | { readonly do: 'end' };

/** Lays a pattern out as steps; each is taken at most once for each character of a text, so that no pattern takes long. */
function toSteps(node: Node): Step[] {
  const steps: Step[] = [];
  const add = (step: Step): number => {
    if (steps.length >= maxSteps) throw new Faulty('tooBig', 0);
    return steps.push(step) - 1;
  };
  const fork = (): { readonly at: number; readonly to: number[] } => {
    const to: number[] = [];
    return { at: add({ do: 'fork', to }), to };
  };
  const lay = (part: Node): void => {
    if (part.kind === 'one') add({ do: 'take', test: part.test });
    else if (part.kind === 'edge') add({ do: 'edge', edge: part.edge });
    else if (part.kind === 'all') part.nodes.forEach(lay);
    else if (part.kind === 'any') layAny(part.nodes);
    else layRepeat(part.node, part.min, part.max);
  };
  const layAny = (nodes: readonly Node[]): void => {
    const [only] = nodes;
    if (nodes.length === 1 && only) return lay(only);
    const start = fork();
    const ends = nodes.map((each) => {
      start.to.push(steps.length);
      lay(each);
      return fork();
    });
    for (const { to } of ends) to.push(steps.length);
  };
  const layRepeat = (inner: Node, min: number, max: number): void => {
    for (let count = 0; count < min; count += 1) lay(inner);
    if (max === Infinity) {
      const loop = fork();
      loop.to.push(steps.length);
      lay(inner);
      add({ do: 'fork', to: [loop.at] });
      loop.to.push(steps.length);
      return;
    }
    const ways = Array.from({ length: max - min }, () => {
      const way = fork();
      way.to.push(steps.length);
      lay(inner);
      return way;
    });
    for (const { to } of ways) to.push(steps.length);
  };
  lay(node);
  steps.push({ do: 'end' });
  return steps;
}

/** Follows all ways through the steps at once. */
function runSteps(steps: readonly Step[], text: string): boolean {
  let now = new Set<number>();
  let isFound = false;
  const enter = (states: Set<number>, from: number, at: number): void => {
    const open = [from];
    for (let index = open.pop(); index !== undefined; index = open.pop()) {
      if (states.has(index)) continue;
      states.add(index);
      const step = steps[index];
      if (step?.do === 'fork') open.push(...step.to);
      else if (step?.do === 'end') isFound = true;
      else if (step?.do === 'edge' && at === (step.edge === 'start' ? 0 : text.length)) open.push(index + 1);
    }
  };
  for (let at = 0; at <= text.length; at += 1) {
    enter(now, 0, at);
    if (isFound) return true;
    const character = text[at];
    if (character === undefined) return false;
    const next = new Set<number>();
    for (const index of now) {
      const step = steps[index];
      if (step?.do === 'take' && step.test(character)) enter(next, index + 1, at + 1);
    }
    if (isFound) return true;
    now = next;
  }
  return false;
}

function compile(source: string): Pattern | PatternFault {
  try {
    const steps = toSteps(new Reader(source).read());
    return { matches: (text) => runSteps(steps, text) };
  } catch (error) {
    if (error instanceof Faulty) return error.fault;
    throw error;
  }
}

/**
 * A regular expression that is matched in a time that grows with the text alone, whatever the pattern: at most 256 characters and 500
 * steps, without look-around and references back. It may match anywhere in a text.
 */
export function toPattern(source: string): Pattern | PatternFault {
  return source.length > maxLength ? { why: 'tooLong', at: maxLength + 1 } : compile(source);
}

/** A glob for a whole text: `*` any text, `?` one character, `[a-z]` one of a set, `[!a-z]` none of it, `{a,b}` one of several. */
export function toGlob(glob: string): Pattern | PatternFault {
  if (glob.length > maxLength) return { why: 'tooLong', at: maxLength + 1 };
  let [source, braces, isInSet] = ['', 0, false];
  for (const character of glob) {
    if (isInSet) {
      isInSet = character !== ']';
      if (character === '!' && source.endsWith('[')) source += '^';
      else source += character === '\\' || character === '[' ? `\\${character}` : character;
    } else if (character === '*') source += '.*';
    else if (character === '?') source += '.';
    else if (character === '[') [source, isInSet] = [`${source}[`, true];
    else if (character === '{') [source, braces] = [`${source}(?:`, braces + 1];
    else if (character === '}' && braces > 0) [source, braces] = [`${source})`, braces - 1];
    else if (character === ',' && braces > 0) source += '|';
    else source += /[0-9A-Za-z]/.test(character) ? character : `\\${character}`;
  }
  const pattern = compile(`^(?:${source})$`);
  return 'why' in pattern ? { ...pattern, at: 1 } : pattern;
}
