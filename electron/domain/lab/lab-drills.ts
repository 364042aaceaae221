import { labUnit, type LabDrill, type LabDrillState } from '../../../shared/model/lab.ts';
import type { Descriptor } from '../../../shared/model/descriptor.ts';
import type { ReasonCode } from '../../../shared/model/reasons.ts';
import type { CheckName } from '../../../shared/model/trust-policy.ts';
import { parseBase64Url, toBase64Url } from '../codec/base64.ts';
import { toUtf8 } from '../codec/utf8.ts';
import { crlCachePath, encodeCrlBundle } from '../revocation/crl-cache.ts';
import { parseCrl } from '../revocation/parse-crl.ts';
import { parseCertificates } from '../x509/certificate-file.ts';
import type { TestIssuer } from '../x509/issue-test-certificate.ts';
import type { NewLabFile } from './lab-files.ts';
import { issueTestCertificate, issueTestCrl } from './lab-issuing.ts';
import { createLabArtifact, type LabEntry } from './lab-layout.ts';
import type { LabContext, LabRecord } from './lab-record.ts';
import { labSubject, signInLab, toLabSigner, type LabSigner, type LabSigningOptions } from './lab-signing.ts';

const hourMs = 3_600_000;
/** Drills are cheap to make: their keys are of the quickest kind, whatever the example's is. */
const drillAlgorithm = 'EC-256';
const tagOf: Readonly<Record<LabDrill, string>> = {
  wrongStore: 'wrong-store',
  wrongIdentity: 'wrong-identity',
  expired: 'expired',
  tampered: 'tampered',
  movedTag: 'moved-tag',
  revoked: 'revoked',
  missingTimestamp: 'missing-timestamp',
};

/** What a drill puts into the world, and what should be seen of it. */
export interface MadeDrill {
  readonly files: readonly NewLabFile[];
  readonly entries: readonly LabEntry[];
  readonly state: LabDrillState;
}

interface Bench {
  readonly context: LabContext;
  readonly name: string;
  readonly root: TestIssuer;
  /** Whole seconds. */
  readonly now: Date;
  readonly signal: AbortSignal;
}

type Make = (bench: Bench, tag: string) => Promise<MadeDrill>;

function ago({ now }: Pick<Bench, 'now'>, hours: number): Date {
  return new Date(now.getTime() - hours * hourMs);
}

/** A signer of the name that the policy trusts, unless it is told otherwise. */
async function issueSigner(
  bench: Bench,
  change: Partial<{ name: string; root: TestIssuer; from: Date; until: Date; crlUrl: string }> = {},
): Promise<LabSigner> {
  const { context, name } = bench;
  const { root = bench.root, from = ago(bench, 48), until = ago(bench, -24), crlUrl } = change;
  const shape = {
    subject: labSubject,
    unit: labUnit,
    algorithm: drillAlgorithm,
    notBefore: from,
    notAfter: until,
  } as const;
  const leaf = await issueTestCertificate(
    { ...shape, role: 'leaf', name: change.name ?? name, ...(crlUrl !== undefined && { crlUrl }) },
    context.random,
    root,
  );
  return toLabSigner(leaf, root);
}

function artifactOf(tag: string, more = ''): ReturnType<typeof createLabArtifact> {
  return createLabArtifact(`Drill of the Inkan test lab: ${tag}.${more}\n`);
}

function failing(check: CheckName, reason: ReasonCode): LabDrillState['expected'] {
  return { verdict: 'notTrusted', check, reason };
}

/** An artifact with one signature, under the drill's tag. */
async function signed(
  bench: Bench,
  drill: LabDrill,
  signer: LabSigner,
  expected: LabDrillState['expected'],
  options: Partial<LabSigningOptions> = {},
): Promise<MadeDrill> {
  const tag = tagOf[drill];
  const { descriptor, files } = artifactOf(tag);
  const signature = await signInLab(descriptor, signer, {
    ...bench.context,
    signal: bench.signal,
    at: bench.now,
    ...options,
  });
  return {
    files: [...files, ...signature.files],
    entries: [{ descriptor, tag }, signature.entry],
    state: { drill, tag, digest: descriptor.digest, expected },
  };
}

/** The signature of one artifact, its payload changed to speak of another. */
function retarget(envelope: Uint8Array, { digest, size }: Descriptor): Uint8Array {
  const jws = JSON.parse(new TextDecoder().decode(envelope)) as { payload: string };
  const payload = JSON.parse(new TextDecoder().decode(parseBase64Url(jws.payload))) as { targetArtifact: object };
  const changed = { targetArtifact: { ...payload.targetArtifact, digest, size } };
  return toUtf8(JSON.stringify({ ...jws, payload: toBase64Url(toUtf8(JSON.stringify(changed))) }));
}

/** The right name from another root: anyone can make such a certificate. */
const wrongStore: Make = async (bench) => {
  const root = await issueTestCertificate(
    {
      ...{ role: 'root', name: `${bench.name}-root`.slice(-64), subject: labSubject, unit: labUnit },
      ...{ algorithm: drillAlgorithm, notBefore: ago(bench, 72), notAfter: ago(bench, -48) },
    },
    bench.context.random,
  );
  const signer = await issueSigner(bench, { root });
  return signed(bench, 'wrongStore', signer, failing('authenticity', 'authenticity.chainNotTrusted'));
};

/** The right root, but a name that the policy does not list. */
const wrongIdentity: Make = async (bench) => {
  const signer = await issueSigner(bench, { name: 'somebody-else' });
  return signed(bench, 'wrongIdentity', signer, failing('authenticity', 'authenticity.identityMismatch'));
};

/** Signed two hours ago for one hour. */
const expired: Make = async (bench) => {
  const signer = await issueSigner(bench);
  const options = { at: ago(bench, 2), expirySeconds: 3600 };
  return signed(bench, 'expired', signer, failing('expiry', 'expiry.past'), options);
};

/** A good signature whose payload was changed to name the drill's artifact. */
const tampered: Make = async (bench, tag) => {
  const signer = await issueSigner(bench);
  const target = artifactOf(tag);
  const original = artifactOf(tag, ' The original.');
  const { descriptor } = target;
  const { context, signal, now } = bench;
  const options = { ...context, signal, at: now, tamper: (envelope: Uint8Array) => retarget(envelope, descriptor) };
  const signature = await signInLab(original.descriptor, signer, options, descriptor);
  return {
    files: [...target.files, ...signature.files],
    entries: [{ descriptor, tag }, signature.entry],
    state: {
      ...{ drill: 'tampered', tag, digest: descriptor.digest },
      expected: failing('integrity', 'integrity.signatureInvalid'),
    },
  };
};

/** One digest was signed; the tag points at another now. */
const movedTag: Make = async (bench, tag) => {
  const before = artifactOf(tag, ' Version 1, which was signed.');
  const after = artifactOf(tag, ' Version 2, which was not.');
  const { context, signal, now } = bench;
  const signature = await signInLab(before.descriptor, await issueSigner(bench), { ...context, signal, at: now });
  return {
    files: [...before.files, ...signature.files, ...after.files],
    entries: [{ descriptor: before.descriptor }, signature.entry, { descriptor: after.descriptor, tag }],
    state: { drill: 'movedTag', tag, digest: after.descriptor.digest, expected: { verdict: 'noSignature' } },
  };
};

/**
 * The certificate names a list at an address that leads nowhere (RFC 2606, section 2), and the list lies in Notation's cache as if it
 * had been downloaded: nobody is asked, and the CLI finds it too.
 */
const revoked: Make = async (bench) => {
  const crlUrl = `http://test-lab.invalid/${bench.context.random.uuid()}.crl`;
  const signer = await issueSigner(bench, { crlUrl });
  const serialNumber = parseCertificates(toUtf8(signer.chainPem))[0]?.serialNumber ?? '';
  const times = { thisUpdate: ago(bench, 1), nextUpdate: ago(bench, -24 * 30) };
  const list = await issueTestCrl(bench.root, { serialNumber, revokedAt: ago(bench, 1) }, times);
  const bytes = await encodeCrlBundle({ base: parseCrl(list) });
  const made = await signed(bench, 'revoked', signer, failing('revocation', 'revocation.revoked'));
  return { ...made, files: [...made.files, { place: 'cache', path: crlCachePath(crlUrl), bytes, mode: 0o600 }] };
};

/** Signed while the certificate was valid; it has ended since, and nothing proves when the signature was made. */
const missingTimestamp: Make = async (bench) => {
  const signer = await issueSigner(bench, { until: ago(bench, 1) });
  const expected = failing('authenticTimestamp', 'timestamp.missing');
  return signed(bench, 'missingTimestamp', signer, expected, { at: ago(bench, 2) });
};

const drills: Readonly<Record<LabDrill, Make>> = {
  ...{ wrongStore, wrongIdentity, expired, tampered, movedTag, revoked, missingTimestamp },
};

/**
 * Makes a drill in memory: an artifact, its signature, and what else makes its verification fail.
 *
 * @param root - the authority of the example
 * @throws AppError `certificate.ruleBroken` once the authority itself has expired
 */
export async function makeDrill(
  context: LabContext,
  { request }: Pick<LabRecord, 'request'>,
  root: TestIssuer,
  drill: LabDrill,
  signal: AbortSignal,
): Promise<MadeDrill> {
  const now = new Date(Math.floor(context.clock.now().getTime() / 1000) * 1000);
  return drills[drill]({ context, name: request.name, root, now, signal }, tagOf[drill]);
}
