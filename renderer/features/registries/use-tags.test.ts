import { describe, expect, it } from 'vitest';
import { sortTags } from './use-tags.ts';

describe('sortTags', () => {
  it('puts latest first, then the newest version by number', () => {
    expect(sortTags(['1.9.0', 'latest', '1.37.0', '1.10.0'], true)).toEqual(['latest', '1.37.0', '1.10.0', '1.9.0']);
  });
  it('sorts upwards without a favourite', () => {
    expect(sortTags(['b', 'latest', 'a', 'a'], false)).toEqual(['a', 'b', 'latest']);
  });
});
