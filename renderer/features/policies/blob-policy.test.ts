import { describe, expect, it } from 'vitest';
import { addStatement, createDocument } from '../../../shared/policy-text/statement-list.ts';
import { duplicateStatement, setGlobal } from './policy-edits.ts';
import { applyProposal, parsePolicySearch, toProposal } from './proposal.ts';
import { readStatements } from './statement-view.ts';

const trusted = { level: 'strict', stores: ['ca:a'], identities: ['*'] };
const text = `{ "version": "1.0", "trustPolicies": [
  { "name": "one", "x-note": 1, "globalPolicy": true },
  { "name": "two" }
] }`;
const parsed = (document: string) =>
  (JSON.parse(document) as { trustPolicies: readonly Record<string, unknown>[] }).trustPolicies;

describe('edits of a blob policy', () => {
  it('marks one statement as global, and no other', () => {
    expect(readStatements(text)?.map(({ isGlobal }) => isGlobal)).toEqual([true, false]);
    expect(parsed(setGlobal(text, 1, true))).toEqual([
      { name: 'one', 'x-note': 1 },
      { name: 'two', globalPolicy: true },
    ]);
    expect(parsed(setGlobal(text, 0, false))).toEqual([{ name: 'one', 'x-note': 1 }, { name: 'two' }]);
    expect(setGlobal(text, 7, false)).toBe(text);
  });

  it('writes statements without scopes', () => {
    const made = createDocument({ name: 'files', ...trusted, isGlobal: true });
    expect(parsed(made)).toEqual([
      {
        name: 'files',
        signatureVerification: { level: 'strict' },
        trustStores: ['ca:a'],
        trustedIdentities: ['*'],
        globalPolicy: true,
      },
    ]);
    expect(parsed(addStatement(made, { name: 'more', ...trusted }))[1]).not.toHaveProperty('globalPolicy');
  });

  it('copies a statement without making it global, or giving it scopes', () => {
    expect(parsed(duplicateStatement(text, 0, 'three'))[2]).toEqual({ name: 'three', 'x-note': 1 });
  });
});

describe('a proposal for a blob policy', () => {
  it('is told by its document', () => {
    const search = parsePolicySearch({ document: 'blob', propose: 'statement', store: 'ca:a' });
    expect(search).toEqual({ document: 'blob', propose: 'statement', store: 'ca:a' });
    expect(toProposal(search)).toBeNull();
    expect(toProposal(search, 'blob')).toEqual({ propose: 'statement', store: 'ca:a' });
    expect(parsePolicySearch({ document: 'other' })).toEqual({});
  });

  it('makes a global statement where there is none', () => {
    const proposal = { propose: 'statement', store: 'ca:a', identity: 'x509.subject: C=US' } as const;
    expect(parsed(applyProposal('', proposal) ?? '')).toMatchObject([
      { name: 'files', trustStores: ['ca:a'], trustedIdentities: ['x509.subject: C=US'], globalPolicy: true },
    ]);
    expect(applyProposal(text, proposal)).toBe(text);
    const named = text.replace(', "globalPolicy": true', '').replace('"one"', '"files"');
    expect(parsed(applyProposal(named, proposal) ?? '')[2]).toMatchObject({ name: 'files-2', globalPolicy: true });
  });
});
