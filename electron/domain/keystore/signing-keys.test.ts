import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isAppError } from '../../../shared/errors/app-error.ts';
import { changeSigningKeyList, emptySigningKeyList, parseSigningKeys, type SigningKeyChange } from './signing-keys.ts';

const parse = (text: string): ReturnType<typeof parseSigningKeys> => parseSigningKeys(new TextEncoder().encode(text));
const entryOf = (name: string): { name: string; keyPath: string; certPath: string } => ({
  name,
  keyPath: `/c/localkeys/${name}.key`,
  certPath: `/c/localkeys/${name}.crt`,
});
const add = (name: string, makeDefault = false): SigningKeyChange => ({
  kind: 'add',
  entry: entryOf(name),
  makeDefault,
});
const faultOf = (text: string): string => {
  try {
    parse(text);
    return 'none';
  } catch (error) {
    return isAppError(error, 'key.listMalformed')
      ? error.details.fault.replace('malformed signingkeys.json: ', '')
      : String(error);
  }
};

describe('parseSigningKeys', () => {
  it('reads both kinds of keys', () => {
    const list = parse(
      '{"default":"a","keys":[{"name":"a","keyPath":"/k","certPath":"/c"},{"name":"b","id":"i","pluginName":"p","pluginConfig":{"x":"y"}}]}',
    );
    expect(list.defaultName).toBe('a');
    expect(list.keys).toEqual([
      { name: 'a', keyPath: '/k', certPath: '/c' },
      { name: 'b', id: 'i', pluginName: 'p', pluginConfig: { x: 'y' } },
    ]);
  });

  it.each(['{}', '{"keys":null}', '{"keys":[]}', '{"default":null,"keys":[]}'])('takes %s for no keys', (text) => {
    expect(parse(text).keys).toEqual([]);
  });

  it.each([
    ['{"keys":[{"name":""}]}', 'key name cannot be empty'],
    ['{"keys":[{"keyPath":"/k"}]}', 'key name cannot be empty'],
    ['{"keys":[{"name":"a"},{"name":"a"}]}', "multiple keys with name 'a' found"],
    ['{"default":"","keys":[]}', 'default key name cannot be empty'],
    ['{"default":"b","keys":[{"name":"a"}]}', "default key 'b' not found"],
    ['{"default":"__proto__","keys":[{"name":"a"}]}', "default key '__proto__' not found"],
    ['[]', 'an object was expected'],
    ['{"keys":{}}', '"keys" must be an array'],
    ['{"keys":["a"]}', 'a key must be an object'],
    ['{"keys":[{"name":1}]}', '"name" must be a string'],
    ['{"keys":[{"name":"a","pluginConfig":{"b":1}}]}', '"pluginConfig" must be an object of strings'],
    ['{"Keys":[]}', '"Keys" must be written "keys"'],
    ['{"keys":[{"name":"a","keypath":"/k"}]}', '"keypath" must be written "keyPath"'],
  ])('refuses %s', (text, fault) => {
    expect(faultOf(text)).toBe(fault);
  });

  it.each(['', '{', '{"keys":[]} x', '{"keys":[],"keys":[]}', '\ufeff{}', '{"keys":[],}', '// c\n{}', '\u0000'])(
    'refuses %j, which is no JSON or means two things',
    (text) => {
      expect(faultOf(text)).not.toBe('none');
    },
  );

  it('refuses what is not UTF-8', () => {
    expect(() => parseSigningKeys(Uint8Array.of(0x7b, 0xff, 0x7d))).toThrow('key.listMalformed');
  });
});

describe('changeSigningKeyList', () => {
  it('writes a key of a plugin in the form of the reference', () => {
    const entry = { name: 'a', id: 'arn:key', pluginName: 'sealer', pluginConfig: { region: 'eu' } };
    expect(changeSigningKeyList(emptySigningKeyList, { kind: 'add', entry, makeDefault: false })).toBe(`{
    "keys": [
        {
            "name": "a",
            "id": "arn:key",
            "pluginName": "sealer",
            "pluginConfig": {
                "region": "eu"
            }
        }
    ]
}
`);
  });

  it('writes the form of the reference', () => {
    const text = changeSigningKeyList(emptySigningKeyList, add('a', true));
    expect(text).toBe(`{
    "default": "a",
    "keys": [
        {
            "name": "a",
            "keyPath": "/c/localkeys/a.key",
            "certPath": "/c/localkeys/a.crt"
        }
    ]
}
`);
    expect(changeSigningKeyList(parse(text), { kind: 'remove', name: 'a' })).toBe('{\n    "keys": []\n}\n');
  });

  it('keeps what it does not know, byte for byte', () => {
    const text =
      '{ "x": 1e400, "keys" : [ {"note":"n", "name":"a", "size": 12345678901234567890} ],\n\t"last": {"__proto__": 1} }';
    const added = changeSigningKeyList(parse(text), add('b'));
    for (const part of [
      '"x": 1e400',
      '{"note":"n", "name":"a", "size": 12345678901234567890}',
      '"last": {"__proto__": 1}',
    ]) {
      expect(added).toContain(part);
    }
    expect(parse(added).keys.map(({ name }) => name)).toEqual(['a', 'b']);
    const removed = changeSigningKeyList(parse(added), { kind: 'remove', name: 'b' });
    expect(removed).toContain('{"note":"n", "name":"a", "size": 12345678901234567890}');
    expect(changeSigningKeyList(parse(text), { kind: 'setDefault', name: 'a' })).toContain('"x": 1e400');
  });

  it('writes new places and touches nothing else', () => {
    const text =
      '{ "keys":[{"name":"z"},{"certPath" :\t"/old/a.crt", "x":1e400,"name":"a","keyPath":"/old/a.key"}],"y": 1 }\n';
    const from = { name: 'a', keyPath: '/old/a.key', certPath: '/old/a.crt' };
    const to = { name: 'a', keyPath: '/new/"k".key', certPath: '/old/a.crt' };
    expect(changeSigningKeyList(parse(text), { kind: 'relocate', moves: [{ from, to }] })).toBe(
      text.replace('"/old/a.key"', String.raw`"/new/\"k\".key"`),
    );
  });

  it('writes no new place over one that was not the old one', () => {
    const list = parse('{"keys":[{"name":"a","keyPath":"/k","certPath":"/c"}]}');
    const move = (name: string, keyPath: string): SigningKeyChange => {
      const from = { name, keyPath, certPath: '/c' };
      return { kind: 'relocate', moves: [{ from, to: from }] };
    };
    expect(() => changeSigningKeyList(list, move('a', '/other'))).toThrow('file.changedMeanwhile');
    expect(() => changeSigningKeyList(list, move('b', '/k'))).toThrow('key.notFound');
  });

  it('takes the default away with its key only', () => {
    const list = parse('{"default":"a","keys":[{"name":"a"},{"name":"b"}]}');
    expect(parse(changeSigningKeyList(list, { kind: 'remove', name: 'b' })).defaultName).toBe('a');
    expect(parse(changeSigningKeyList(list, { kind: 'remove', name: 'a' })).defaultName).toBeUndefined();
    expect(parse(changeSigningKeyList(list, add('c', true))).defaultName).toBe('c');
  });

  it('adds keys to a file that has no list', () => {
    expect(parse(changeSigningKeyList(parse('{"keys":null}'), add('a'))).keys).toHaveLength(1);
    expect(parse(changeSigningKeyList(parse('{}'), add('a', true)))).toMatchObject({ defaultName: 'a' });
  });

  it.each([
    [add('a'), 'key.exists'],
    [{ kind: 'remove', name: 'c' }, 'key.notFound'],
    [{ kind: 'remove', name: 'A' }, 'key.notFound'],
    [{ kind: 'setDefault', name: 'constructor' }, 'key.notFound'],
  ] satisfies readonly (readonly [SigningKeyChange, string])[])('refuses %j', (change, code) => {
    expect(() => changeSigningKeyList(parse('{"keys":[{"name":"a"}]}'), change)).toThrow(code);
  });

  it('loses no entry in any sequence of changes', () => {
    const names = fc.constantFrom('a', 'b', 'c', '"', '\\', 'toString', '印');
    const step = fc.record({ kind: fc.constantFrom('add', 'remove', 'setDefault'), name: names, flag: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        let list = emptySigningKeyList;
        const expected = new Set<string>();
        for (const { kind, name, flag } of steps) {
          if ((kind === 'add') === expected.has(name)) continue;
          if (kind === 'add') expected.add(name);
          if (kind === 'remove') expected.delete(name);
          const change: SigningKeyChange =
            kind === 'add' ? add(name, flag) : { kind: kind === 'remove' ? 'remove' : 'setDefault', name };
          list = parse(changeSigningKeyList(list, change));
        }
        expect(new Set(list.keys.map(({ name }) => name))).toEqual(expected);
      }),
      { numRuns: 200 },
    );
  });
});
