import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { CheckAction, CheckName, VerificationLevel } from '../../../shared/model/trust-policy.ts';
import type { CheckResult, Verdict } from '../../../shared/model/verification.ts';
import { createTestChain, leafShape, type TestChain } from '../../testing/chain-factory.ts';
import { VerificationBench } from '../../testing/verification-bench.ts';

const hourMs = 3_600_000;

/** One thing that is wrong, which check it concerns and how that check must end. */
interface Failure {
  readonly name: string;
  readonly check: CheckName;
  readonly result: CheckResult['result'];
  readonly arrange: (bench: VerificationBench) => Promise<unknown>;
  readonly statement?: Parameters<VerificationBench['saveStatement']>[0];
}

let good: TestChain;
let watched: TestChain;
let stranger: TestChain;
beforeAll(() => {
  good = createTestChain({ length: 3 });
  watched = createTestChain({ length: 2, leaf: { ...leafShape, ocspUrls: ['http://ocsp.example'] } });
  stranger = createTestChain({ length: 1 });
});

const signedBy = (chain: () => TestChain) => async (bench: VerificationBench) => {
  bench.trust(chain());
  await bench.sign(chain());
};

const failures: readonly Failure[] = [
  {
    name: 'wrong store',
    check: 'authenticity',
    result: 'failed',
    arrange: async (bench) => {
      bench.trust(stranger);
      await bench.sign(good);
    },
  },
  { name: 'missing store', check: 'authenticity', result: 'failed', arrange: (bench) => bench.sign(good) },
  {
    name: 'wrong identity',
    check: 'authenticity',
    result: 'failed',
    arrange: signedBy(() => good),
    statement: { trustedIdentities: ['x509.subject: C=US, ST=WA, O=Other'] },
  },
  {
    name: 'expired signature',
    check: 'expiry',
    result: 'failed',
    arrange: async (bench) => {
      bench.trust(good);
      await bench.sign(good, { expirySeconds: 60 });
      bench.now = new Date(bench.now.getTime() + hourMs);
    },
  },
  {
    name: 'expired certificate',
    check: 'authenticTimestamp',
    result: 'failed',
    arrange: async (bench) => {
      bench.trust(good);
      await bench.sign(good);
      bench.now = new Date((good.certificates[0]?.notAfter.getTime() ?? 0) + 1000);
    },
  },
  {
    name: 'no timestamp though one is asked for',
    check: 'authenticTimestamp',
    result: 'failed',
    arrange: signedBy(() => good),
    statement: { trustStores: ['ca:acme', 'tsa:acme'] },
  },
  { name: 'revocation not checked', check: 'revocation', result: 'inconclusive', arrange: signedBy(() => watched) },
];

const levels = ['strict', 'permissive', 'audit'] as const;
/** The table of the trust policy specification, once more and apart from the code. */
const logged: Readonly<Record<(typeof levels)[number], readonly CheckName[]>> = {
  strict: [],
  permissive: ['authenticTimestamp', 'expiry', 'revocation'],
  audit: ['authenticity', 'authenticTimestamp', 'expiry', 'revocation'],
};

function expectedVerdict(action: CheckAction): Verdict {
  return action === 'enforce' ? 'notTrusted' : action === 'log' ? 'verifiedWithWarnings' : 'verified';
}

async function verifyFailure(
  failure: Failure,
  level: VerificationLevel,
  override?: Partial<Record<CheckName, CheckAction>>,
) {
  const bench = new VerificationBench();
  await failure.arrange(bench);
  bench.saveStatement({ level, ...(override && { override }), ...failure.statement });
  return bench.verify();
}

const matrix = failures.flatMap((failure) =>
  levels.flatMap((level) => {
    const byLevel: CheckAction = logged[level].includes(failure.check) ? 'log' : 'enforce';
    const overrides: readonly (CheckAction | undefined)[] = [
      undefined,
      'enforce',
      'log',
      ...(failure.check === 'revocation' ? (['skip'] as const) : []),
    ];
    return overrides.map((override) => ({
      failure,
      level,
      override,
      action: override ?? byLevel,
      title: `${failure.name} at ${level}${override ? ` with ${failure.check}: ${override}` : ''}`,
    }));
  }),
);

describe('levels, overrides and failures', () => {
  it.each(matrix)('$title', async ({ failure, level, override, action }) => {
    const report = await verifyFailure(failure, level, override && { [failure.check]: override });
    const [signature] = report.signatures;
    const check = signature?.checks.find((candidate) => candidate.check === failure.check);
    expect(check).toMatchObject({ action, result: action === 'skip' ? 'skipped' : failure.result });
    expect(report.verdict).toBe(expectedVerdict(action));
    expect(report.cli.succeeds).toBe(action !== 'enforce');
    const others = signature?.checks.filter((candidate) => candidate.check !== failure.check);
    expect(others?.map(({ result }) => result)).toEqual(['passed', 'passed', 'passed', 'passed']);
    if (action === 'log') {
      expect(report.cli.message).toContain(`Warning: ${failure.check} was set to "log" and failed with error: `);
      expect(report.cli.message).toContain(`\n\nSuccessfully verified signature for ${report.reference}`);
    }
  });

  it.each(levels)('nothing is wrong at %s', async (level) => {
    const bench = new VerificationBench();
    bench.trust(good);
    bench.saveStatement({ level });
    const signature = await bench.sign(good);
    const report = await bench.verify();
    expect(report).toMatchObject({
      verdict: 'verified',
      cli: {
        succeeds: true,
        message: `Successfully verified signature for ${bench.reference}`,
        decidedBy: signature,
        dependsOn: [],
      },
      signatures: [{ matchedIdentity: '*', anchor: { store: 'ca:acme', position: 2 } }],
    });
  });
});

const strictness = ['audit', 'permissive', 'strict'] as const;
const passes = (verdict: Verdict): boolean => verdict === 'verified' || verdict === 'verifiedWithWarnings';

describe('properties', () => {
  const anyFailure = fc.constantFrom(...failures);

  it('tightening a level never turns fail into pass', async () => {
    await fc.assert(
      fc.asyncProperty(anyFailure, async (failure) => {
        const verdicts = [];
        for (const level of strictness) verdicts.push(passes((await verifyFailure(failure, level)).verdict));
        expect([...verdicts].sort().reverse()).toEqual(verdicts);
      }),
      { numRuns: 30 },
    );
  });

  it('adding a trusted root never turns pass into fail, and taking one away never fail into pass', async () => {
    const chains = [good, watched, stranger, createTestChain({ length: 2, algorithm: 'EC-384' })];
    const bench = new VerificationBench();
    for (const chain of chains.slice(0, 2)) await bench.sign(chain);
    const subset = fc.subarray(chains, { minLength: 1 });
    const verdictWith = async (trusted: readonly TestChain[], level: VerificationLevel): Promise<boolean> => {
      for (const path of [...bench.directory.files.keys()]) await bench.directory.remove(path);
      trusted.forEach((chain) =>
        bench.directory.put(
          `truststore/x509/ca/acme/${chains.indexOf(chain)}.crt`,
          chain.ders.at(-1) ?? new Uint8Array(),
        ),
      );
      bench.saveStatement({ level, override: { revocation: 'skip' } });
      return passes((await bench.verify()).verdict);
    };
    await fc.assert(
      fc.asyncProperty(
        subset,
        fc.constantFrom(...chains),
        fc.constantFrom(...levels),
        async (trusted, added, level) => {
          const before = await verdictWith(trusted, level);
          const after = await verdictWith([...new Set([...trusted, added])], level);
          expect(before && !after).toBe(false);
        },
      ),
      { numRuns: 60 },
    );
  });
});
