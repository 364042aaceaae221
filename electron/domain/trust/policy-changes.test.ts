import { describe, expect, it } from 'vitest';
import type { PolicyChange } from '../../../shared/model/policy-change.ts';
import { blobPolicy, blobStatement, identity, policy, skip, statement } from '../../testing/policy-defects.ts';
import { comparePolicies } from './policy-changes.ts';

const level = (name: string, override?: Record<string, string>) => ({
  signatureVerification: { level: name, ...(override && { override }) },
});
const two = statement({ name: 'two', registryScopes: ['b/b'] });

function changes(before: string | null, after: string | null): readonly PolicyChange[] {
  return comparePolicies(before, after).changes;
}
/** Of one statement whose members are laid over. */
function changesOf(before: Record<string, unknown>, after: Record<string, unknown>): readonly PolicyChange[] {
  return changes(policy({}, statement(before)), policy({}, statement(after)));
}

describe('comparePolicies', () => {
  it.each<[string, Record<string, unknown>, Record<string, unknown>, Omit<PolicyChange, 'statement'>[]]>([
    ['a level', {}, level('audit'), [{ code: 'level', details: { from: 'strict', to: 'audit' }, effect: 'looser' }]],
    [
      'a stricter level',
      level('permissive'),
      {},
      [{ code: 'level', details: { from: 'permissive', to: 'strict' }, effect: 'stricter' }],
    ],
    ['a level that is none', {}, level('x'), [{ code: 'level', details: { from: 'strict', to: 'x' } }]],
    [
      'an override',
      {},
      level('strict', { revocation: 'log' }),
      [{ code: 'override', details: { check: 'revocation', from: '', to: 'log' }, effect: 'looser' }],
    ],
    [
      'an override that goes',
      level('audit', { expiry: 'enforce' }),
      level('audit'),
      [{ code: 'override', details: { check: 'expiry', from: 'enforce', to: '' }, effect: 'looser' }],
    ],
    [
      'when a timestamp is asked for',
      {},
      { signatureVerification: { level: 'strict', verifyTimestamp: 'afterCertExpiry' } },
      [{ code: 'verifyTimestamp', details: { from: '', to: 'afterCertExpiry' } }],
    ],
    [
      'a store for another',
      {},
      { trustStores: ['ca:other'] },
      [
        { code: 'storeAdded', details: { value: 'ca:other' }, effect: 'looser' },
        { code: 'storeRemoved', details: { value: 'ca:acme' }, effect: 'stricter' },
      ],
    ],
    [
      'a store for timestamps',
      {},
      { trustStores: ['ca:acme', 'tsa:corp'] },
      [{ code: 'storeAdded', details: { value: 'tsa:corp' } }],
    ],
    [
      'anybody for somebody',
      {},
      { trustedIdentities: [identity] },
      [
        { code: 'identityAdded', details: { value: identity } },
        { code: 'identityRemoved', details: { value: '*' }, effect: 'stricter' },
      ],
    ],
    [
      'a scope',
      {},
      { registryScopes: ['localhost:5000/busybox', 'a/b'] },
      [{ code: 'scopeAdded', details: { value: 'a/b' } }],
    ],
    [
      'the order of a list',
      { trustStores: ['ca:a', 'ca:b'] },
      { trustStores: ['ca:b', 'ca:a'] },
      [{ code: 'listOrder', details: { list: 'trustStores' } }],
    ],
    ['a member nobody knows', { 'x-a': 1 }, { 'x-a': 2 }, [{ code: 'statementMember', details: { member: 'x-a' } }]],
  ])('tells %s', (_, before, after, expected) => {
    expect(changesOf(before, after)).toEqual(expected.map((change) => ({ ...change, statement: 'one' })));
  });

  it('knows a statement again by its name, by what it says, or by its scopes', () => {
    const renamed = { code: 'statementRenamed', statement: 'new', details: { from: 'one' } };
    expect(changesOf({}, { name: 'new' })).toEqual([renamed]);
    expect(changesOf({}, { name: 'new', ...level('audit') })).toMatchObject([renamed, { code: 'level' }]);
    expect(changesOf({}, { name: 'new', registryScopes: ['x/y'], ...level('audit') })).toEqual([
      { code: 'statementAdded', statement: 'new', details: { level: 'audit' } },
      { code: 'statementRemoved', statement: 'one', details: { level: 'strict' } },
    ]);
  });

  it('tells moved, added and removed statements', () => {
    expect(changes(policy({}, statement(), two), policy({}, two, statement()))).toEqual([
      { code: 'order', details: {} },
    ]);
    expect(changes(policy(), policy({}, two, statement()))).toEqual([
      { code: 'statementAdded', statement: 'two', details: { level: 'strict' } },
    ]);
    expect(changes(policy({}, statement(), two), policy())).toEqual([
      { code: 'statementRemoved', statement: 'two', details: { level: 'strict' } },
    ]);
    expect(changes(policy(), policy({}, skip({ name: 'one' })))).toMatchObject([
      { code: 'level', effect: 'looser' },
      { code: 'storeRemoved' },
      { code: 'identityRemoved', effect: 'stricter' },
    ]);
  });

  it('tells what is about the document', () => {
    expect(changes(policy(), policy({ version: '2', 'x-note': 1 }))).toEqual([
      { code: 'version', details: { from: '1.0', to: '2' } },
      { code: 'documentMember', details: { member: 'x-note' } },
    ]);
    expect(changes(null, policy())).toMatchObject([{ code: 'created' }, { code: 'statementAdded', statement: 'one' }]);
    expect(changes(policy(), null)).toEqual([{ code: 'removed', details: {} }]);
    expect(changes(policy(), `${policy()}\n`)).toEqual([{ code: 'layout', details: {} }]);
    expect(changes(policy(), policy())).toEqual([]);
    expect(changes(null, null)).toEqual([]);
  });

  it.each([
    ['no JSON', '{'],
    ['a mark at its start', `\ufeff${policy()}`],
    ['more than one value', `${policy()} {}`],
    ['too deep', '['.repeat(100)],
  ])('leaves %s to the comparison of lines', (_, text) => {
    expect(changes(policy(), text)).toEqual([{ code: 'unreadable', details: { version: 'after' } }]);
    expect(changes(text, policy())).toEqual([{ code: 'unreadable', details: { version: 'before' } }]);
  });

  it.each(['null', '1', '[]', '{"trustPolicies":{}}', '{"trustPolicies":[null,1,"x"]}'])(
    'reads %s as far as it goes',
    (text) => {
      expect(changes(policy(), text).map(({ code }) => code)).toContain('version');
    },
  );

  it('tells of the global statement of a blob policy', () => {
    const before = blobPolicy(blobStatement());
    const after = blobPolicy(blobStatement({ globalPolicy: true }));
    expect(comparePolicies(before, after, 'blob').changes).toEqual([
      { code: 'global', statement: 'one', details: { to: 'true' } },
    ]);
  });

  it('is bounded, in what it lists and in time', () => {
    const many = Array.from({ length: 5000 }, (_, at) => statement({ name: `s${at}`, registryScopes: [`a/s${at}`] }));
    const others = many.map((item, at) => ({ ...item, name: `t${at}`, registryScopes: [`b/t${at}`] }));
    const { changes: listed, more } = comparePolicies(policy({}, ...many), policy({}, ...others));
    expect(listed).toHaveLength(200);
    expect(more).toBeGreaterThan(4000);
  });
});
