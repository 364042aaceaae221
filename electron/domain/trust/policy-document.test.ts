import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PolicyProblemCode } from '../../../shared/model/policy-problems.ts';
import { identity, one, policy, policyDefects, skip, statement } from '../../testing/policy-defects.ts';
import { isUsable, validatePolicy } from './policy-document.ts';
import { parsePolicy } from './policy-text.ts';

describe('validatePolicy', () => {
  it.each(policyDefects)('refuses: %s', (_, text, code, message) => {
    const { statements, problems } = validatePolicy(text);
    expect(problems[0]).toMatchObject({ code, message, severity: 'error' });
    expect(statements).toBeNull();
  });

  it('knows at least forty defects', () => {
    expect(policyDefects.length).toBeGreaterThanOrEqual(40);
  });

  it('accepts what the reference accepts', () => {
    const text = policy(
      { more: 1 },
      statement({ trustStores: ['ca:acme', 'ca:acme', 'tsa:missing'], trustedIdentities: ['other:thing', identity] }),
      skip({ name: 'two', registryScopes: ['*'] }),
      statement({
        name: 'three',
        registryScopes: ['local/my-layout', 'a/b--c/d__e'],
        signatureVerification: { level: 'audit', override: {}, verifyTimestamp: 'afterCertExpiry' },
      }),
      statement({
        name: 'four',
        registryScopes: ['A.B:1/c'],
        signatureVerification: { level: 'permissive', override: { revocation: 'skip', expiry: 'enforce' } },
      }),
    );
    const policyRead = validatePolicy(text);
    expect(policyRead.statements).toHaveLength(4);
    expect(isUsable(policyRead)).toBe(true);
    expect(policyRead.statements?.[3]?.signatureVerification.override).toEqual({
      revocation: 'skip',
      expiry: 'enforce',
    });
  });

  it('judges the last of two equal checks, as the reference does', () => {
    const text = one({ signatureVerification: { level: 'strict', override: { expiry: 'log' } } });
    const twice = validatePolicy(text.replace('"expiry"', '"expiry":"warn","expiry"'));
    expect(twice.problems.map(({ code }) => code)).toEqual(['policy.duplicateMember']);
    expect(isUsable(twice)).toBe(false);
  });

  it('collects every fault and puts the reference’s first', () => {
    const { problems } = validatePolicy(
      policy(
        { version: '' },
        statement({ trustStores: ['x', 'ca:'], registryScopes: [] }),
        statement({ signatureVerification: {} }),
      ),
    );
    expect(problems.map(({ code }) => code)).toEqual([
      'policy.versionMissing',
      'policy.storeMalformed',
      'policy.storeNameInvalid',
      'policy.duplicateName',
      'policy.levelMissing',
      'policy.scopesMissing',
    ]);
  });

  it('says where a fault stands', () => {
    const text = one({ trustStores: ['ca:acme', 'acme'] });
    const [problem] = validatePolicy(text).problems;
    expect(problem?.path).toEqual(['trustPolicies', 0, 'trustStores', 1]);
    expect(text.slice(problem?.from, problem?.to)).toBe('"acme"');
  });
});

const stricter: readonly [title: string, text: string, code: PolicyProblemCode, at: string][] = [
  ['text after the document', `${policy()} {}`, 'policy.trailingText', '{}'],
  ['rubbish after the document', `${policy()}x`, 'policy.trailingText', 'x'],
  ['a comment after the document', `${policy()}// x`, 'policy.trailingText', '// x'],
  ['a member in other case', policy().replace('"version"', '"Version"'), 'policy.wrongCase', '"Version"'],
  ['a folded letter', policy().replace('"trustStores"', '"trustſtores"'), 'policy.wrongCase', '"trustſtores"'],
  ['a member twice', policy().replace('{"level"', '{"level":"skip","level"'), 'policy.duplicateMember', '"level"'],
  [
    'a member twice in two cases',
    policy().replace('{"level"', '{"Level":"skip","level"'),
    'policy.duplicateMember',
    '"level"',
  ],
  [
    'an unknown member twice',
    policy().replace('{"version"', '{"x":1,"x":2,"version"'),
    'policy.duplicateMember',
    '"x"',
  ],
  ['a store that leaves its type', one({ trustStores: ['ca:..'] }), 'policy.unsafeStoreName', '"ca:.."'],
];

describe('rule O-06: what the reference lets pass', () => {
  it.each(stricter)('refuses %s with its place', (_, text, code, at) => {
    const policyRead = validatePolicy(text);
    const problem = policyRead.problems.find((candidate) => candidate.code === code);
    expect(problem?.severity).toBe('stricter');
    expect(text.slice(problem?.from, problem?.to)).toBe(at);
    expect(policyRead.statements).not.toBeNull();
    expect(isUsable(policyRead)).toBe(false);
  });

  it.each<[PolicyProblemCode, string]>([
    ['policy.wildcardSkip', policy({}, skip({ registryScopes: ['*'] }))],
    ['policy.unknownMember', policy({ trustPolicy: [] })],
    ['policy.noSignerStore', one({ trustStores: ['tsa:acme'] })],
    ['policy.noX509Identity', one({ trustedIdentities: ['aws:role'] })],
  ])('warns of %s', (code, text) => {
    const policyRead = validatePolicy(text);
    expect(policyRead.problems.map((problem) => [problem.code, problem.severity])).toContainEqual([code, 'warning']);
    expect(isUsable(policyRead)).toBe(true);
  });

  it('does not read what is nested without end', () => {
    const policyRead = validatePolicy(`{"x":${'['.repeat(70)}${']'.repeat(70)}}`);
    expect(policyRead).toMatchObject({
      statements: null,
      problems: [{ code: 'policy.tooDeep', severity: 'stricter' }],
    });
  });

  it('takes the last of repeated members, as the reference does', () => {
    const { document } = parsePolicy(policy().replace('{"level"', '{"level":"skip","level"'));
    expect(document?.statements.value[0]?.level.value).toBe('strict');
  });

  it('keeps strange member names harmless', () => {
    const text = policy().replace('{"version"', '{"__proto__":{"version":"9"},"constructor":1,"version"');
    expect(validatePolicy(text).statements).toHaveLength(1);
  });
});

describe('parsePolicy', () => {
  it('finds text malformed exactly when it is no JSON', () => {
    const anyText = fc.oneof(
      fc.json(),
      fc.string(),
      fc
        .tuple(fc.json(), fc.nat(), fc.string({ maxLength: 3 }))
        .map(([text, at, more]) => text.slice(0, at % (text.length + 1)) + more + text.slice(at % (text.length + 1))),
    );
    fc.assert(
      fc.property(anyText, (text) => {
        const isJson = ((): boolean => {
          try {
            JSON.parse(text);
            return true;
          } catch {
            return false;
          }
        })();
        const codes = parsePolicy(text).problems.map(({ code }) => code);
        const refused = codes.some((code) =>
          ['policy.syntax', 'policy.byteOrderMark', 'policy.trailingText'].includes(code),
        );
        expect(refused).toBe(!isJson);
      }),
      { numRuns: 2000 },
    );
  });

  it('reads hostile texts of 1 MiB in bounded time', () => {
    const size = 1_048_576;
    for (const text of [
      '['.repeat(size),
      '{"a":'.repeat(size / 5),
      `"${'\\'.repeat(size)}`,
      `[${'0,'.repeat(size / 2)}]`,
    ]) {
      const start = performance.now();
      expect(validatePolicy(text).statements).toBeNull();
      expect(performance.now() - start).toBeLessThan(3000);
    }
  });
});
