import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isAppError } from '../../shared/errors/app-error.ts';
import { parseReference } from '../../electron/domain/oci/parse-reference.ts';
import { faultOfScope } from '../../electron/domain/trust/registry-scope.ts';
import { generateReference, generateScope } from '../../electron/testing/generate-references.ts';
import { SeededRandom, seedOfRun } from '../../electron/testing/seeded-random.ts';
import { Allowlist } from './allowlist.ts';
import { havePeers, Oracle, type Failure } from './peers.ts';

const count = 100_000;

interface Split {
  readonly registry: string;
  readonly repository: string;
  readonly reference: string;
}

/** The parts of a reference, or why it is none. */
function split(text: string): Split | { readonly fault: string } {
  try {
    const { registry, repository, tag, digest } = parseReference(text);
    return { registry, repository, reference: digest ?? tag ?? '' };
  } catch (error) {
    if (isAppError(error, 'registry.badReference')) return { fault: error.details.fault };
    throw error;
  }
}

describe.skipIf(!havePeers())('generated references and scopes are judged as the reference judges them', () => {
  let oracle: Oracle;
  const allowlist = new Allowlist('differential-references');
  beforeAll(() => {
    oracle = new Oracle();
  });
  afterAll(() => oracle.stop());

  const generate = (make: (random: SeededRandom) => string, seed: number): string[] => {
    const random = new SeededRandom(seed);
    return Array.from({ length: count }, () => make(random));
  };

  test(`${count} references`, async () => {
    const texts = generate(generateReference, seedOfRun());
    const answers = await oracle.askMany<Split>(
      'parseReference',
      texts.map((ref) => ({ ref })),
    );
    let accepted = 0;
    texts.forEach((text, index) => {
      const { result, error } = answers[index] ?? { result: null };
      const mine = split(text);
      if ('fault' in mine) {
        const where = mine.fault.includes('invalid registry') ? 'host' : 'rest';
        if (!sayTheSame(mine.fault, error)) allowlist.note(`reference: ${where} refused`, [text, mine.fault, error]);
      } else if (result === null) allowlist.note('reference: accepted', [text, error]);
      else {
        accepted += 1;
        expect(mine).toEqual({ registry: result.registry, repository: result.repository, reference: result.reference });
      }
    });
    expect(accepted).toBeGreaterThan(count / 10);
  });

  test(`${count} registry scopes`, async () => {
    const texts = generate(generateScope, seedOfRun() + 1);
    const answers = await oracle.askMany<{ error: Failure | null }>(
      'checkScope',
      texts.map((scope) => ({ scope })),
    );
    let accepted = 0;
    texts.forEach((text, index) => {
      const theirs = answers[index]?.result?.error?.message;
      const mine = text === '*' ? undefined : faultOfScope(text)?.message;
      if (theirs === undefined && mine === undefined) accepted += 1;
      if (mine !== theirs) allowlist.note('scope', [text, mine, theirs]);
    });
    expect(accepted).toBeGreaterThan(count / 10);
  });

  test('only allowed differences were seen, and each of them', () => {
    expect(allowlist.refused).toEqual([]);
    expect(allowlist.unseen).toEqual([]);
  });
});

/** The sentence of the library is part of the one that the CLI, and so Inkan, shows. */
function sayTheSame(fault: string, error: Failure | undefined): boolean {
  return error !== undefined && fault.includes(error.message);
}
