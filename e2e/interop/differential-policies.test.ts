import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PolicyDocumentKind } from '../../shared/model/trust-policy.ts';
import { validatePolicy } from '../../electron/domain/trust/policy-document.ts';
import { policyDefects } from '../../electron/testing/policy-defects.ts';
import {
  mutatePolicy,
  richBlobPolicy,
  richPolicy,
  type PolicyMutation,
} from '../../electron/testing/policy-mutations.ts';
import { Allowlist } from './allowlist.ts';
import { havePeers, Oracle, type Failure } from './peers.ts';

/** Release 1.3 says "trust policy" where release 2 says "oci trust policy"; rules and order are the same. */
const withoutKind = (message: string | undefined): string | undefined =>
  message?.replaceAll('oci trust policy', 'trust policy');

describe.skipIf(!havePeers())('policy documents are judged as the reference judges them', () => {
  let oracles: Readonly<Record<PolicyDocumentKind, Oracle>>;
  const allowlist = new Allowlist('differential-policies');
  beforeAll(() => {
    oracles = { oci: new Oracle(), blob: new Oracle(process.env, 'blob-oracle') };
  });
  afterAll(async () => {
    for (const oracle of Object.values(oracles)) await oracle.stop();
  });

  const compare = async (documents: readonly PolicyMutation[], kind: PolicyDocumentKind): Promise<number> => {
    const answers = await Promise.all(
      documents.map(({ text }) => oracles[kind].ask<{ error: Failure | null }>('validatePolicy', { document: text })),
    );
    let refused = 0;
    documents.forEach(({ title, text }, index) => {
      const theirs = answers[index]?.error?.message;
      const { statements, problems } = validatePolicy(text, kind);
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

  test.each([
    ['OCI', 'oci', richPolicy],
    ['blob', 'blob', richBlobPolicy],
  ] as const)('every change of one thing in a valid %s document', async (_, kind, rich) => {
    const documents = mutatePolicy(rich);
    expect(documents.length).toBeGreaterThan(700);
    expect(await compare(documents, kind)).toBeGreaterThan(400);
  });

  test('documents with a defect that has a name', async () => {
    const documents = policyDefects.map(([title, text]) => ({ title, text }));
    expect(await compare(documents, 'oci')).toBe(documents.length);
  });

  test('only allowed differences were seen, and each of them', () => {
    expect(allowlist.refused).toEqual([]);
    expect(allowlist.unseen).toEqual([]);
  });
});
