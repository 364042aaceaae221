import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { Digest } from '../../../shared/model/digest.ts';
import { mediaTypes } from '../../../shared/model/media-types.ts';
import { verificationReportSchema } from '../../../shared/model/verification.ts';
import { createTestChain, leafShape, type TestChain } from '../../testing/chain-factory.ts';
import { statementFor, VerificationBench } from '../../testing/verification-bench.ts';

let chain: TestChain;
let stranger: TestChain;
let bench: VerificationBench;
beforeAll(() => {
  chain = createTestChain({ length: 2 });
  stranger = createTestChain({ length: 1, leaf: { ...leafShape, subject: [['CN', 'fade-out']] } });
});
beforeEach(() => {
  bench = new VerificationBench();
  bench.trust(chain);
  bench.saveStatement();
});

const generalFailure = (): string =>
  `signature verification failed for all the signatures associated with ${bench.reference}`;
const encode = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

describe('policy', () => {
  it('missing: signatures are decoded, nothing is judged', async () => {
    await bench.directory.remove('trustpolicy.oci.json');
    await bench.sign(chain);
    const report = await bench.verify();
    expect(report).toMatchObject({ verdict: 'notTrusted', policy: { kind: 'missing' } });
    expect(report.cli.message).toBe(
      'trust policy is not present. To create a trust policy, see: https://notaryproject.dev/docs/quickstart/#create-a-trust-policy',
    );
    expect(report.signatures[0]?.checks.map(({ action, result }) => [action, result])).toEqual([
      [null, 'passed'],
      [null, 'notApplicable'],
      [null, 'notApplicable'],
      [null, 'notApplicable'],
      [null, 'notApplicable'],
    ]);
  });

  it('not applicable: the nearest statement is named, and where the signer would be trusted', async () => {
    bench.savePolicy(statementFor('registry.example/acme/web2'), statementFor('other.example/x', { name: 'two' }));
    await bench.sign(chain);
    const report = await bench.verify();
    expect(report).toMatchObject({
      verdict: 'notTrusted',
      policy: { kind: 'notApplicable', selection: { nearest: 0 } },
    });
    expect(report.signatures[0]?.checks[1]?.reason).toEqual({
      code: 'authenticity.noPolicy',
      details: { stores: ['ca:acme'] },
    });
    expect(report.cli).toMatchObject({
      succeeds: false,
      message: `signature verification failed: artifact "${bench.reference}" has no applicable oci trust policy statement. Trust policy applicability for a given artifact is determined by registryScopes. To create a trust policy, see: https://notaryproject.dev/docs/quickstart/#create-a-trust-policy`,
    });
  });

  it('invalid: could not check, in the reference’s words', async () => {
    bench.savePolicy(statementFor(bench.scope, { trustStores: [] }));
    await bench.sign(chain);
    expect(await bench.verify()).toMatchObject({
      verdict: 'couldNotCheck',
      policy: { kind: 'invalid', problems: [{ code: 'policy.trustMissing' }] },
      cli: {
        succeeds: false,
        message:
          'oci trust policy: trust policy statement "acme" is either missing trust stores or trusted identities, both must be specified',
      },
    });
  });

  it('that means two things is invalid here, and the CLI may go on', async () => {
    bench.directory.put('trustpolicy.oci.json', `${bench.directory.text('trustpolicy.oci.json') ?? ''} {}`);
    await bench.sign(chain);
    expect(await bench.verify()).toMatchObject({
      verdict: 'couldNotCheck',
      cli: { succeeds: false, dependsOn: ['policy'] },
    });
  });

  it('case E-18: skip is neither checked nor green', async () => {
    bench.saveStatement({ level: 'skip' });
    await bench.sign(chain);
    expect(await bench.verify()).toMatchObject({
      verdict: 'skipped',
      signatures: [],
      cli: {
        succeeds: true,
        message: `Trust policy is configured to skip signature verification for ${bench.reference}`,
      },
    });
  });

  it('case E-24: the report names the bytes it was judged by', async () => {
    await bench.sign(chain);
    const first = await bench.verify();
    bench.saveStatement({ level: 'audit' });
    const second = await bench.verify();
    expect(first.policy).toMatchObject({ kind: 'applied', level: 'strict' });
    expect(second.policy).toMatchObject({ kind: 'applied', level: 'audit' });
    const hashes = [first, second].map(({ policy }) => ('sha256' in policy ? policy.sha256 : ''));
    expect(new Set(hashes).size).toBe(2);
    expect(hashes[1]).toBe((await bench.directory.read('trustpolicy.oci.json'))?.revision);
  });

  it('case E-24: a file that is replaced while signatures are fetched changes nothing, and is not the one named', async () => {
    await bench.sign(stranger);
    const before = (await bench.directory.read('trustpolicy.oci.json'))?.revision;
    const list = bench.repository.listReferrers.bind(bench.repository);
    bench.repository.listReferrers = (...call) => {
      bench.saveStatement({ level: 'skip' });
      return list(...call);
    };
    expect(await bench.verify()).toMatchObject({
      verdict: 'notTrusted',
      policy: { kind: 'applied', level: 'strict', sha256: before },
    });
    expect((await bench.verify()).verdict).toBe('skipped');
  });
});

describe('signatures', () => {
  it('none: neutral, with the CLI’s sentence', async () => {
    expect(await bench.verify()).toMatchObject({
      verdict: 'noSignature',
      cli: {
        succeeds: false,
        message: `signature verification failed: no signature is associated with "${bench.reference}", make sure the artifact was signed successfully`,
      },
    });
  });

  it('all are judged, and the CLI stops at the first good one', async () => {
    const bad = await bench.sign(stranger);
    const good = await bench.sign(chain);
    const later = await bench.sign(chain, { expirySeconds: 600 });
    const report = await bench.verify();
    expect(report.signatures.map(({ manifestDigest, verdict }) => [manifestDigest, verdict])).toEqual([
      [bad, 'notTrusted'],
      [good, 'verified'],
      [later, 'verified'],
    ]);
    expect(report).toMatchObject({ verdict: 'verified', tag: '1.0', cli: { succeeds: true, decidedBy: good } });
    expect(verificationReportSchema.parse(report)).toEqual(report);
  });

  it('case E-14: a ca store does not anchor a signing authority', async () => {
    const header = {
      crit: ['io.cncf.notary.signingScheme', 'io.cncf.notary.authenticSigningTime'],
      'io.cncf.notary.signingScheme': 'notary.x509.signingAuthority',
      'io.cncf.notary.signingTime': undefined,
      'io.cncf.notary.authenticSigningTime': '2026-11-23T07:45:11Z',
    };
    await bench.forge(chain, { header });
    const report = await bench.verify();
    expect(report.signatures[0]?.checks[1]).toMatchObject({
      result: 'failed',
      reason: {
        code: 'authenticity.noStoreOfType',
        message: 'no trusted certificates are found to verify authenticity',
      },
    });
    bench.trust(chain, 'acme', 'signingAuthority');
    bench.saveStatement({ trustStores: ['signingAuthority:acme'] });
    const anchored = await bench.verify();
    expect(anchored.verdict).toBe('verified');
    expect(anchored.signatures[0]?.checks[2]?.reason.code).toBe('timestamp.signingTimeWithin');
  });

  it('a signing authority’s time outside the certificates fails', async () => {
    const header = {
      crit: ['io.cncf.notary.signingScheme', 'io.cncf.notary.authenticSigningTime'],
      'io.cncf.notary.signingScheme': 'notary.x509.signingAuthority',
      'io.cncf.notary.signingTime': undefined,
      'io.cncf.notary.authenticSigningTime': '2001-01-01T00:00:00Z',
    };
    await bench.forge(chain, { header });
    bench.trust(chain, 'acme', 'signingAuthority');
    bench.saveStatement({ trustStores: ['signingAuthority:acme'] });
    const [signature] = (await bench.verify()).signatures;
    expect(signature?.checks[2]?.reason).toMatchObject({
      code: 'timestamp.signingTimeOutside',
      message:
        'certificate "CN=leaf,O=Notary,ST=WA,C=US" was not valid when the digital signature was produced at "Mon, 01 Jan 2001 00:00:00 +0000"',
    });
  });

  it('case E-15: at its expiry a signature has expired', async () => {
    await bench.sign(chain, { expirySeconds: 60 });
    const expiryMs = Math.floor(bench.now.getTime() / 1000) * 1000 + 60_000;
    const at = async (ms: number) => (await bench.verify({ now: new Date(ms) })).signatures[0]?.checks[3]?.result;
    expect([await at(expiryMs - 1000), await at(expiryMs), await at(expiryMs + 1000)]).toEqual([
      'passed',
      'failed',
      'failed',
    ]);
  });

  it('case E-19: unreadable ones do not hide the good one; the CLI gives up at the first', async () => {
    const { digest } = bench.artifact;
    const broken = await bench.sign(stranger);
    bench.repository.failures.set(broken, new AppError('registry.notFound', { host: 'h', what: broken }));
    const empty = { mediaType: mediaTypes.ociEmpty, digest: `sha256:${'4'.repeat(64)}`, size: 2 };
    const twoLayers = bench.repository.addManifest(
      mediaTypes.ociManifest,
      encode({
        schemaVersion: 2,
        mediaType: mediaTypes.ociManifest,
        artifactType: mediaTypes.notarySignature,
        config: empty,
        layers: [empty, empty],
        subject: bench.artifact,
      }),
    );
    bench.repository.list(digest, twoLayers);
    const good = await bench.sign(chain);
    const report = await bench.verify();
    expect(report.verdict).toBe('verified');
    expect(report.signatures.map(({ manifestDigest }) => manifestDigest)).toEqual([good]);
    expect(report.unreadable.map(({ reason }) => (reason.details['error'] as { code: string }).code)).toEqual([
      'registry.notFound',
      'envelope.badSignatureManifest',
    ]);
    expect(report.cli.succeeds).toBe(false);
    expect(report.cli.message).toContain(
      `signature verification failed: unable to retrieve digital signature with digest "${broken}" associated with "${bench.reference}" from the Repository, error : `,
    );
  });

  it('only unreadable ones: could not check', async () => {
    const broken = await bench.sign(chain);
    bench.repository.failures.set(broken, new AppError('registry.tooLarge', { what: broken, limit: 1 }));
    expect((await bench.verify()).verdict).toBe('couldNotCheck');
  });

  it('case E-20: the limit ends it, and says so', async () => {
    for (let seconds = 1; seconds <= 3; seconds += 1) await bench.sign(stranger, { expirySeconds: seconds * 100 });
    const good = await bench.sign(chain);
    const atThree = await bench.verify({ maxSignatures: 3 });
    expect(atThree).toMatchObject({
      verdict: 'notTrusted',
      limitReached: true,
      cli: { succeeds: false, message: generalFailure() },
    });
    expect(atThree.signatures).toHaveLength(3);
    expect(atThree.cli.command).toContain('--max-signatures 3');
    expect(await bench.verify({ maxSignatures: 4 })).toMatchObject({
      verdict: 'verified',
      limitReached: false,
      cli: { decidedBy: good },
    });
    await expect(bench.verify({ maxSignatures: 0 })).rejects.toMatchObject({ code: 'verify.badMaxSignatures' });
  });

  it('case E-22: a signature of another artifact is ignored', async () => {
    const other = bench.repository.addManifest(
      mediaTypes.ociIndex,
      encode({ schemaVersion: 2, mediaType: mediaTypes.ociIndex, manifests: [] }),
    );
    const before = new Set(bench.repository.manifests.keys());
    await bench.sign(chain, { target: other });
    const envelope = [...bench.repository.blobs.values()].at(-1) ?? new Uint8Array();
    const foreign = await bench.attach(envelope, chain, mediaTypes.jws, other);
    expect(before.has(foreign)).toBe(false);
    bench.repository.listed.clear();
    const stored = bench.repository.manifests.get(foreign);
    if (stored)
      bench.repository.list(bench.artifact.digest, { ...stored.descriptor, artifactType: mediaTypes.notarySignature });
    const report = await bench.verify();
    expect(report).toMatchObject({
      verdict: 'noSignature',
      signatures: [],
      unreadable: [
        { manifestDigest: foreign, reason: { code: 'unreadable.wrongSubject', details: { subject: other.digest } } },
      ],
    });
    expect(report.cli.message).toBe(generalFailure());
  });

  it('a tag whose listing the CLI does not ask for stays out of its verdict', async () => {
    const good = await bench.sign(chain);
    const [referrer] = bench.repository.listed.get(bench.artifact.digest) ?? [];
    if (referrer) bench.repository.list(bench.artifact.digest, referrer.descriptor, ['tag']);
    const report = await bench.verify();
    expect(report.verdict).toBe('verified');
    expect(report.signatures[0]?.manifestDigest).toBe(good);
    expect(report.cli.message).toContain('no signature is associated with');
  });
});

describe('what the CLI says of stores', () => {
  it.each<[string, () => void, string]>([
    [
      'missing',
      () => void 0,
      `the trust store "gone" of type "ca" does not exist. Use command 'notation cert add' to create and add trusted certificates to the trust store`,
    ],
    [
      'broken file',
      () => bench.directory.put('truststore/x509/ca/gone/a.crt', 'rubbish'),
      'failed to read the trusted certificate a.crt in trust store gone of type ca. x509: malformed certificate',
    ],
    [
      'folder in it',
      () => bench.directory.put('truststore/x509/ca/gone/folder/a.crt', 'x'),
      'trusted certificate folder in trust store gone of type ca is not a regular file (directories or symlinks are not supported). %!w(<nil>)',
    ],
  ])('%s', async (_, arrange, message) => {
    bench.saveStatement({ trustStores: ['ca:acme', 'ca:gone'] });
    arrange();
    await bench.sign(chain);
    const report = await bench.verify();
    expect(report).toMatchObject({ verdict: 'notTrusted', cli: { succeeds: false, message } });
  });

  it('an identity’s sentence is what stays when both parts fail and are logged', async () => {
    bench.saveStatement({
      level: 'audit',
      trustStores: ['ca:gone'],
      trustedIdentities: ['x509.subject: C=DE, ST=BY, O=X'],
    });
    await bench.sign(chain);
    const report = await bench.verify();
    expect(report.signatures[0]?.checks[1]?.reason).toMatchObject({
      code: 'authenticity.storeMissing',
      details: { identityMatched: false },
    });
    expect(report.cli.message).toContain(
      'does not match the X.509 trusted identities [map["C":"DE" "O":"X" "ST":"BY"]] defined in the trust policy "acme"',
    );
  });
});

describe('references', () => {
  it('the digest of a signature: says what it signs', async () => {
    const signature: Digest = await bench.sign(chain);
    const report = await bench.verify({ reference: signature });
    expect(report).toMatchObject({ verdict: 'noSignature', signatureOf: { digest: bench.artifact.digest } });
    expect(report.tag).toBeUndefined();
  });

  it('a layout is judged under its scope, and the command asks for it', async () => {
    bench = new VerificationBench('layout');
    bench.trust(chain);
    bench.saveStatement();
    await bench.sign(chain);
    const report = await bench.verify();
    expect(report).toMatchObject({ verdict: 'verified', reference: bench.reference });
    expect(report.cli.command).toBe(
      `NOTATION_EXPERIMENTAL=1 notation verify --oci-layout --scope local/acme ${bench.reference}`,
    );
    expect((await bench.verify({ scope: 'local/other' })).policy.kind).toBe('notApplicable');
  });

  it('can be cancelled', async () => {
    await bench.sign(chain);
    const controller = new AbortController();
    const reason = new AppError('rpc.cancelled', {});
    controller.abort(reason);
    await expect(bench.verify({}, controller.signal)).rejects.toBe(reason);
  });
});
