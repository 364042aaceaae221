import { describe, expect, it } from 'vitest';
import { addStatement, createDocument, removeStatement } from '../../../shared/policy-text/statement-list.ts';
import {
  addToList,
  clearOverride,
  duplicateStatement,
  removeFromList,
  removeWhatSkipForbids,
  replaceInList,
  setLevel,
  setName,
  setOverride,
  setVerifyTimestamp,
} from './policy-edits.ts';
import { effectiveActions, readStatements } from './statement-view.ts';

const statement = (inner: string) => `{ "version": "1.0", "trustPolicies": [ { ${inner} } ] }`;

/** Document, edit, and the one place that may differ: what goes and what comes. */
const cases: readonly (readonly [
  title: string,
  text: string,
  edit: (text: string) => string,
  gone: string,
  came: string,
])[] = [
  ['a name on one line', statement('"name": "a","x":1'), (t) => setName(t, 0, 'b'), '"a"', '"b"'],
  ['a name with odd spacing', statement('"name"  :   "a" , "x" : [ ]'), (t) => setName(t, 0, 'b'), '"a"', '"b"'],
  ['a name spelt in capitals', statement('"NAME": "a", "z": null'), (t) => setName(t, 0, 'b'), '"a"', '"b"'],
  ['the last of two names', statement('"name": "a", "name": "c"'), (t) => setName(t, 0, 'b'), '"c"', '"b"'],
  ['a name that needs escapes', statement('"name": "a"'), (t) => setName(t, 0, 'b"\\'), '"a"', '"b\\"\\\\"'],
  ['a missing name', statement('"x": 1'), (t) => setName(t, 0, 'b'), '', ', "name": "b"'],
  [
    'a level beside unknown members',
    statement('"signatureVerification": {"note":"é","level":"audit","more":{}}'),
    (t) => setLevel(t, 0, 'strict'),
    '"audit"',
    '"strict"',
  ],
  [
    'a level in another order',
    statement('"signatureVerification": {"override":{},"level":"audit"}, "name": "a"'),
    (t) => setLevel(t, 0, 'skip'),
    '"audit"',
    '"skip"',
  ],
  [
    'no verification at all',
    statement('"name": "a"'),
    (t) => setLevel(t, 0, 'strict'),
    '',
    ', "signatureVerification": { "level": "strict" }',
  ],
  [
    'a first override',
    statement('"signatureVerification": {"level":"strict"}'),
    (t) => setOverride(t, 0, 'revocation', 'log'),
    '',
    ', "override": { "revocation": "log" }',
  ],
  [
    'a second override',
    statement('"signatureVerification": {"level":"strict","override":{"expiry":"log"}}'),
    (t) => setOverride(t, 0, 'revocation', 'log'),
    '',
    ', "revocation": "log"',
  ],
  [
    'another override',
    statement('"signatureVerification": {"level":"strict","override":{"expiry":"log", "revocation":"log"}}'),
    (t) => setOverride(t, 0, 'revocation', 'skip'),
    '"revocation":"log"',
    '"revocation":"skip"',
  ],
  [
    'an override that goes',
    statement('"signatureVerification": {"level":"strict","override":{"expiry":"log", "revocation":"log"}}'),
    (t) => clearOverride(t, 0, 'expiry'),
    '"expiry":"log", ',
    '',
  ],
  [
    'the last override that goes',
    statement('"signatureVerification": {"level":"strict", "override":{"expiry":"log"}}'),
    (t) => clearOverride(t, 0, 'expiry'),
    ', "override":{"expiry":"log"}',
    '',
  ],
  [
    'an override that equals its level',
    statement('"signatureVerification": {"level":"strict", "override":{"expiry":"log"}}'),
    (t) => setOverride(t, 0, 'expiry', 'enforce'),
    ', "override":{"expiry":"log"}',
    '',
  ],
  [
    'a timestamp rule',
    statement('"signatureVerification": {"level":"strict"}'),
    (t) => setVerifyTimestamp(t, 0, 'afterCertExpiry'),
    '',
    ', "verifyTimestamp": "afterCertExpiry"',
  ],
  [
    'a timestamp rule that goes',
    statement('"signatureVerification": {"verifyTimestamp":"always" ,"level":"strict"}'),
    (t) => setVerifyTimestamp(t, 0, null),
    '"verifyTimestamp":"always" ,',
    '',
  ],
  [
    'a scope on one line',
    statement('"registryScopes": ["a/b","c/d"]'),
    (t) => addToList(t, 0, 'registryScopes', 'e/f'),
    '',
    ',"e/f"',
  ],
  [
    'a scope on one line with spaces',
    statement('"registryScopes": [ "a/b" , "c/d" ]'),
    (t) => addToList(t, 0, 'registryScopes', 'e/f'),
    '',
    ', "e/f"',
  ],
  [
    'a scope in an empty list',
    statement('"registryScopes": []'),
    (t) => addToList(t, 0, 'registryScopes', 'e/f'),
    '',
    '"e/f"',
  ],
  [
    'a scope in no list',
    statement('"name": "a"'),
    (t) => addToList(t, 0, 'registryScopes', 'e/f'),
    '',
    ', "registryScopes": ["e/f"]',
  ],
  [
    'a scope on lines of their own',
    statement('"registryScopes": [\n\t\t"a/b",\n\t\t"c/d"\n\t]'),
    (t) => addToList(t, 0, 'registryScopes', 'e/f'),
    '',
    ',\n\t\t"e/f"',
  ],
  [
    'a scope on lines that end in CRLF',
    statement('"registryScopes": [\r\n    "a/b"\r\n  ]'),
    (t) => addToList(t, 0, 'registryScopes', 'e/f'),
    '',
    ',\r\n    "e/f"',
  ],
  [
    'a scope that changes',
    statement('"registryScopes": [ "a/b" , "c/d" ]'),
    (t) => replaceInList(t, 0, 'registryScopes', 1, 'x/y'),
    '"c/d"',
    '"x/y"',
  ],
  [
    'the first scope that goes',
    statement('"registryScopes": [ "a/b" , "c/d" ]'),
    (t) => removeFromList(t, 0, 'registryScopes', 0),
    '"a/b" , ',
    '',
  ],
  [
    'the last scope that goes',
    statement('"registryScopes": [ "a/b" , "c/d" ]'),
    (t) => removeFromList(t, 0, 'registryScopes', 1),
    ' , "c/d"',
    '',
  ],
  [
    'the only store that goes',
    statement('"trustStores": [ "ca:a" ]'),
    (t) => removeFromList(t, 0, 'trustStores', 0),
    ' "ca:a" ',
    '',
  ],
  [
    'an identity',
    statement('"trustedIdentities": ["*"]'),
    (t) => replaceInList(t, 0, 'trustedIdentities', 0, 'x509.subject: C=US, ST=WA, O=a\\, b'),
    '"*"',
    '"x509.subject: C=US, ST=WA, O=a\\\\, b"',
  ],
  [
    'a store beside numbers and nulls',
    statement('"trustStores": [1, null, "ca:a"]'),
    (t) => replaceInList(t, 0, 'trustStores', 2, 'tsa:b'),
    '"ca:a"',
    '"tsa:b"',
  ],
];

describe('an edit of a policy text', () => {
  it.each(cases)('changes nothing but %s', (_, text, edit, gone, came) => {
    const result = edit(text);
    const places = Array.from({ length: text.length + 1 }, (_unused, at) => at).filter(
      (at) =>
        text.slice(at, at + gone.length) === gone && text.slice(0, at) + came + text.slice(at + gone.length) === result,
    );
    expect(places.length).toBeGreaterThan(0);
    expect(() => JSON.parse(result) as unknown).not.toThrow();
  });

  it('adds a statement in the layout of the text', () => {
    const text = '{\n\t"version": "1.0",\n\t"trustPolicies": [\n\t\t{ "name": "a" }\n\t],\n\t"extra": true\n}\n';
    const added = addStatement(text, {
      name: 'b',
      scopes: ['x/y'],
      level: 'strict',
      stores: ['ca:s'],
      identities: ['*'],
    });
    expect(added).toBe(
      '{\n\t"version": "1.0",\n\t"trustPolicies": [\n\t\t{ "name": "a" },\n\t\t{\n\t\t\t"name": "b",\n\t\t\t"registryScopes": ["x/y"],\n' +
        '\t\t\t"signatureVerification": { "level": "strict" },\n\t\t\t"trustStores": ["ca:s"],\n\t\t\t"trustedIdentities": ["*"]\n\t\t}\n\t],\n\t"extra": true\n}\n',
    );
  });

  it('makes a document with one statement, and nothing to trust when it skips', () => {
    const text = createDocument({ name: 'a', scopes: ['x/y', 'x/z'], level: 'skip', stores: [], identities: [] });
    expect(JSON.parse(text)).toEqual({
      version: '1.0',
      trustPolicies: [{ name: 'a', registryScopes: ['x/y', 'x/z'], signatureVerification: { level: 'skip' } }],
    });
  });

  it('duplicates a statement with its unknown members and without its scopes', () => {
    const text = statement('"Name": "a", "registryScopes": ["x/y"], "owner": {"team": 1}');
    const copy = (JSON.parse(duplicateStatement(text, 0, 'a-2')) as { trustPolicies: unknown[] }).trustPolicies[1];
    expect(copy).toEqual({ Name: 'a-2', registryScopes: [], owner: { team: 1 } });
  });

  it('removes a statement and what belongs to it', () => {
    const text = '{"trustPolicies": [\n  {"name":"a"},\n  {"name":"b"}\n]}';
    expect(removeStatement(text, 1)).toBe('{"trustPolicies": [\n  {"name":"a"}\n]}');
    expect(removeStatement(text, 0)).toBe('{"trustPolicies": [\n  {"name":"b"}\n]}');
  });

  it('removes what a statement that skips may not have', () => {
    const text = statement(
      '"name": "a", "trustStores": ["ca:a"], "trustedIdentities": ["*"], "signatureVerification": {"level": "skip", "override": {"expiry": "log"}}',
    );
    expect(removeWhatSkipForbids(text, 0)).toBe(statement('"name": "a", "signatureVerification": {"level": "skip"}'));
  });

  it.each(['', '[]', '{"trustPolicies": {}}', '{"trustPolicies": [', '{"trustPolicies": ["a"]}'])(
    'leaves %j alone',
    (text) => {
      expect(setName(text, 0, 'b')).toBe(text);
      expect(addToList(text, 3, 'trustStores', 'ca:a')).toBe(text);
    },
  );
});

describe('the form view of a policy text', () => {
  it('shows what stands there, whatever it is', () => {
    const text = statement(
      '"name": 7, "registryScopes": ["a/b", 1], "signatureVerification": {"level": "audit", "override": {"expiry": "enforce"}}',
    );
    const [view] = readStatements(text) ?? [];
    expect(view).toMatchObject({ name: '7', scopes: ['a/b', '1'], level: 'audit', stores: [], verifyTimestamp: null });
    expect(view && effectiveActions(view)).toEqual([
      ['integrity', 'enforce'],
      ['authenticity', 'log'],
      ['authenticTimestamp', 'log'],
      ['expiry', 'enforce'],
      ['revocation', 'log'],
    ]);
  });

  it.each(['', 'x', '{"trustPolicies": [}', '{"trustPolicies": 1}', '{} {}', '// c\n{"trustPolicies": []}'])(
    'cannot show %j',
    (text) => {
      expect(readStatements(text)).toBeNull();
    },
  );
});
