import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkCodeSigningChain, type ChainCheck } from '../../electron/domain/x509/chain-check.ts';
import type { ParsedCertificate } from '../../electron/domain/x509/parsed-certificate.ts';
import { findPaths, haveLimbo, readLimbo, type LimboCase } from './limbo.ts';
import { havePeers, Oracle, type Failure } from './peers.ts';

const slowMs = 200;
const timeOf = ({ validation_time: at }: LimboCase): Date =>
  at === null || at === undefined ? new Date() : new Date(at);

/** Every leaf of the set is a TLS server's, which is no signer: what is asked of a signer's leaf is left out. */
const leafRules = new Set(['notCa', 'keyUsageDigitalSignature', 'keyUsageOnlySigning', 'extendedKeyUsage']);

function isBroken({ certificates, chain }: ChainCheck): boolean {
  return [...certificates, chain].some((results, position) =>
    results.some(
      ({ rule, status }) =>
        // No key usage of the set is critical, as Notation wants it.
        status === 'broken' && rule !== 'keyUsageCritical' && !(position === 0 && leafRules.has(rule)),
    ),
  );
}

/** Whether there is a way to a trusted root along which every rule holds. */
function judge(limbo: LimboCase): 'SUCCESS' | 'FAILURE' {
  const signingTime = timeOf(limbo);
  return findPaths(limbo).some((path) => !isBroken(checkCodeSigningChain(path, { signingTime })))
    ? 'SUCCESS'
    : 'FAILURE';
}

/** The groups whose rules Notation has too. */
const mapped =
  /^(?:pathlen|pathological|invalid|rfc5280::(?:validity|serial|eku)|rfc5280::[a-z-]+$|webpki::(?:forbidden|v1-cert|ee-basic))/;
/** Cases of these groups whose rule Notation does not have, and why. */
const leftOut = 'a rule of the leaf that is left out above';
const notEvaluated = 'Notation evaluates no other extensions';
const noLimit = 'Notation asks nothing of it, and neither does the reference';
const withoutRule: Readonly<Record<string, string>> = {
  'pathlen::max-chain-depth-0-exhausted': 'a limit that the caller sets; an envelope holds up to 100 certificates',
  'pathlen::max-chain-depth-1-exhausted': 'a limit that the caller sets; an envelope holds up to 100 certificates',
  'pathlen::self-issued-certs-pathlen': 'the reference counts self-issued certificates too',
  'pathological::nc-dos-1': notEvaluated,
  'rfc5280::eku::ee-wrong-eku': leftOut,
  'rfc5280::leaf-ku-keycertsign': leftOut,
  'rfc5280::root-and-intermediate-swapped': 'a chain must end in a self-signed root',
  'rfc5280::root-non-critical-basic-constraints': noLimit,
  'rfc5280::serial::too-long': noLimit,
  'rfc5280::serial::zero': noLimit,
  'rfc5280::unknown-critical-extension-ee': notEvaluated,
  'rfc5280::unknown-critical-extension-intermediate': notEvaluated,
  'rfc5280::validity::notafter-fractional': 'its last second ends when it begins, as with the reference',
  'webpki::ee-basicconstraints-ca': leftOut,
  'webpki::forbidden-weak-rsa-key-in-root': noLimit,
  'webpki::v1-cert': leftOut,
};

if (!haveLimbo()) console.log('x509-limbo.json is missing: ../shared/vectors/x509-limbo.json beside the checkout');

describe.skipIf(!haveLimbo())('x509-limbo', () => {
  const cases = haveLimbo() ? readLimbo() : [];

  test('no case crashes, and none takes long', () => {
    expect(cases.length).toBeGreaterThanOrEqual(124);
    for (const limbo of cases) {
      const started = process.cpuUsage();
      judge(limbo);
      expect(process.cpuUsage(started).user / 1000, limbo.id).toBeLessThan(slowMs);
    }
  });

  test('the rules that Notation has too give the verdicts of the set', () => {
    const looked = cases.filter(({ id }) => mapped.test(id));
    const different = looked.filter((limbo) => judge(limbo) !== limbo.expected_result).map(({ id }) => id);
    expect(different).toEqual(Object.keys(withoutRule));
    expect(looked.length - different.length).toBeGreaterThanOrEqual(30);
  });

  describe.skipIf(!havePeers())('beside the reference', () => {
    let oracle: Oracle;
    beforeAll(() => {
      oracle = new Oracle();
    });
    afterAll(() => oracle.stop());

    test('every way through every case breaks the same rule first, in the same words', async () => {
      const ways = cases.flatMap((limbo) =>
        findPaths(limbo)
          .slice(0, 8)
          .map((path) => ({ limbo, path })),
      );
      const toBase64 = ({ raw }: ParsedCertificate): string => Buffer.from(raw).toString('base64');
      const answers = await oracle.askMany<{ error: Failure | null }>(
        'validateChain',
        ways.map(({ limbo, path }) => ({ chain: path.map(toBase64), signingTime: timeOf(limbo).toISOString() })),
      );
      const different = ways.flatMap(({ limbo, path }, index) => {
        const { result, error } = answers[index] ?? { result: null };
        const theirs = error?.message ?? result?.error?.message;
        const { fault } = checkCodeSigningChain(path, { signingTime: timeOf(limbo) });
        return fault?.message === theirs ? [] : [[limbo.id, fault?.message, theirs]];
      });
      expect(different).toEqual([]);
      expect(ways.length).toBeGreaterThan(100);
    });
  });
});
