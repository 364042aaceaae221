import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toGlob, toPattern } from './linear-pattern.ts';

const matches = (pattern: ReturnType<typeof toPattern>, text: string): boolean | string =>
  'why' in pattern ? pattern.why : pattern.matches(text);

/** Patterns of the kind that is understood. */
const piece = fc.letrec((tie) => ({
  any: fc.oneof(
    { depthSize: 'small' },
    tie('char'),
    tie('set'),
    tie('group'),
    tie('repeat'),
    tie('list'),
    tie('either'),
  ),
  char: fc.constantFrom('a', 'b', 'c', '-', '.', '\\.', '\\d', '\\w', '\\W', '1'),
  set: fc.constantFrom('[ab]', '[^a]', '[a-c1]', '[a-]', '[\\d.]'),
  group: fc.oneof(
    tie('any').map((inner) => `(${String(inner)})`),
    tie('any').map((inner) => `(?:${String(inner)})`),
  ),
  repeat: fc
    .tuple(
      fc.oneof(tie('char'), tie('set'), tie('group')),
      fc.constantFrom('*', '+', '?', '*?', '{2}', '{1,}', '{0,2}'),
    )
    .map(([inner, count]) => `${String(inner)}${count}`),
  list: fc.array(tie('any'), { maxLength: 3 }).map((parts) => parts.join('')),
  either: fc.tuple(tie('any'), tie('any')).map(([left, right]) => `${String(left)}|${String(right)}`),
}));

describe('toPattern', () => {
  it('says the same as the language does', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '1', '-', '.', '_'), maxLength: 8 });
    const edges = fc.tuple(fc.constantFrom('', '^'), piece.any, fc.constantFrom('', '$'));
    fc.assert(
      fc.property(edges, text, ([start, inner, end], sample) => {
        const source = `${start}${String(inner)}${end}`;
        const found = matches(toPattern(source), sample);
        if (found === 'tooBig' || found === 'tooLong') return;
        expect(found).toBe(new RegExp(source).test(sample));
      }),
      { numRuns: 3000 },
    );
  });

  it.each(['(a+)+$', '(a|a)*b', '(a|aa)+$', '(.*)*x', '^(([a-z])+.)+[A-Z]([a-z])+$', 'a?'.repeat(60) + 'a'.repeat(60)])(
    'takes no time for %s',
    (source) => {
      const started = performance.now();
      expect(typeof matches(toPattern(source), `${'a'.repeat(300)}!`)).toBe('boolean');
      expect(performance.now() - started).toBeLessThan(500);
    },
  );

  it.each([
    ['(', 'unbalanced'],
    [')', 'unbalanced'],
    ['[a', 'unbalanced'],
    ['a\\', 'unbalanced'],
    ['*', 'nothingToRepeat'],
    ['a**', 'nothingToRepeat'],
    ['^*', 'nothingToRepeat'],
    ['(?=a)', 'unsupported'],
    ['(?<n>a)', 'unsupported'],
    ['(a)\\1', 'unsupported'],
    ['\\b', 'unsupported'],
    ['a{', 'unsupported'],
    ['a{3,2}', 'unsupported'],
    ['[z-a]', 'unsupported'],
    ['a{999}', 'tooBig'],
    ['((((a{50}){50}){50}){50})', 'tooBig'],
    ['('.repeat(20) + ')'.repeat(20), 'tooBig'],
    ['a'.repeat(257), 'tooLong'],
  ])('refuses %s', (source, why) => {
    expect(toPattern(source)).toMatchObject({ why });
  });

  it('tells where', () => {
    expect(toPattern('1.2(?=3)')).toEqual({ why: 'unsupported', at: 4 });
  });
});

describe('toGlob', () => {
  it.each([
    ['1.*', '1.2.3', true],
    ['1.*', '21.2', false],
    ['1.?', '1.22', false],
    ['v[0-9].{1,2}', 'v3.2', true],
    ['v[0-9].{1,2}', 'v3.3', false],
    ['a+b', 'a+b', true],
    ['a+b', 'aab', false],
    ['*-alpine', '3.20-alpine', true],
    ['[!a]', 'b', true],
    ['[!a]', 'a', false],
    ['[a!]', '!', true],
    ['$x^', '$x^', true],
    ['}', '}', true],
    ['', '', true],
  ])('%s and %s: %s', (glob, text, expected) => {
    expect(matches(toGlob(glob), text)).toBe(expected);
  });

  it.each(['[a', '{a', 'x'.repeat(300)])('refuses %s', (glob) => {
    expect(toGlob(glob)).toHaveProperty('why');
  });
});
