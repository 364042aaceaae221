import { describe, expect, it } from 'vitest';
import { applyProposal, keepScopeOnlyIn, parsePolicySearch, toProposal, toStatementName } from './proposal.ts';

const text =
  '{"version":"1.0","trustPolicies":[{"name":"a","registryScopes":["x/y"],"trustStores":["ca:s"],"trustedIdentities":["*"]}]}';

describe('a proposal', () => {
  it.each([
    [
      { propose: 'statement', scope: 'x/z', store: 'ca:s', identity: '*' },
      { propose: 'statement', scope: 'x/z', store: 'ca:s', identity: '*' },
    ],
    [
      { propose: 'scope', statement: 'a', scope: 'x/z' },
      { propose: 'scope', statement: 'a', scope: 'x/z' },
    ],
    [
      { propose: 'store', statement: 'a', store: 'ca:t', other: 1 },
      { propose: 'store', statement: 'a', store: 'ca:t' },
    ],
    [
      { propose: 'store', statement: 'a', store: 'ca:t', identity: 'x509.subject: CN=t' },
      { propose: 'store', statement: 'a', store: 'ca:t', identity: 'x509.subject: CN=t' },
    ],
    [
      { propose: 'scope', statement: 7, scope: 'x/z' },
      { propose: 'scope', statement: '7', scope: 'x/z' },
    ],
    [{ propose: 'scope', statement: 'a' }, null],
    [{ propose: 'drop', statement: 'a' }, null],
    [{ propose: 'scope', statement: 'a', scope: 'x'.repeat(1025) }, null],
    [{}, null],
  ])('is read from %j', (search, expected) => {
    expect(toProposal(parsePolicySearch(search))).toEqual(expected);
  });

  it('adds a scope, a store, an identity to a statement', () => {
    expect(applyProposal(text, { propose: 'scope', statement: 'a', scope: 'x/z' })).toBe(
      text.replace('"x/y"', '"x/y", "x/z"'),
    );
    expect(applyProposal(text, { propose: 'store', statement: 'a', store: 'ca:t' })).toBe(
      text.replace('"ca:s"', '"ca:s", "ca:t"'),
    );
    const identity = 'x509.subject: C=US, ST=WA, O=Notary';
    expect(applyProposal(text, { propose: 'identity', statement: 'a', identity })).toBe(
      text.replace('"*"', `"${identity}"`),
    );
    expect(applyProposal(text, { propose: 'store', statement: 'a', store: 'ca:t', identity })).toBe(
      text.replace('"ca:s"', '"ca:s", "ca:t"').replace('"*"', `"${identity}"`),
    );
    expect(applyProposal(text, { propose: 'store', statement: 'a', store: 'ca:s', identity: '*' })).toBe(text);
  });

  it('changes nothing when it holds already, and says when it cannot be applied', () => {
    expect(applyProposal(text, { propose: 'scope', statement: 'a', scope: 'x/y' })).toBe(text);
    expect(applyProposal(text, { propose: 'statement', scope: 'x/y' })).toBe(text);
    expect(applyProposal(text, { propose: 'scope', statement: 'b', scope: 'x/y' })).toBeNull();
    expect(applyProposal('{', { propose: 'statement', scope: 'x/y' })).toBeNull();
  });

  it('makes a statement, and a document where there is none', () => {
    const made = applyProposal('', { propose: 'statement', scope: 'h:5000/busybox', store: 'ca:s' });
    expect(JSON.parse(made ?? '')).toEqual({
      version: '1.0',
      trustPolicies: [
        {
          name: 'busybox-images',
          registryScopes: ['h:5000/busybox'],
          signatureVerification: { level: 'strict' },
          trustStores: ['ca:s'],
          trustedIdentities: ['*'],
        },
      ],
    });
    const added = JSON.parse(applyProposal(text, { propose: 'statement', scope: 'x/z' }) ?? '') as {
      trustPolicies: { name: string }[];
    };
    expect(added.trustPolicies.map(({ name }) => name)).toEqual(['a', 'z-images']);
  });

  it('names a statement after its scope', () => {
    expect(toStatementName('*', [])).toBe('everything-else');
    expect(toStatementName('h/a/b', ['b-images', 'b-images-2'])).toBe('b-images-3');
  });

  it('keeps a scope in one statement', () => {
    const twice =
      '{"trustPolicies":[{"name":"a","registryScopes":["x","y"]},{"name":"b","registryScopes":["y","z","y"]}]}';
    expect(keepScopeOnlyIn(twice, 1, 'y')).toBe(
      '{"trustPolicies":[{"name":"a","registryScopes":["x"]},{"name":"b","registryScopes":["y","z"]}]}',
    );
    expect(keepScopeOnlyIn(twice, 0, 'y')).toBe(
      '{"trustPolicies":[{"name":"a","registryScopes":["x","y"]},{"name":"b","registryScopes":["z"]}]}',
    );
  });
});
