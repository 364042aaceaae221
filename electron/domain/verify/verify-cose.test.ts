import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { mediaTypes } from '../../../shared/model/media-types.ts';
import type { SignatureOutcome } from '../../../shared/model/verification.ts';
import { createTestChain, leafShape, type TestChain } from '../../testing/chain-factory.ts';
import { coseEncodingCases } from '../../testing/cose-encoding-cases.ts';
import { coseTime, forgeCose, type CoseForgery, type CoseParts, type Entries } from '../../testing/cose-forge.ts';
import { VerificationBench } from '../../testing/verification-bench.ts';
import type { CborValue } from '../codec/cbor-value.ts';
import { toCbor } from '../codec/cbor-writer.ts';
import { decodeCose } from '../envelope/decode-cose.ts';
import { checkIntegrity } from './integrity.ts';

const scheme = 'io.cncf.notary.signingScheme';
const expiry = 'io.cncf.notary.expiry';
let chain: TestChain;
let rsa: TestChain;
let bench: VerificationBench;
beforeAll(() => {
  chain = createTestChain({ length: 2 });
  rsa = createTestChain({ algorithm: 'RSA-2048', length: 2 });
});
beforeEach(() => {
  bench = new VerificationBench();
  bench.trust(chain);
  bench.saveStatement({ level: 'strict', override: { revocation: 'skip' } });
});

async function outcomeOf(by: TestChain, forgery: CoseForgery = {}): Promise<SignatureOutcome | undefined> {
  await bench.forgeCose(by, forgery);
  return (await bench.verify()).signatures[0];
}

async function integrityOf(by: TestChain, forgery: CoseForgery): Promise<string | undefined> {
  const outcome = await outcomeOf(by, forgery);
  const integrity = outcome?.checks[0];
  expect(outcome?.verdict).toBe('notTrusted');
  expect(integrity?.result).toBe('failed');
  return integrity?.reason.message;
}

const withSignature =
  (change: (signature: Buffer) => Uint8Array): NonNullable<CoseForgery['change']> =>
  ([a, b, c, d]: CoseParts) => [a, b, c, change(Buffer.from(d as Uint8Array))];
const curveOrder = BigInt('0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551');
const toBytes = (value: bigint): Buffer => Buffer.from(value.toString(16).padStart(64, '0'), 'hex');
const verificationError = 'signature is invalid. Error: verification error';

describe('a COSE envelope that is right', () => {
  it.each(['RSA-2048', 'RSA-3072', 'RSA-4096', 'EC-256', 'EC-384', 'EC-521'] as const)(
    'is verified with %s, whoever made it',
    async (algorithm) => {
      const made = createTestChain({ algorithm, length: 3 });
      bench.trust(made, 'acme', 'ca', 2);
      await bench.sign(made, { format: 'cose', expirySeconds: 60, userMetadata: { team: 'a' } });
      await bench.forgeCose(made);
      const report = await bench.verify();
      expect(report.signatures.map(({ verdict }) => verdict)).toEqual(['verified', 'verified']);
      expect(report.signatures[0]?.checks[0]?.reason).toMatchObject({ details: { format: 'cose' } });
      expect(report.cli).toMatchObject({ succeeds: true, dependsOn: [] });
    },
  );

  it('is verified over the bytes received, in whatever order they stand (rule V-38)', async () => {
    const entries: readonly (readonly [CborValue, CborValue])[] = [
      [scheme, 'notary.x509'],
      ['io.cncf.notary.signingTime', coseTime('2026-11-23T07:45:11Z')],
      [3, 'application/vnd.cncf.notary.payload.v1+json'],
      [2, [scheme]],
    ];
    const header = entries.map(([key, value]) => Buffer.concat([toCbor(key), toCbor(value)]));
    // The number of the algorithm is written in two bytes where one would do.
    const headerBytes = Buffer.concat([
      Buffer.of(0xa5),
      ...header,
      Buffer.from('1801', 'hex'),
      Buffer.from('3806', 'hex'),
    ]);
    expect(await outcomeOf(chain, { headerBytes })).toMatchObject({ verdict: 'verified' });
  });
});

describe('case E-01', () => {
  it.each<[string, Entries, RegExp]>([
    ['RS256', [[1, -257]], /header RS256$/],
    ['EdDSA', [[1, -8]], /header EdDSA$/],
    ['HMAC', [[1, 5]], /header Algorithm\(5\)$/],
    ['none', [[1, 0]], /header Reserved$/],
    ['words', [[1, 'ES256']], /^signature is invalid\. Error: Algorithm\("ES256"\)$/],
    ['nothing', [[1, undefined]], /algorithm not found$/],
  ])('an algorithm that is not allowed: %s', async (_, header, message) => {
    expect(await integrityOf(chain, { header })).toMatch(message);
  });
});

describe('case E-02', () => {
  it.each([
    ['PS384 with RSA-2048', 'RSA-2048', -38, 'verifier PS256: header PS384'],
    ['ES256 with P-384', 'EC-384', -7, 'verifier ES384: header ES256'],
    ['PS256 with P-256', 'EC-256', -37, 'verifier ES256: header PS256'],
  ] as const)('%s', async (_, algorithm, number, message) => {
    const made = createTestChain({ algorithm, length: 2 });
    expect(await integrityOf(made, { header: [[1, number]] })).toBe(
      `signature is invalid. Error: algorithm mismatch: ${message}`,
    );
  });
});

describe('case E-03', () => {
  it.each<[string, CoseForgery]>([
    ['a label', { headerBytes: Buffer.from('a2012601390100', 'hex') }],
    ['a label, once written longer', { headerBytes: Buffer.from('a20126180126', 'hex') }],
    ['targetArtifact', { payload: '{"targetArtifact":{},"targetArtifact":{}}' }],
  ])('%s twice', async (_, forgery) => {
    expect(await integrityOf(chain, forgery)).toMatch(/duplicate (?:map key|member)/);
  });
});

describe('case E-04', () => {
  it.each<[string, Entries, string]>([
    [
      'a text',
      [
        [2, [scheme, 'com.example.rule']],
        ['com.example.rule', 1],
      ],
      'com.example.rule',
    ],
    [
      'a number',
      [
        [2, [scheme, 99]],
        [99, 1],
      ],
      '99',
    ],
  ])('an unknown critical attribute, %s, is refused at every level', async (_, header, name) => {
    bench.saveStatement({ level: 'audit' });
    expect(await outcomeOf(chain, { header })).toMatchObject({
      verdict: 'notTrusted',
      fatal: [{ code: 'fatal.unknownCritical', details: { names: [name] } }],
    });
  });
});

describe('case E-05', () => {
  it.each<[string, Entries]>([
    ['missing', [[2, undefined]]],
    ['empty', [[2, []]]],
    ['of an absent header', [[2, [scheme, 'x']]]],
    ['without the scheme', [[2, [1]]]],
    ['without the expiry', [[expiry, coseTime('2099-01-01T00:00:00Z')]]],
  ])('crit %s', async (_, header) => {
    expect(await integrityOf(chain, { header })).toMatch(/crit/);
  });
});

describe('case E-07', () => {
  it.each([0, 20, 222])('a PSS salt of %i bytes', async (saltLength) => {
    expect(await integrityOf(rsa, { saltLength })).toBe(verificationError);
  });
});

describe('case E-08', () => {
  it.each<[string, (signature: Buffer) => Uint8Array]>([
    ['63 bytes', (value) => value.subarray(1)],
    ['65 bytes', (value) => Buffer.concat([Buffer.of(0), value])],
    ['r = 0', (value) => Buffer.concat([Buffer.alloc(32), value.subarray(32)])],
    ['s = n', (value) => Buffer.concat([value.subarray(0, 32), toBytes(curveOrder)])],
  ])('an ECDSA value of %s', async (_, change) => {
    expect(await integrityOf(chain, { change: withSignature(change) })).toBe(verificationError);
  });

  it('an ECDSA value in DER', async () => {
    expect(await integrityOf(chain, { dsaEncoding: 'der' })).toBe(verificationError);
  });

  it('accepts the twin with n - s', async () => {
    const twin = withSignature((value) =>
      Buffer.concat([value.subarray(0, 32), toBytes(curveOrder - BigInt(`0x${value.subarray(32).toString('hex')}`))]),
    );
    expect(await outcomeOf(chain, { change: twin })).toMatchObject({ verdict: 'verified' });
  });
});

describe('case E-09', () => {
  const bounded = coseEncodingCases.filter(({ fault }) => fault !== undefined);
  it.each(bounded.map((coseCase) => [coseCase.name, coseCase] as const))('%s', (_, { bytes }) => {
    const made = bytes();
    // The processor's time, which other processes do not take from us.
    const start = process.cpuUsage();
    expect(checkIntegrity({ mediaType: mediaTypes.cose, bytes: made }).finding.result).toBe('failed');
    expect(process.cpuUsage(start).user / 1000).toBeLessThan(50);
  });
});

describe('case E-10', () => {
  it.each([
    ['digest', { digest: `sha256:${'b'.repeat(64)}` }, 'fatal'],
    ['size', { size: 1 }, 'fatal'],
    ['mediaType', { mediaType: mediaTypes.ociIndex }, 'fatal'],
    ['digest in upper case', { digest: `sha256:${'B'.repeat(64)}` }, 'malformed'],
  ])('another %s was signed', async (_, change, kind) => {
    const { mediaType, digest, size } = bench.artifact;
    const payload = JSON.stringify({ targetArtifact: { mediaType, digest, size, ...change } });
    bench.saveStatement({ level: 'audit' });
    const outcome = await outcomeOf(chain, { payload });
    expect(outcome?.verdict).toBe('notTrusted');
    if (kind === 'fatal') expect(outcome?.fatal).toMatchObject([{ code: 'fatal.descriptorMismatch' }]);
    else expect(outcome?.checks[0]?.reason.code).toBe('integrity.envelopeMalformed');
  });
});

describe('case E-11', () => {
  it.each<[string, string | Uint8Array]>([
    ['no JSON', 'hello'],
    ['a list', '[]'],
    ['a null target', '{"targetArtifact":null}'],
    ['size 5.0', '{"targetArtifact":{"mediaType":"m","digest":"d","size":5.0}}'],
    ['lossy UTF-8', Buffer.of(0x22, 0xff, 0x22)],
    ['text after it', '{} {}'],
    ['a member twice', '{"targetArtifact":{},"targetArtifact":{}}'],
  ])('a payload that is %s', async (_, payload) => {
    await integrityOf(chain, { payload });
    expect((await bench.verify()).signatures[0]?.checks[0]?.reason.code).toBe('integrity.envelopeMalformed');
  });
});

describe('case E-12', () => {
  it.each<[string, (ders: readonly Uint8Array[]) => readonly Uint8Array[]]>([
    ['in the wrong order', (ders) => [...ders].reverse()],
    ['without its root', (ders) => ders.slice(0, 1)],
    ['with a stranger at the end', (ders) => [...ders, rsa.ders[1] ?? new Uint8Array()]],
    [
      'with a byte after a certificate',
      ([leaf = new Uint8Array(), ...rest]) => [leaf, ...rest.map((der) => Buffer.concat([der, Buffer.of(0)]))],
    ],
  ])('a chain %s', async (_, change) => {
    const ders = change(chain.ders).map((der) => new Uint8Array(der));
    expect(await integrityOf(chain, { unprotected: [[33, ders]] })).toBeTypeOf('string');
  });
});

describe('case E-13', () => {
  it('a chain that breaks a rule', async () => {
    const weak = createTestChain({
      length: 2,
      leaf: { ...leafShape, keyUsage: { usages: ['digitalSignature', 'keyEncipherment'] } },
    });
    expect(await integrityOf(weak, {})).toMatch(/^certificate-chain is invalid, /);
  });

  it('an RSA key of 2047 bits, which passes in a JWS', async () => {
    const short = createTestChain({ algorithm: 'RSA-2047', length: 1 });
    bench.trust(short, 'acme', 'ca', 0);
    expect(await integrityOf(short, {})).toBe('RSA key must be at least 2048 bits long');
    await bench.forge(short);
    expect((await bench.verify()).signatures[1]?.checks[0]?.result).toBe('passed');
  });
});

describe('case E-14', () => {
  it('a ca store does not anchor a signing authority', async () => {
    const authentic = 'io.cncf.notary.authenticSigningTime';
    const header: Entries = [
      [scheme, 'notary.x509.signingAuthority'],
      ['io.cncf.notary.signingTime', undefined],
      [authentic, coseTime(new Date(Math.floor(Date.now() / 1000) * 1000).toISOString())],
      [2, [scheme, authentic]],
    ];
    const outcome = await outcomeOf(chain, { header });
    expect(outcome?.checks.slice(0, 2)).toMatchObject([{ result: 'passed' }, { result: 'failed' }]);
  });
});

describe('case E-15', () => {
  it.each([
    ['now', 0, 'failed'],
    ['in a second', 1, 'passed'],
    ['a second ago', -1, 'failed'],
  ])('an expiry %s', async (_, seconds, result) => {
    const now = Math.floor(bench.now.getTime() / 1000);
    bench.now = new Date(now * 1000);
    const at = coseTime(new Date((now + seconds) * 1000).toISOString());
    const outcome = await outcomeOf(chain, {
      header: [
        [expiry, at],
        [2, [scheme, expiry]],
      ],
    });
    expect(outcome?.checks.find(({ check }) => check === 'expiry')?.result).toBe(result);
  });
});

describe('an envelope with one byte changed', () => {
  it('is refused, or says nothing else that was signed', async () => {
    const bytes = forgeCose(chain);
    const honest = decodeCose(bytes);
    const positions = Array.from({ length: 400 }, (_, index) => (index * 7919) % bytes.length);
    for (const position of positions) {
      const changed = Uint8Array.from(bytes);
      changed[position] = (changed[position] ?? 0) ^ (1 + (position % 7));
      const { finding, envelope } = checkIntegrity({ mediaType: mediaTypes.cose, bytes: changed });
      if (finding.result !== 'passed') continue;
      // Only what is not signed may differ: here, the agent.
      expect(envelope?.protectedHeaders).toEqual(honest.protectedHeaders);
      expect(envelope?.target).toEqual(honest.target);
      expect(envelope?.chain.map(({ sha256 }) => sha256)).toEqual(honest.chain.map(({ sha256 }) => sha256));
    }
  });
});
