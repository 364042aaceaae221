import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SignatureOutcome } from '../../../shared/model/verification.ts';
import { createTestChain, type TestChain } from '../../testing/chain-factory.ts';
import { chainCases } from '../../testing/chain-cases.ts';
import { forgeJws, headerFor, type JwsForgery, type JwsParts } from '../../testing/jws-forge.ts';
import { VerificationBench } from '../../testing/verification-bench.ts';

const scheme = 'io.cncf.notary.signingScheme';
const expiry = 'io.cncf.notary.expiry';
const future = '2099-01-01T00:00:00Z';
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
  bench.trust(rsa, 'acme', 'ca', 1);
  bench.saveStatement({ level: 'audit' });
});

/** What must be as it was after a verification, however it ended: files of the user, manifests, tags, blobs. */
function holdings(): unknown {
  const { manifests, tags, blobs } = bench.repository;
  const files = [...bench.directory.files].map(([path, { bytes }]) => [path, Buffer.from(bytes).toString('base64')]);
  return [files, [...manifests.keys()], [...tags], [...blobs.keys()]];
}

async function outcome(): Promise<SignatureOutcome | undefined> {
  const before = holdings();
  const { signatures, verdict } = await bench.verify();
  expect(holdings()).toEqual(before);
  expect(verdict).toBe(signatures[0]?.verdict);
  return signatures[0];
}

async function reasonOf(attached: Promise<unknown>): Promise<[code?: string, message?: string]> {
  await attached;
  const judged = await outcome();
  expect([judged?.verdict, judged?.checks[0]?.result]).toEqual(['notTrusted', 'failed']);
  const { code, message } = judged?.checks[0]?.reason ?? {};
  return [code, message];
}

const forged = (forgery: JwsForgery, by = chain) => reasonOf(bench.forge(by, forgery));
/** The payload that names the artifact of the bench. */
function payloadText(change: Record<string, unknown> = {}): string {
  const { mediaType, digest, size } = bench.artifact;
  return JSON.stringify({ targetArtifact: { mediaType, digest, size, ...change } });
}
/** A good envelope with its members or its text changed. */
function changed(change: (parts: JwsParts) => unknown, by = chain): Promise<[code?: string, message?: string]> {
  const envelope = change(forgeJws(by, { payloadText: payloadText() }));
  const text = typeof envelope === 'string' ? envelope : JSON.stringify(envelope);
  return reasonOf(bench.attach(new TextEncoder().encode(text), by));
}
const textOf = (parts: JwsParts): string => JSON.stringify(parts);

describe('case E-01', () => {
  it.each(['none', 'None', 'HS256', 'RS256', 'EdDSA', 'es256'])('a JWS whose alg is %s', async (alg) => {
    const [code, message] = await forged({ header: { alg } });
    expect(code).toBe('integrity.envelopeMalformed');
    expect(message).toMatch(/^signature is invalid\. Error: signing method \S+ is (?:unavailable|invalid)/);
  });
});

describe('case E-02', () => {
  it.each([
    ['PS384', 'RSA-2048'],
    ['ES256', 'EC-384'],
    ['PS256', 'EC-256'],
  ] as const)('a JWS that says %s with a key %s', async (alg, algorithm) => {
    const [code] = await forged({ header: { alg } }, createTestChain({ algorithm, length: 2 }));
    expect(code).toBe('integrity.signatureInvalid');
  });
});

describe('case E-03', () => {
  const header = JSON.stringify(headerFor('ES256'));
  const twice = (member: string, value: string): string => `{"${member}":${value},${header.slice(1)}`;
  const twiceLast = (member: string, value: string): string => `${header.slice(0, -1)},"${member}":${value}}`;
  it.each<[string, JwsForgery]>([
    ['alg first', { headerText: twice('alg', '"none"') }],
    ['alg last', { headerText: twiceLast('alg', '"ES256"') }],
    ['signingScheme first', { headerText: twice(scheme, '"notary.x509.signingAuthority"') }],
    ['signingScheme last', { headerText: twiceLast(scheme, '"notary.x509"') }],
    ['targetArtifact first', { payloadText: '{"targetArtifact":{},"targetArtifact":{"a":1}}' }],
    ['targetArtifact last', { payloadText: '{"targetArtifact":{"a":1},"targetArtifact":{}}' }],
  ])('a JWS with %s twice', async (_, forgery) => {
    expect((await forged(forgery))[1]).toContain('duplicate member');
  });

  it.each<[string, (text: string) => string]>([
    ['first', (text) => `{"payload":"e30",${text.slice(1)}`],
    ['last', (text) => `${text.slice(0, -1)},"payload":"e30"}`],
  ])('a JWS with payload twice, the wrong one %s', async (_, write) => {
    expect((await changed((parts) => write(textOf(parts))))[1]).toContain('duplicate member "payload"');
  });
});

describe('case E-05', () => {
  it.each<[string, Record<string, unknown>]>([
    ['missing', { crit: undefined }],
    ['empty', { crit: [] }],
    ['repeated', { crit: [scheme, scheme] }],
    ['of an absent header', { crit: [scheme, 'absent'] }],
    ['without the expiry', { [expiry]: future }],
    ['without the scheme', { crit: [expiry], [expiry]: future }],
    ['that is no list', { crit: scheme }],
  ])('a JWS with crit %s', async (_, header) => {
    const [code, message] = await forged({ header });
    expect(code).toBe('integrity.envelopeMalformed');
    expect(message).toMatch(/crit/);
  });
});

describe('case E-06', () => {
  const slack: readonly (readonly [string, (text: string) => string])[] = [
    ['a newline', (text) => `${text.slice(0, 8)}\n${text.slice(8)}`],
    ['padding', (text) => `${text}=`],
    ['the other alphabet', (text) => `${text.slice(0, -2)}+/`],
    ['spare bits', (text) => text.slice(0, -1) + spare(text)],
  ];
  /** A last character that decodes to the same bytes, but for bits that nobody reads; where there are none, one too many. */
  function spare(text: string): string {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const last = text.at(-1) ?? '';
    return text.length % 4 === 0 ? `${last}A` : (alphabet[alphabet.indexOf(last) ^ 1] ?? '');
  }
  const members = ['payload', 'protected', 'signature'] as const;
  it.each(members.flatMap((member) => slack.map(([what, write]) => [what, member, write] as const)))(
    '%s in the member %s of a JWS',
    async (_, member, write) => {
      const [code] = await changed((parts) => ({ ...parts, [member]: write(parts[member]) }));
      expect(code).toBe('integrity.envelopeMalformed');
    },
  );

  it.each<[string, (text: string) => string]>(slack.slice(0, 3).map(([what, write]) => [what, write]))(
    '%s in what was signed over',
    async (_, write) => {
      const encode = (bytes: Uint8Array): string => write(Buffer.from(bytes).toString('base64url'));
      expect((await forged({ encode, payloadText: payloadText() }))[0]).toBe('integrity.envelopeMalformed');
    },
  );
});

describe('case E-07', () => {
  it.each([0, 20, 222])('a JWS with a PSS salt of %i bytes', async (saltLength) => {
    expect((await forged({ saltLength }, rsa))[0]).toBe('integrity.signatureInvalid');
  });
});

describe('case E-08', () => {
  const order = BigInt('0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551');
  const toBytes = (value: bigint): Buffer => Buffer.from(value.toString(16).padStart(64, '0'), 'hex');
  const withValue =
    (change: (value: Buffer) => Uint8Array) =>
    (parts: JwsParts): JwsParts => ({
      ...parts,
      signature: Buffer.from(change(Buffer.from(parts.signature, 'base64url'))).toString('base64url'),
    });
  it.each<[string, (value: Buffer) => Uint8Array]>([
    ['63 bytes', (value) => value.subarray(1)],
    ['65 bytes', (value) => Buffer.concat([Buffer.of(0), value])],
    ['r = 0', (value) => Buffer.concat([Buffer.alloc(32), value.subarray(32)])],
    ['s = n', (value) => Buffer.concat([value.subarray(0, 32), toBytes(order)])],
  ])('a JWS with an ECDSA value of %s', async (_, change) => {
    expect((await changed(withValue(change)))[0]).toBe('integrity.signatureInvalid');
  });

  it('a JWS with an ECDSA value in DER', async () => {
    expect((await forged({ dsaEncoding: 'der' }))[0]).toBe('integrity.signatureInvalid');
  });

  it('accepts the twin with n - s in a JWS', async () => {
    const twin = withValue((value) =>
      Buffer.concat([value.subarray(0, 32), toBytes(order - BigInt(`0x${value.subarray(32).toString('hex')}`))]),
    );
    const envelope = textOf(twin(forgeJws(chain, { payloadText: payloadText() })));
    await bench.attach(new TextEncoder().encode(envelope), chain);
    expect((await outcome())?.checks[0]?.result).toBe('passed');
  });
});

describe('case E-09', () => {
  it.each<[string, () => string]>([
    ['nested 5,000 deep', () => '['.repeat(5000)],
    ['with a header nested 5,000 deep', () => textOf(forgeJws(chain, { headerText: `{"x":${'['.repeat(5000)}` }))],
    ['cut off', () => textOf(forgeJws(chain)).slice(0, -1)],
    ['with a byte after it', () => `${textOf(forgeJws(chain))}x`],
  ])('a JWS %s', async (_, write) => {
    const text = write();
    expect((await changed(() => text))[0]).toBe('integrity.envelopeMalformed');
  });
});

describe('case E-10', () => {
  it('a JWS whose digest is in upper case', async () => {
    const digest = `sha256:${'B'.repeat(64)}`;
    expect((await forged({ payloadText: payloadText({ digest }) }))[0]).toBe('integrity.envelopeMalformed');
  });
});

describe('case E-11', () => {
  it.each<[string, () => string | Uint8Array]>([
    ['no JSON', () => 'hello'],
    ['a list', () => '[]'],
    ['a null target', () => '{"targetArtifact":null}'],
    ...['5.0', '5e0', '1152921504606846976'].map((size): [string, () => string] => [
      `of the size ${size}`,
      () => payloadText({ size: 'SIZE' }).replace('"SIZE"', size),
    ]),
    ['lossy UTF-8', () => Buffer.from(payloadText().replace('manifest', '\xff'), 'latin1')],
    ['followed by text', () => `${payloadText()} x`],
  ])('a JWS whose payload is %s', async (_, write) => {
    expect((await forged({ payloadText: write() }))[0]).toBe('integrity.envelopeMalformed');
  });
});

describe('case E-12', () => {
  const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
  it.each<[string, (ders: readonly Uint8Array[]) => readonly string[], string]>([
    ['in the wrong order', (ders) => [...ders].reverse().map(base64), 'integrity.'],
    ['without its root', (ders) => ders.slice(0, 1).map(base64), 'integrity.chainInvalid'],
    ['with a stranger at the end', (ders) => [...ders, rsa.ders[1] ?? new Uint8Array()].map(base64), 'integrity.'],
    [
      'with a byte after a certificate',
      (ders) => ders.map((der) => base64(Buffer.concat([der, Buffer.of(0)]))),
      'integrity.envelopeMalformed',
    ],
    ['in PEM', () => [base64(Buffer.from(chain.chainPem))], 'integrity.envelopeMalformed'],
    ['of nothing', () => [], 'integrity.envelopeMalformed'],
  ])('a JWS with a chain %s', async (_, change, wanted) => {
    const [code] = await changed((parts) => ({ ...parts, header: { ...parts.header, x5c: change(chain.ders) } }));
    expect(code).toContain(wanted);
  });

  it('a self-signed leaf before the chain of an authority', async () => {
    const alone = createTestChain({ length: 1 });
    const [code] = await changed(
      (parts) => ({
        ...parts,
        header: { ...parts.header, x5c: [alone.ders[0] ?? Buffer.alloc(0), ...chain.ders.slice(1)].map(base64) },
      }),
      alone,
    );
    expect(code).toBe('integrity.chainInvalid');
  });
});

describe('case E-13', () => {
  // A key that signs nothing is named before its chain is looked at; with Ed25519 there is not even an envelope.
  const broken = chainCases.filter(({ name, rule }) => rule !== undefined && name !== 'an Ed25519 leaf');
  it.each(broken.map((each) => [each.name, each] as const))(
    '%s: the rule is named',
    async (name, { chain: make, rule }) => {
      await bench.forge(make());
      const reason = (await outcome())?.checks[0]?.reason;
      if (rule === 'keyAlgorithm')
        expect(reason).toMatchObject({
          code: 'integrity.signatureInvalid',
          message: expect.stringMatching(/key size \d+ bits is not supported/) as string,
        });
      else if (name === 'root first') expect(reason?.code).toBe('integrity.signatureInvalid');
      else expect(reason).toMatchObject({ code: 'integrity.chainInvalid', details: { rule } });
    },
  );
});

describe('case E-15', () => {
  it.each([
    ['in year 1', '0001-01-01T00:00:00Z'],
    ['null', null],
  ])('a JWS whose expiry is %s', async (_, time) => {
    const [code] = await forged({ header: { [expiry]: time, crit: [scheme, expiry] } });
    expect(code).toBe('integrity.envelopeMalformed');
  });
});
