import { describe, expect, it } from 'vitest';
import { chooseTags } from './choose-tags.ts';

const tags = ['latest', '1.37.0', '1.37.0-musl', '1.36.1'];

describe('chooseTags', () => {
  it('takes a glob for the whole tag', () => {
    expect(chooseTags('glob', '1.37*', tags).chosen).toEqual(['1.37.0', '1.37.0-musl']);
  });

  it('takes a regular expression for any part of it', () => {
    expect(chooseTags('pattern', String.raw`\.0(-|$)`, tags).chosen).toEqual(['1.37.0', '1.37.0-musl']);
  });

  it('takes a list of tags and references, and tells what is not there', () => {
    const list = '1.36.1, latest\nlocalhost:5000/library/busybox:1.37.0\n2.0 localhost:5000/library/busybox';
    expect(chooseTags('list', list, tags)).toEqual({
      chosen: ['latest', '1.37.0', '1.36.1'],
      missing: ['2.0', 'localhost:5000/library/busybox'],
    });
  });

  it.each(['glob', 'pattern', 'list'] as const)('chooses nothing by an empty %s', (form) => {
    expect(chooseTags(form, ' \n', tags)).toEqual({ chosen: [], missing: [] });
  });

  it('tells why a pattern cannot be used', () => {
    expect(chooseTags('pattern', '(', tags)).toMatchObject({ chosen: [], fault: { why: 'unbalanced', at: 1 } });
  });

  it('gives up on what takes too long', () => {
    const many = Array.from({ length: 100_000 }, () => 'a'.repeat(128));
    const hard = chooseTags('pattern', '(a?){100}(a?){100}$x', many);
    expect(hard).toEqual({ chosen: [], missing: [], fault: { why: 'tooSlow' } });
  });
});
