import { expect, it } from 'vitest';
import { CodecError } from '../codec/codec-error.ts';
import { parseChallenges } from './parse-challenge.ts';

const read = (header: string): unknown[] =>
  parseChallenges(header).map(({ scheme, parameters }) => [scheme, Object.fromEntries(parameters)]);

it.each([
  ['Basic realm="a"', [['basic', { realm: 'a' }]]],
  [
    'Bearer realm="https://x/token",service="s",scope="repository:a/b:pull,push"',
    [['bearer', { realm: 'https://x/token', service: 's', scope: 'repository:a/b:pull,push' }]],
  ],
  ['bEaReR ReAlm = token , x=1', [['bearer', { realm: 'token', x: '1' }]]],
  [
    'Basic realm="a", Bearer realm="b", error="invalid_token"',
    [
      ['basic', { realm: 'a' }],
      ['bearer', { realm: 'b', error: 'invalid_token' }],
    ],
  ],
  [
    'Negotiate, Basic realm="a"',
    [
      ['negotiate', {}],
      ['basic', { realm: 'a' }],
    ],
  ],
  ['Basic realm="a \\"quoted\\" \\\\ word, comma"', [['basic', { realm: 'a "quoted" \\ word, comma' }]]],
  ['Basic realm=""', [['basic', { realm: '' }]]],
  ['Basic', [['basic', {}]]],
  [' , ,Basic realm="a",,', [['basic', { realm: 'a' }]]],
  ['', []],
])('reads %s', (header, expected) => {
  expect(read(header)).toEqual(expected);
});

it.each([
  'Bearer realm="unclosed',
  'Bearer realm="x\\',
  'Bearer realm=',
  'Bearer =x',
  '"Bearer"',
  'Bearer realm="a" realm="b"',
  'Bearer a=b=c',
  'Bearer(x)',
  `Bearer ${Array.from({ length: 40 }, (_, index) => `p${index}=1`).join(',')}`,
  Array.from({ length: 20 }, () => 'Basic').join(', '),
  'x'.repeat(8193),
])('refuses %s', (header) => {
  expect(() => parseChallenges(header)).toThrow(CodecError);
});

it.each(['"', ',', 'a=', 'a ', 'a="\\"', '\\'])('thinks no longer about 64 KiB of %j than about little', (unit) => {
  const started = performance.now();
  for (const text of [unit.repeat(65_536), `Bearer ${unit.repeat(1500)}`, `Bearer realm="${unit.repeat(1500)}`]) {
    try {
      parseChallenges(text);
    } catch (error) {
      expect(error).toBeInstanceOf(CodecError);
    }
  }
  expect(performance.now() - started).toBeLessThan(50);
});
