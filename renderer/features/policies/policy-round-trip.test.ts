import { describe, expect, it } from 'vitest';
import {
  addToList,
  clearOverrides,
  removeFromList,
  replaceInList,
  setGlobal,
  setLevel,
  setName,
  setOverride,
  setVerifyTimestamp,
} from './policy-edits.ts';

type Statement = Record<string, unknown> & {
  name: string;
  signatureVerification: Record<string, unknown>;
  trustStores: string[];
  trustedIdentities: string[];
  registryScopes?: string[];
};
interface Document {
  readonly trustPolicies: Statement[];
}

/** The same sequence in every run. */
function makeRandom(seed: number): (below: number) => number {
  let state = seed * 2_654_435_761 + 1;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Values of members that no specification knows, each as no program would write it. Every one has `keep` in it or beside it. */
const strange = [
  '{"keep": 1.50, "deep" :[ [ ],{ } ]}',
  '"keep \\u0041\\/\\ud83d\\ude00"',
  '[ 1e3,"keep",  -0.0, 12345678901234567890 ]',
  'null',
  '"keep 印鑑, \\" and \\\\"',
  '{ "name": "keep", "registryScopes": ["keep/it"] }',
];

interface Style {
  readonly newline: string;
  readonly indent: string;
  readonly colon: string;
  readonly comma: string;
  readonly isOneLine: boolean;
}

/** A document with two to four statements, members in any order, and a spacing of its own. */
function makeDocument(seed: number, kind: 'oci' | 'blob'): string {
  const random = makeRandom(seed);
  const pick = <T>(from: readonly T[]): T => from[random(from.length)] as T;
  const style: Style = {
    newline: pick(['\n', '\r\n', '\n\n', '\n']),
    indent: pick(['  ', '\t', '    ', '']),
    colon: pick([': ', ':', ' : ', ':\t']),
    comma: pick([',', ' ,']),
    isOneLine: random(5) === 0,
  };
  const shuffle = <T>(list: readonly T[]): T[] => {
    const left = [...list];
    return list.map(() => left.splice(random(left.length), 1)[0] as T);
  };
  const wrap = (open: string, close: string, items: readonly string[], depth: number): string => {
    if (items.length === 0) return open + pick(['', ' ']) + close;
    if (style.isOneLine || (depth > 2 && random(2) === 0))
      return `${open}${pick(['', ' '])}${items.join(`${style.comma}${pick(['', ' '])}`)}${pick(['', ' '])}${close}`;
    const inner = style.newline + style.indent.repeat(depth + 1);
    return `${open}${inner}${items.join(style.comma + inner)}${style.newline}${style.indent.repeat(depth)}${close}`;
  };
  const member = (name: string, value: string): string => `${JSON.stringify(name)}${style.colon}${value}`;
  const object = (members: readonly string[], depth: number): string => wrap('{', '}', shuffle(members), depth);
  const list = (values: readonly string[], depth: number): string =>
    wrap(
      '[',
      ']',
      values.map((value) => JSON.stringify(value)),
      depth,
    );
  const unknown = (count: number): string[] =>
    Array.from({ length: count }, (_, at) => member(`x-keep-${at}`, pick(strange)));
  const statement = (at: number): string => {
    const verification = object(
      [
        member('level', JSON.stringify(pick(['strict', 'permissive', 'audit']))),
        member('override', object([member('revocation', '"skip"'), member('expiry', '"log"')], 4)),
        member('verifyTimestamp', '"always"'),
        ...unknown(random(2)),
      ],
      3,
    );
    const own =
      kind === 'oci' ? [member('registryScopes', list([`first.example/${at}`, `second.example/${at}`], 3))] : [];
    const isGlobal = kind === 'blob' && at === 0 ? [member('globalPolicy', 'true')] : [];
    return object(
      [
        member('name', JSON.stringify(`statement-${at}`)),
        member('signatureVerification', verification),
        member('trustStores', list(['ca:one', 'tsa:two'], 3)),
        member(
          'trustedIdentities',
          list(['x509.subject: C=US, ST=WA, O=One', 'x509.subject: C=JP, ST=東京, O=Two'], 3),
        ),
        ...own,
        ...isGlobal,
        ...unknown(1 + random(3)),
      ],
      2,
    );
  };
  const statements = Array.from({ length: 2 + random(3) }, (_, at) => statement(at));
  const text = object(
    [member('version', '"1.0"'), member('trustPolicies', wrap('[', ']', statements, 1)), ...unknown(2)],
    0,
  );
  return pick(['', style.newline]) + text + pick(['', '\n', '\r\n', '  ']);
}

interface Change {
  readonly title: string;
  readonly kind?: 'oci' | 'blob';
  readonly edit: (text: string, index: number) => string;
  /** The same on the values. */
  readonly expected: (statement: Statement, others: readonly Statement[]) => void;
  /** The most that may go from the text: a value, with the spacing around it. */
  readonly gone: RegExp;
}

/** Between two values: spacing, and at most the comma and the quotes that belong to what goes or comes. */
const changes: readonly Change[] = [
  {
    title: 'the name',
    edit: (t, i) => setName(t, i, 'new "name"'),
    expected: (s) => (s.name = 'new "name"'),
    gone: /^"?[\w-]*"?$/,
  },
  {
    title: 'the level',
    edit: (t, i) => setLevel(t, i, 'skip'),
    expected: (s) => (s.signatureVerification['level'] = 'skip'),
    gone: /^"?[a-z]*"?$/,
  },
  {
    title: 'an override',
    edit: (t, i) => setOverride(t, i, 'expiry', 'skip'),
    expected: (s) => (s.signatureVerification['override'] = { revocation: 'skip', expiry: 'skip' }),
    gone: /^"?[a-z]*"?$/,
  },
  {
    title: 'one override more',
    edit: (t, i) => setOverride(t, i, 'authenticTimestamp', 'skip'),
    expected: (s) =>
      (s.signatureVerification['override'] = { revocation: 'skip', expiry: 'log', authenticTimestamp: 'skip' }),
    gone: /^$/,
  },
  {
    title: 'all overrides away',
    edit: (t, i) => clearOverrides(t, i),
    expected: (s) => delete s.signatureVerification['override'],
    gone: /^[\s,]*"?override[^}]*\}?[\s,"]*$/,
  },
  {
    title: 'when timestamps are verified',
    edit: (t, i) => setVerifyTimestamp(t, i, 'afterCertExpiry'),
    expected: (s) => (s.signatureVerification['verifyTimestamp'] = 'afterCertExpiry'),
    gone: /^"?[a-z]*"?$/,
  },
  {
    title: 'timestamps as by default',
    edit: (t, i) => setVerifyTimestamp(t, i, null),
    expected: (s) => delete s.signatureVerification['verifyTimestamp'],
    gone: /^[\s,]*"?verifyTimestamp"\s*:\s*"always"?[\s,"]*$/,
  },
  {
    title: 'a store more',
    edit: (t, i) => addToList(t, i, 'trustStores', 'ca:three'),
    expected: (s) => s.trustStores.push('ca:three'),
    gone: /^$/,
  },
  {
    title: 'a store less',
    edit: (t, i) => removeFromList(t, i, 'trustStores', 1),
    expected: (s) => s.trustStores.splice(1, 1),
    gone: /^[\s,]*"?tsa:two"?[\s,]*$/,
  },
  {
    title: 'another identity in its place',
    edit: (t, i) => replaceInList(t, i, 'trustedIdentities', 0, 'x509.subject: C=DE, ST=BE, O=Neu'),
    expected: (s) => (s.trustedIdentities[0] = 'x509.subject: C=DE, ST=BE, O=Neu'),
    gone: /^[^"]*$/,
  },
  {
    title: 'an identity more',
    edit: (t, i) => addToList(t, i, 'trustedIdentities', '*'),
    expected: (s) => s.trustedIdentities.push('*'),
    gone: /^$/,
  },
  {
    title: 'a scope more',
    kind: 'oci',
    edit: (t, i) => addToList(t, i, 'registryScopes', 'new.example/c'),
    expected: (s) => s.registryScopes?.push('new.example/c'),
    gone: /^$/,
  },
  {
    title: 'a scope less',
    kind: 'oci',
    edit: (t, i) => removeFromList(t, i, 'registryScopes', 0),
    expected: (s) => s.registryScopes?.shift(),
    gone: /^[\s,]*"?first\.example[^"]*"?[\s,"]*$/,
  },
  {
    title: 'no statement for all files',
    kind: 'blob',
    edit: (t) => setGlobal(t, 0, false),
    expected: (_, [first]) => delete first?.['globalPolicy'],
    gone: /^[\s,]*"?globalPolicy"\s*:\s*true[\s,"]*$/,
  },
];

/** What went and what came, apart from the beginning and the end that both texts share. */
function differenceOf(before: string, after: string): { readonly gone: string; readonly came: string } {
  const least = Math.min(before.length, after.length);
  let head = 0;
  while (head < least && before[head] === after[head]) head += 1;
  let tail = 0;
  while (tail < least - head && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  return { gone: before.slice(head, before.length - tail), came: after.slice(head, after.length - tail) };
}

const documents = Array.from({ length: 60 }, (_, at) => {
  const kind = at % 3 === 2 ? ('blob' as const) : ('oci' as const);
  return { seed: at + 1, kind, text: makeDocument(at + 1, kind) };
});

describe('one field changed in the form is that change in the file, and no other', () => {
  it('has documents that differ in order, spacing and ends of lines', () => {
    expect(new Set(documents.map(({ text }) => text)).size).toBe(documents.length);
    for (const sign of ['\r\n', '\t', ' : ', '\\u0041', '1.50', '12345678901234567890'])
      expect(documents.filter(({ text }) => text.includes(sign)).length, sign).toBeGreaterThan(3);
    expect(documents.filter(({ text }) => text.endsWith('}')).length).toBeGreaterThan(3);
  });

  it.each(documents)('document $seed, $kind', ({ kind, text, seed }) => {
    const count = (JSON.parse(text) as Document).trustPolicies.length;
    const index = seed % count;
    for (const change of changes.filter((each) => (each.kind ?? kind) === kind)) {
      const after = change.edit(text, index);
      const wanted = JSON.parse(text) as Document;
      const statement = wanted.trustPolicies[index];
      if (!statement) throw new Error('no such statement');
      change.expected(statement, wanted.trustPolicies);
      expect(JSON.parse(after), change.title).toEqual(wanted);
      const { gone, came } = differenceOf(text, after);
      expect(gone, change.title).toMatch(change.gone);
      expect(gone + came, change.title).not.toContain('keep');
    }
  });
});
