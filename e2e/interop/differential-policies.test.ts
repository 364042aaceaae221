import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { validatePolicy } from '../../electron/domain/trust/policy-document.ts';
import { policyDefects } from '../../electron/testing/policy-defects.ts';
import { mutatePolicy, richPolicy, type PolicyMutation } from '../../electron/testing/policy-mutations.ts';
import { Allowlist } from './allowlist.ts';
import { havePeers, Oracle, type Failure } from './peers.ts';

/** Release 1.3 says "trust policy" where release 2 says "oci trust policy"; rules and order are the same. */
const withoutKind = (message: string | undefined): string | undefined =>
  message?.replaceAll('oci trust policy', 'trust policy');

describe.skipIf(!havePeers())('policy documents are judged as the reference judges them', () => {
  let oracle: Oracle;
  const allowlist = new Allowlist('differential-policies');
  beforeAll(() => {
    oracle = new Oracle();
  });
  afterAll(() => oracle.stop());

  const compare = async (documents: readonly PolicyMutation[]): Promise<number> => {
    const answers = await oracle.askMany<{ error: Failure | null }>(
      'validatePolicy',
      documents.map(({ text }) => ({ document: text })),
    );
    let refused = 0;
    documents.forEach(({ title, text }, index) => {
      const theirs = answers[index]?.result?.error?.message;
      const { statements, problems } = validatePolicy(text);
      const first = problems.find(({ severity }) => severity === 'error')?.message;
      if (theirs !== undefined) refused += 1;
      const stricter = problems.find(({ severity }) => severity === 'stricter');
      if (stricter && theirs === undefined) allowlist.note(stricter.code, title);
      if (withoutKind(first) !== withoutKind(theirs))
        allowlist.note(`policy: ${stricter?.code ?? 'sentence'}`, [title, first, theirs]);
      if (statements === null && first === undefined && stricter === undefined)
        allowlist.note('policy: refused without a word', title);
      for (const { from, to } of problems) if (from > to || to > text.length) allowlist.note('policy: place', title);
    });
    return refused;
  };

  test('every change of one thing in a valid document', async () => {
    const documents = mutatePolicy(richPolicy);
    expect(documents.length).toBeGreaterThan(700);
    expect(await compare(documents)).toBeGreaterThan(400);
  });

  test('documents with a defect that has a name', async () => {
    const documents = policyDefects.map(([title, text]) => ({ title, text }));
    expect(await compare(documents)).toBe(documents.length);
  });

  test('only allowed differences were seen, and each of them', () => {
    expect(allowlist.refused).toEqual([]);
    expect(allowlist.unseen).toEqual([]);
  });
});
