import { describe, expect, it } from 'vitest';
import type { PolicyProblem } from '../../../shared/model/trust-policy.ts';
import { fixesOf, toRepository } from './fixes.ts';

const problem = (
  code: PolicyProblem['code'],
  path: (string | number)[],
  details: Record<string, unknown> = {},
): PolicyProblem => ({
  code,
  details,
  path,
  message: '',
  from: 0,
  to: 0,
  severity: 'error',
});

describe('a repository taken from what was meant as a scope', () => {
  it.each([
    ['localhost:5000/toybox:0.8.11', 'localhost:5000/toybox'],
    ['localhost:5000/toybox@sha256:abc', 'localhost:5000/toybox'],
    ['localhost:5000/toybox:1@sha256:abc', 'localhost:5000/toybox'],
    ['https://ghcr.io/Acme/Web/', 'ghcr.io/acme/web'],
    ['localhost:5000/toybox', null],
    ['toybox', null],
    ['localhost:5000', null],
    ['ghcr.io/acme/*', null],
    ['a b/c', null],
  ])('%s', (scope, expected) => {
    expect(toRepository(scope)).toBe(expected);
  });
});

describe('a fix', () => {
  const text =
    '{"trustPolicies":[{"name":"a","registryScopes":["x/y:1","*"],"signatureVerification":{"level":"stric","override":{"integrity":"log"}}},{"name":"a"}]}';
  it.each<[PolicyProblem, string, string]>([
    [
      problem('policy.scopeMalformed', ['trustPolicies', 0, 'registryScopes', 0], { scope: 'x/y:1' }),
      '"x/y:1"',
      '"x/y"',
    ],
    [problem('policy.scopeWildcardMixed', ['trustPolicies', 0, 'registryScopes', 1]), '["x/y:1","*"]', '["*"]'],
    [problem('policy.levelUnknown', ['trustPolicies', 0, 'signatureVerification', 'level']), '"stric"', '"strict"'],
    [
      problem('policy.overrideIntegrity', ['trustPolicies', 0, 'signatureVerification', 'override', 'integrity']),
      ',"override":{"integrity":"log"}',
      '',
    ],
    [problem('policy.duplicateName', ['trustPolicies', 1, 'name']), '{"name":"a"}]', '{"name":"everything-else"}]'],
    [problem('policy.versionMissing', []), ']}]}', ''],
  ])('for $code', (fault, gone, came) => {
    const fixed = fixesOf(fault)[0]?.apply(text);
    if (fault.code === 'policy.versionMissing') expect(JSON.parse(fixed ?? '')).toMatchObject({ version: '1.0' });
    else expect(fixed).toBe(text.replace(gone, came));
  });

  it('is not offered where only the user knows', () => {
    expect(fixesOf(problem('policy.syntax', []))).toEqual([]);
    expect(fixesOf(problem('policy.trustMissing', ['trustPolicies', 0, 'trustStores']))).toEqual([]);
  });
});
