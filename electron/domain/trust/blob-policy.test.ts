import { describe, expect, it } from 'vitest';
import { policyProblemCodes } from '../../../shared/model/policy-problems.ts';
import {
  blobPolicy,
  blobPolicyDefects,
  blobStatement,
  policyDefects,
  statement,
} from '../../testing/policy-defects.ts';
import { isUsable, validatePolicy } from './policy-document.ts';
import { noBlobStatementMessage, selectBlobStatement } from './policy-selection.ts';

const skip = (change: object) =>
  blobStatement({ signatureVerification: { level: 'skip' }, trustStores: [], trustedIdentities: [], ...change });

describe('validatePolicy of a blob document', () => {
  it.each(blobPolicyDefects)('refuses: %s', (_, text, code, message) => {
    const { statements, problems } = validatePolicy(text, 'blob');
    expect(problems[0]).toMatchObject({ code, message, severity: 'error' });
    expect(statements).toBeNull();
  });

  it('accepts statements without scopes, one of them global', () => {
    const policy = validatePolicy(
      blobPolicy(
        blobStatement({ globalPolicy: true }),
        blobStatement({ name: 'two', globalPolicy: false }),
        skip({ name: 'three' }),
      ),
      'blob',
    );
    expect(policy.problems).toEqual([]);
    expect(policy.statements?.map(({ globalPolicy }) => globalPolicy)).toEqual([true, undefined, undefined]);
    expect(isUsable(policy)).toBe(true);
  });

  it('refuses a global policy that skips, which the reference only means to refuse', () => {
    const text = blobPolicy(skip({ globalPolicy: true }));
    const policy = validatePolicy(text, 'blob');
    const [problem] = policy.problems;
    expect(problem).toMatchObject({ code: 'policy.globalSkip', severity: 'stricter', message: '' });
    expect(text.slice(problem?.from, problem?.to)).toBe('true');
    expect(isUsable(policy)).toBe(false);
  });

  it('keeps scopes as what means nothing to it', () => {
    const { problems } = validatePolicy(blobPolicy(statement()), 'blob');
    expect(problems).toMatchObject([{ code: 'policy.unknownMember', severity: 'warning' }]);
  });
});

describe('selectBlobStatement', () => {
  const { statements } = validatePolicy(
    blobPolicy(blobStatement(), blobStatement({ name: 'two', globalPolicy: true })),
    'blob',
  );
  it.each([
    ['one', 0, ['applies', 'notEqual']],
    ['two', 1, ['notEqual', 'applies']],
    ['', 1, ['notGlobal', 'globalApplies']],
    ['One', null, ['notEqual', 'notEqual']],
    [' one', null, ['notEqual', 'notEqual']],
  ])('%j applies to %j', (name, applied, verdicts) => {
    const selection = selectBlobStatement(statements ?? [], name);
    expect(selection.applied).toBe(applied);
    expect(selection.candidates.map(({ verdict }) => verdict)).toEqual(verdicts);
  });

  it('says what the reference says when none applies', () => {
    expect(noBlobStatementMessage('')).toBe('no global blob trust policy');
    expect(noBlobStatementMessage('  ')).toBe('policy name cannot be empty');
    expect(noBlobStatementMessage('x"')).toBe('no applicable blob trust policy with name "x\\""');
  });
});

describe('every rule', () => {
  const placed = [
    ...policyDefects.map(([, text]) => [text, 'oci'] as const),
    ...blobPolicyDefects.map(([, text]) => [text, 'blob'] as const),
  ];

  it.each(placed)('has a place in the text %#', (text, kind) => {
    for (const { from, to } of validatePolicy(text, kind).problems) {
      expect(from).toBeGreaterThanOrEqual(0);
      expect(to).toBeLessThanOrEqual(text.length);
      expect(to).toBeGreaterThanOrEqual(from);
      if (text !== '') expect(to).toBeGreaterThan(from);
    }
  });

  it('that the reference has is broken by one of the documents', () => {
    const ofInkan = policyProblemCodes.slice(policyProblemCodes.indexOf('policy.globalSkip'));
    const ofReference = policyProblemCodes.filter((code) => !ofInkan.includes(code));
    const broken = new Set([...policyDefects, ...blobPolicyDefects].map(([, , code]) => code));
    expect(ofReference.filter((code) => !broken.has(code))).toEqual([]);
  });
});
