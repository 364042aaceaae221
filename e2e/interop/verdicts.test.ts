import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { havePeers } from './peers.ts';
import { strictStatement, Workbench, type Place } from './workbench.ts';

const kinds = ['registry', 'distribution', 'playground'] as const;

interface Case {
  readonly title: string;
  /** Statements in force; the place's scope is filled in. */
  readonly statements: (place: Place) => readonly object[];
  readonly verdict: 'verified' | 'verifiedWithWarnings' | 'notTrusted' | 'skipped';
  /** The first check that is not passed, with the code of the design. */
  readonly failing?: string;
}

const identity = (text: string) => ({ trustedIdentities: [`x509.subject: ${text}`] });
const level = (name: string, override?: object) => ({
  signatureVerification: { level: name, ...(override ? { override } : {}) },
});

const cases: readonly Case[] = [
  { title: 'a trusted signer', statements: ({ scope }) => [strictStatement('s', scope, 'suji')], verdict: 'verified' },
  {
    title: 'a matching identity',
    statements: ({ scope }) => [strictStatement('s', scope, 'suji', identity('C=US, ST=WA, O=Notary, CN=suji'))],
    verdict: 'verified',
  },
  {
    title: 'a wrong store',
    statements: ({ scope }) => [strictStatement('s', scope, 'other')],
    verdict: 'notTrusted',
    failing: 'authenticity',
  },
  {
    title: 'a store that does not exist',
    statements: ({ scope }) => [strictStatement('s', scope, 'nowhere')],
    verdict: 'notTrusted',
    failing: 'authenticity',
  },
  {
    title: 'a wrong identity',
    statements: ({ scope }) => [strictStatement('s', scope, 'suji', identity('C=US, ST=WA, O=Somebody'))],
    verdict: 'notTrusted',
    failing: 'authenticity',
  },
  {
    title: 'a wrong store, only logged',
    statements: ({ scope }) => [strictStatement('s', scope, 'other', level('audit'))],
    verdict: 'verifiedWithWarnings',
    failing: 'authenticity',
  },
  {
    title: 'a wrong identity, only logged by an override',
    statements: ({ scope }) => [
      strictStatement('s', scope, 'suji', {
        ...identity('C=US, ST=WA, O=Somebody'),
        ...level('strict', { authenticity: 'log' }),
      }),
    ],
    verdict: 'verifiedWithWarnings',
    failing: 'authenticity',
  },
  {
    title: 'no statement for the repository',
    statements: ({ scope }) => [strictStatement('s', `${scope}x`, 'suji')],
    verdict: 'notTrusted',
  },
  {
    title: 'the wildcard statement',
    statements: ({ scope }) => [strictStatement('exact', `${scope}x`, 'other'), strictStatement('any', '*', 'suji')],
    verdict: 'verified',
  },
  {
    title: 'level skip',
    statements: ({ scope }) => [{ name: 's', registryScopes: [scope], signatureVerification: { level: 'skip' } }],
    verdict: 'skipped',
  },
];

const toReference = {
  verified: 'verified',
  verifiedWithWarnings: 'verified',
  notTrusted: 'failed',
  skipped: 'skipped',
};

describe.skipIf(!havePeers())('verdicts agree with the reference', () => {
  let bench: Workbench;
  const targets = new Map<string, Place>();

  beforeAll(async () => {
    bench = await Workbench.open();
    const open = await bench.addRegistry('registry');
    const closed = await bench.addRegistry('distribution', { user: 'tester', password: 'open sesame' });
    targets.set('registry', open('samples/hello', '1.0'));
    targets.set('distribution', closed('samples/hello', '1.0'));
    targets.set('playground', await bench.playground('1.0'));
    await bench.createKey('suji');
    await bench.createKey('other', 'EC-256');
    for (const place of targets.values()) await bench.sign(place, 'suji');
  }, 60_000);
  afterAll(() => bench.close());

  describe.each(kinds)('%s', (where) => {
    test.each(cases)('$title', async ({ statements, verdict, failing }) => {
      const place = targets.get(where) as Place;
      await bench.savePolicy(...statements(place));
      const report = await bench.verify(place);
      const reference = await bench.verifyWithReference(place);
      expect(reference.verdict).toBe(toReference[verdict]);
      expect(report.verdict).toBe(verdict);
      expect(report.cli.succeeds).toBe(reference.verdict !== 'failed');

      const outcome = report.signatures[0];
      const failures = outcome?.checks.filter(({ result, action }) => result === 'failed' && action !== null) ?? [];
      expect(failures.map(({ check }) => check)).toEqual(failing ? [failing] : []);
      const told = reference.outcomes[0]?.checks.find(({ error }) => error)?.error?.message;
      if (failing) expect(failures[0]?.reason.message).toBe(told);
    });
  });

  describe('expiry', () => {
    let place: Place;
    beforeAll(async () => {
      const open = await bench.addRegistry('registry');
      place = open('samples/web', '2.0.0');
      await bench.sign(place, 'suji', { expirySeconds: 1 });
      await new Promise((resolve) => setTimeout(resolve, 1500));
    });

    test.each([
      ['strict', 'notTrusted'],
      ['permissive', 'verifiedWithWarnings'],
      ['audit', 'verifiedWithWarnings'],
    ] as const)('an expired signature under %s is %s', async (name, verdict) => {
      await bench.savePolicy(strictStatement('s', place.scope, 'suji', level(name)));
      const report = await bench.verify(place);
      const reference = await bench.verifyWithReference(place);
      expect(report.verdict).toBe(verdict);
      expect(report.cli.succeeds).toBe(reference.verdict === 'verified');
      const expiry = report.signatures[0]?.checks.find(({ check }) => check === 'expiry');
      expect(expiry?.result).toBe('failed');
      expect(expiry?.reason.message).toBe(
        reference.outcomes[0]?.checks.find(({ type }) => type === 'expiry')?.error?.message,
      );
    });
  });

  describe('user metadata', () => {
    beforeEach(async () => {
      const place = targets.get('registry') as Place;
      await bench.savePolicy(strictStatement('s', place.scope, 'suji'));
    });

    test('a pair that was not signed fails on both sides', async () => {
      const place = targets.get('registry') as Place;
      const report = await bench.verify(place, { userMetadata: { build: '1' } });
      const reference = await bench.verifyWithReference(place, { userMetadata: { build: '1' } });
      expect(reference.verdict).toBe('failed');
      expect(report.verdict).toBe('notTrusted');
      expect(report.signatures[0]?.fatal.map(({ message }) => message)).toEqual([
        reference.outcomes[0]?.error?.message,
      ]);
    });
  });
});
