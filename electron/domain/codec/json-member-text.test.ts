import { describe, expect, it } from 'vitest';
import { withJsonItems, withJsonMember } from './json-member-text.ts';

describe('withJsonMember', () => {
  it.each([
    ['{}', '{\n    "f": "x"\n}'],
    [' { } ', ' {\n    "f": "x"\n} '],
    ['{"f":1}', '{"f":"x"}'],
    ['{"a":1.50e3,"f" : {"f":[1,"}"]} ,"b":"f"}', '{"a":1.50e3,"f" : "x" ,"b":"f"}'],
    ['{\n\t"a": [],\n\t"b": -0\n}\n', '{\n\t"a": [],\n\t"b": -0,\n\t"f": "x"\n}\n'],
    ['{"a\\"f":"\\\\","f":true}', '{"a\\"f":"\\\\","f":"x"}'],
    ['{"a":{"f":1}}', '{"a":{"f":1},"f": "x"}'],
    ['{"10":1,"2":12345678901234567890}', '{"10":1,"2":12345678901234567890,"f": "x"}'],
    ['{"f":null}', '{"f":"x"}'],
    ['{"f":"a"\n}', '{"f":"x"\n}'],
  ])('%s', (text, expected) => {
    expect(withJsonMember(text, 'f', '"x"')).toBe(expected);
  });

  it('sets the last of those that are meant', () => {
    const isMember = (name: string): boolean => name.toLowerCase() === 'f';
    expect(withJsonMember('{"F":1,"f":2,"a":3}', 'f', '9', isMember)).toBe('{"F":1,"f":9,"a":3}');
  });
});

describe('withJsonItems', () => {
  it.each([
    ['{}', '{\n    "f": ["x"]\n}'],
    ['{"f":null}', '{"f":["x"]}'],
    ['{"a":1e400,"f" : [ ]}', '{"a":1e400,"f" : ["x"]}'],
    ['{"f":[ 1e400,{"b":12345678901234567890} ], "c":0.10}', '{"f":[1e400,{"b":12345678901234567890},"x"], "c":0.10}'],
  ])('%s', (text, expected) => {
    expect(withJsonItems(text, 'f', ['"x"'])).toBe(expected);
  });

  it('leaves out the items that are not kept', () => {
    expect(withJsonItems('{"f":[1.0,2.0,3.0]}', 'f', [], (index) => index !== 1)).toBe('{"f":[1.0,3.0]}');
  });
});
