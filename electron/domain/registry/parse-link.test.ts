import { expect, it } from 'vitest';
import { parseNextLink } from './parse-link.ts';

it.each([
  ['</v2/a/tags/list?n=1&last=b>; rel="next"', '/v2/a/tags/list?n=1&last=b'],
  ['<x>;rel=next', 'x'],
  ['<x> ; title="a"; REL = "next"', 'x'],
  ['<first>; rel="first", <x>; rel="next"', 'x'],
  ['<x>; rel="next", <last>; rel="last"', 'x'],
  ['<x>; rel="prev"', undefined],
  ['<x>', undefined],
  ['x; rel="next"', undefined],
  ['<x; rel="next"', undefined],
  ['', undefined],
  [undefined, undefined],
  [`<${'x'.repeat(9000)}>; rel="next"`, undefined],
])('reads %s', (header, expected) => {
  expect(parseNextLink(header)).toBe(expected);
});

it('reads long headers quickly', () => {
  const started = performance.now();
  for (const unit of ['<', '>', '<>', '<>;', ';=', ',']) parseNextLink(unit.repeat(8192 / unit.length));
  expect(performance.now() - started).toBeLessThan(50);
});
