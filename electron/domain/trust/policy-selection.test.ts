import { describe, expect, it } from 'vitest';
import type { TrustPolicyStatement } from '../../../shared/model/trust-policy.ts';
import { noStatementMessage, selectStatement } from './policy-selection.ts';
import { toLayoutScope } from './registry-scope.ts';

function statements(...scopes: string[][]): TrustPolicyStatement[] {
  return scopes.map((registryScopes, index) => ({
    name: `s${index}`,
    registryScopes,
    signatureVerification: { level: 'strict' },
    trustStores: ['ca:a'],
    trustedIdentities: ['*'],
  }));
}

const digest = `sha256:${'a'.repeat(64)}`;

describe('selectStatement', () => {
  it.each<[string, string[][], string, number | null]>([
    ['exact', [['a/b'], ['a/c']], `a/c@${digest}`, 1],
    ['exact before *', [['*'], ['a/b']], `a/b@${digest}`, 1],
    ['*', [['a/b'], ['*']], `a/x@${digest}`, 1],
    ['no prefix', [['a/b']], `a/b/c@${digest}`, null],
    ['no folding', [['A/b']], `a/b@${digest}`, null],
    ['no port defaulting', [['a/b']], `a:443/b@${digest}`, null],
    ['second scope', [['a/x', 'a/b']], `a/b@${digest}`, 0],
    ['bare path', [['a/b']], 'a/b', 0],
    ['path with tag', [['localhost:5000/b']], 'localhost:5000/b:1.0', 0],
    ['bad path, not even *', [['*']], `[::1]:5000/b@${digest}`, null],
    ['nothing', [], `a/b@${digest}`, null],
  ])('%s', (_, scopes, reference, applied) => {
    expect(selectStatement(statements(...scopes), reference).applied).toBe(applied);
  });

  it('says why the others do not apply, and which came nearest', () => {
    const selection = selectStatement(
      statements(['ghcr.io/a/web'], ['localhost:5000/busybox', 'x/y'], ['x/z']),
      `localhost:5000/alpine@${digest}`,
    );
    expect(selection).toMatchObject({ path: 'localhost:5000/alpine', applied: null, nearest: 1 });
    expect(selection.candidates[1]).toMatchObject({ verdict: 'notEqual', nearestScope: 'localhost:5000/busybox' });
    expect(noStatementMessage(`localhost:5000/alpine@${digest}`, selection)).toBe(
      `artifact "localhost:5000/alpine@${digest}" has no applicable oci trust policy statement. Trust policy applicability for a given artifact is determined by registryScopes. To create a trust policy, see: https://notaryproject.dev/docs/quickstart/#create-a-trust-policy`,
    );
  });

  it('tells a * that was reached from one that was not', () => {
    const verdicts = (reference: string): string[] =>
      selectStatement(statements(['a/b'], ['*']), reference).candidates.map(({ verdict }) => verdict);
    expect(verdicts('a/b')).toEqual(['applies', 'wildcardNotReached']);
    expect(verdicts('a/x')).toEqual(['notEqual', 'wildcardApplies']);
  });
});

describe('toLayoutScope', () => {
  it.each([
    ['/home/a/playground', 'local/playground'],
    ['C:\\Layouts\\My Layout\\', 'local/my-layout'],
    ['/印鑑', 'local/layout'],
  ])('%s', (path, scope) => {
    expect(toLayoutScope(path)).toBe(scope);
    expect(selectStatement(statements([scope]), scope).applied).toBe(0);
  });
});
