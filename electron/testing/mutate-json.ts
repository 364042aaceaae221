import type { SeededRandom } from './seeded-random.ts';

/** The members of an object as they will be written, so that names may repeat and values be anything. */
type Members = [name: string, text: string][];

const values = [
  'null',
  'true',
  '0',
  '-1',
  '5.0',
  '5e0',
  '1e400',
  '9007199254740993',
  '""',
  '"x"',
  '"\\u0000"',
  '"\\ud800"',
  '[]',
  '{}',
  '[null]',
  '[[[[]]]]',
  '{"a":1}',
  '"none"',
  'nul',
  '01',
  '"é"',
  '"\u2028"',
];

function write(members: Members): string {
  return `{${members.map(([name, text]) => `${JSON.stringify(name)}:${text}`).join(',')}}`;
}

/** An object's own members; other JSON has none. */
function read(text: string): Members {
  const value = JSON.parse(text) as unknown;
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).map(([name, member]) => [name, JSON.stringify(member)]);
}

function otherLetters(random: SeededRandom, name: string): string {
  return random.pick([
    name.toUpperCase(),
    name.charAt(0).toUpperCase() + name.slice(1),
    name.replace('s', 'ſ'),
    name.replace('k', '\u212a'),
    `${name} `,
  ]);
}

function changeMember(random: SeededRandom, members: Members, wanted: readonly string[]): Members {
  const at = random.below(members.length);
  const [name, text] = members[at] ?? ['', '""'];
  const other = random.pick([...wanted, ...values]);
  const put = random.pick<Members>([
    [],
    [[name, other]],
    [[name, other]],
    [
      [name, other],
      [name, text],
    ],
    [
      [name, text],
      [name, other],
    ],
    [
      [name, text],
      [name, text],
    ],
    [[otherLetters(random, name), text]],
    [
      [name, text],
      [otherLetters(random, name), other],
    ],
    [
      [otherLetters(random, name), other],
      [name, text],
    ],
    [[random.pick(members)[0], text]],
    [[name, random.pick(members)[1]]],
    [
      [name, text],
      [random.pick(['__proto__', 'constructor', 'x', '', 'toString']), other],
    ],
  ]);
  return [...members.slice(0, at), ...put, ...members.slice(at + 1)];
}

function changeText(random: SeededRandom, text: string): string {
  const at = random.below(text.length + 1);
  return random.pick([
    ` ${text}`,
    `${text}\n`,
    `${text}x`,
    `${text}${text}`,
    `\ufeff${text}`,
    `[${text}]`,
    text.slice(0, at),
    text.slice(0, at) + random.pick([' ', '\t', '\u0000', '/**/', ',', '"', '\\', '\u00a0', '}']) + text.slice(at),
    text.replace(/[a-z]/, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`),
  ]);
}

/**
 * The text of a JSON object with one to three changes: members dropped, doubled, renamed, swapped or given other values, and now and
 * then the text itself soiled.
 *
 * @param wanted - values, as JSON, that are worth trying in this object
 */
export function mutateJson(random: SeededRandom, text: string, wanted: readonly string[] = []): string {
  let members = read(text);
  for (let left = 1 + random.below(random.chance(0.2) ? 3 : 1); left > 0 && members.length > 0; left -= 1)
    members = random.chance(0.1) ? members.reverse() : changeMember(random, members, wanted);
  const changed = write(members);
  return random.chance(0.15) ? changeText(random, changed) : changed;
}

function changeList(random: SeededRandom, list: readonly unknown[], wanted: readonly string[]): string {
  const texts = list.map((item) => JSON.stringify(item));
  const at = random.below(texts.length + 1);
  const put = random.pick([[], [random.pick([...wanted, ...values])], texts.slice(0, 1), texts.slice(-1)]);
  return `[${[...texts.slice(0, at), ...put, ...texts.slice(at + random.below(2))].join(',')}]`;
}

/** The text of any JSON value with a change somewhere in it, at whatever depth. */
export function mutateJsonDeep(random: SeededRandom, text: string, wanted: readonly string[] = []): string {
  const value = JSON.parse(text) as unknown;
  if (typeof value !== 'object' || value === null) return random.pick([...wanted, ...values]);
  const members = Object.entries(value);
  const inner = random.chance(0.7) ? members.filter(([, member]) => typeof member === 'object' && member !== null) : [];
  if (inner.length === 0)
    return Array.isArray(value) ? changeList(random, value, wanted) : mutateJson(random, text, wanted);
  const [name] = random.pick(inner);
  const texts = members.map(([other, member]): [string, string] => {
    const written = JSON.stringify(member);
    return [other, other === name ? mutateJsonDeep(random, written, wanted) : written];
  });
  return Array.isArray(value) ? `[${texts.map(([, item]) => item).join(',')}]` : write(texts);
}
