import { describe, expect, it } from 'vitest';
import { BoundedMemory } from './bounded-memory.ts';

describe('BoundedMemory', () => {
  const remembered = (memory: BoundedMemory<number>, ...keys: string[]): (number | undefined)[] =>
    keys.map((key) => memory.get(key));

  it('forgets what was not asked for the longest when there are too many', () => {
    const memory = new BoundedMemory<number>({ maxEntries: 2, maxSize: 100 });
    memory.set('a', 1, 1);
    memory.set('b', 2, 1);
    memory.get('a');
    memory.set('c', 3, 1);
    expect(remembered(memory, 'a', 'b', 'c')).toEqual([1, undefined, 3]);
  });

  it('forgets as many as make room, and counts what is replaced or deleted no more', () => {
    const memory = new BoundedMemory<number>({ maxEntries: 10, maxSize: 10 });
    memory.set('a', 1, 4);
    memory.set('b', 2, 4);
    memory.set('a', 3, 6);
    expect(remembered(memory, 'b', 'a')).toEqual([2, 3]);
    memory.delete('b');
    memory.delete('nothing');
    memory.set('c', 4, 4);
    expect(remembered(memory, 'a', 'c')).toEqual([3, 4]);
    memory.set('d', 5, 7);
    expect(remembered(memory, 'a', 'c', 'd')).toEqual([undefined, undefined, 5]);
  });

  it('does not remember what alone is too large', () => {
    const memory = new BoundedMemory<number>({ maxEntries: 10, maxSize: 10 });
    memory.set('a', 1, 10);
    memory.set('a', 2, 11);
    expect(memory.get('a')).toBeUndefined();
    memory.set('b', 3, 10);
    expect(memory.get('b')).toBe(3);
  });
});
