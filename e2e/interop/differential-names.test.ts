import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { validatePolicy } from '../../electron/domain/trust/policy-document.ts';
import { matchIdentity } from '../../electron/domain/trust/trusted-identity.ts';
import { parseName, toGoName } from '../../electron/domain/x509/distinguished-name.ts';
import { encodeName, type TestName } from '../../electron/testing/chain-factory.ts';
import { generateIdentity, generateSubject } from '../../electron/testing/generate-names.ts';
import { SeededRandom, seedOfRun } from '../../electron/testing/seeded-random.ts';
import { Allowlist } from './allowlist.ts';
import { havePeers, Oracle, type Failure } from './peers.ts';

const acme: TestName = [
  ['C', 'US'],
  ['ST', 'WA'],
  ['O', 'Acme'],
  ['CN', 'web'],
];
const withPart = (type: string, value: string): TestName => [...acme, [type, value]];
const identity = 'x509.subject: C=US, ST=WA, O=Acme';

/** Pairs that case E-16 names. */
const named: readonly (readonly [subject: TestName, ...identities: string[]])[] = [
  [acme, identity],
  [acme, `${identity}, CN=web`],
  [acme, `${identity}, CN=Web`],
  [acme, 'x509.subject: CN=web, O=Acme, S=WA, C=US'],
  [acme, 'x509.subject: c=US, st=WA, o=Acme'],
  [acme, `${identity}, CN=w\\65b`],
  [acme, `${identity}, CN=\\77\\65\\62`],
  [acme, `${identity}, OU=`],
  [acme, `${identity}, CN=#1303776562`],
  [acme, `${identity}+CN=web`],
  [acme, `${identity}, CN=web, CN=web`],
  [acme, `${identity}, __proto__=x`],
  [acme, `${identity}, constructor=x`],
  [acme, `${identity}, CN=x`, `${identity}, CN=web`],
  [acme, `${identity}, CN=web`, identity],
  [acme, 'arn:aws:x'],
  [acme, 'arn:aws:x', `${identity}, CN=web`],
  [acme, '*'],
  [withPart('OU', 'a'), `${identity}, OU=a`],
  [withPart('CN', 'other'), `${identity}, CN=other`],
  [withPart('O', 'Second'), identity],
  [withPart('C', 'JP'), identity],
  [withPart('OU', 'a, b+c'), `${identity}, OU=a\\, b\\+c`],
  [withPart('OU', ' edge '), `${identity}, OU=\\ edge\\ `],
  [withPart('OU', '印鑑'), `${identity}, OU=\\E5\\8D\\B0\\E9\\91\\91`],
  [withPart('OU', 'a=#b'), identity],
  [withPart('1.2.3.4', 'x'), identity],
  [withPart('2.5.4.9', 'x'), `${identity}, STREET=x`],
  [acme.slice(1), identity],
];
const generated = 400;

interface Matched {
  readonly matched: boolean;
  readonly subject: string;
  readonly error: Failure | null;
}

/** Whether the subject is trusted and, if not, the sentence: of the policy first, then of the comparison. */
function judge(subject: TestName, identities: readonly string[]): { matched: boolean; message?: string | undefined } {
  const statement = {
    name: 'identity',
    registryScopes: ['*'],
    signatureVerification: { level: 'strict', override: { revocation: 'skip' } },
    trustStores: ['ca:identity'],
    trustedIdentities: identities,
  };
  const { problems } = validatePolicy(JSON.stringify({ version: '1.0', trustPolicies: [statement] }));
  const first = problems.find(({ severity }) => severity === 'error');
  if (first) return { matched: false, message: first.message.replaceAll('oci trust policy', 'trust policy') };
  const match = matchIdentity(identities, toGoName(parseName(encodeName(subject))), 'identity');
  return match.kind === 'matched' ? { matched: true } : { matched: false, message: match.message };
}

describe.skipIf(!havePeers())('subjects and trusted identities match as with the reference', () => {
  let oracle: Oracle;
  const allowlist = new Allowlist('differential-names');
  beforeAll(() => {
    oracle = new Oracle();
  });
  afterAll(() => oracle.stop());

  const ask = async (pairs: readonly (readonly [TestName, readonly string[]])[]) =>
    oracle.askMany<Matched>(
      'matchIdentity',
      pairs.map(([subject, identities]) => ({
        subject: Buffer.from(encodeName(subject)).toString('base64'),
        identities,
      })),
    );

  test(`case E-16: ${named.length} pairs by hand and ${generated} generated ones`, async () => {
    const random = new SeededRandom(seedOfRun());
    const made = Array.from({ length: generated }, (): readonly [TestName, readonly string[]] => {
      const subject = generateSubject(random);
      return [subject, Array.from({ length: random.chance(0.8) ? 1 : 2 }, () => generateIdentity(random, subject))];
    });
    const pairs = [...named.map(([subject, ...identities]) => [subject, identities] as const), ...made];
    const answers = await ask(pairs);
    const counts = { matched: 0, refused: 0 };
    pairs.forEach(([subject, identities], index) => {
      const { result, error } = answers[index] ?? { result: null };
      const mine = judge(subject, identities);
      if (result === null) allowlist.note('name: no certificate', [subject, error?.message]);
      else {
        counts[result.matched ? 'matched' : 'refused'] += 1;
        if (toGoName(parseName(encodeName(subject))) !== result.subject)
          allowlist.note('name: printed', [subject, result.subject]);
        if (mine.matched !== result.matched || mine.message !== result.error?.message)
          allowlist.note('name: verdict', [subject, identities, mine, result.error?.message]);
      }
    });
    expect(counts.matched).toBeGreaterThan(50);
    expect(counts.refused).toBeGreaterThan(50);
  });

  test('only allowed differences were seen, and each of them', () => {
    expect(allowlist.refused).toEqual([]);
    expect(allowlist.unseen).toEqual([]);
  });
});
