import { AppError, isAppError, toWireError } from '../../../shared/errors/app-error.ts';
import type { Descriptor } from '../../../shared/model/descriptor.ts';
import { isDigest, type Digest } from '../../../shared/model/digest.ts';
import { mediaTypes } from '../../../shared/model/media-types.ts';
import type { PolicySelection, TrustPolicyStatement } from '../../../shared/model/trust-policy.ts';
import type {
  AppliedPolicy,
  Reason,
  SignatureOutcome,
  Verdict,
  VerificationReport,
} from '../../../shared/model/verification.ts';
import { toRfc3339 } from '../codec/rfc3339.ts';
import { maxEnvelopeBytes } from '../envelope/envelope-rules.ts';
import { mapBounded } from '../map-bounded.ts';
import { toCliName, toCommandOn, toMetadataArguments, toPluginConfigArguments } from '../notation-command.ts';
import { yieldToEvents } from '../yield-to-events.ts';
import type { Manifest, Referrer, ReferrersAnswer, Repository } from '../oci/repository.ts';
import type { RevocationChecker } from '../revocation/revocation-checker.ts';
import type { PolicySnapshot } from '../trust/policy-file.ts';
import { noStatementMessage, selectStatement } from '../trust/policy-selection.ts';
import { toLayoutScope } from '../trust/registry-scope.ts';
import type { TrustStoreReader } from '../trust/trust-store.ts';
import { actionsOf } from '../trust/verification-actions.ts';
import {
  toCliRefusal,
  toCliSkip,
  toCliVerdict,
  toFetchFault,
  type CliAttempt,
  type CliReferences,
} from './cli-verdict.ts';
import type { VerificationPlugins } from './plugin-check.ts';
import { parseSignatureManifest, subjectOfSignature } from './signature-manifest.ts';
import { verifySignature, type Judgement, type VerificationContext } from './verify-signature.ts';

/** What to verify, and under what. */
export interface VerifyRequest {
  readonly repository: Repository;
  /** A tag or digest. */
  readonly reference: string;
  /** For layouts: what scopes are compared with instead of the path. */
  readonly scope?: string | undefined;
  readonly maxSignatures: number;
  /** Every pair must have been signed. */
  readonly userMetadata: Readonly<Record<string, string>>;
  readonly policy: PolicySnapshot;
  readonly trust: TrustStoreReader;
  readonly revocation: RevocationChecker;
  /** Absent: no plugin is asked anything. */
  readonly plugins?: VerificationPlugins;
  readonly now: Date;
}

/** A signature in listing order: judged, or why it could not be. */
interface Attempt {
  readonly manifestDigest: Digest;
  readonly judgement?: Judgement;
  readonly unreadable?: Reason;
  /** Whether the CLI meets it: where the referrers API answers, it does not ask the tag. */
  readonly seenByCli: boolean;
}

/** Of `notation verify`. */
export const defaultMaxSignatures = 100;
const signaturesAtOnce = 4;
const signaturesInARow = 16;
/** What the reference says where there is no policy file. */
export const absentPolicyMessage =
  'trust policy is not present. To create a trust policy, see: https://notaryproject.dev/docs/quickstart/#create-a-trust-policy';

async function judgeReferrer(
  repository: Repository,
  { descriptor }: Referrer,
  context: VerificationContext,
  signal: AbortSignal,
): Promise<Pick<Attempt, 'judgement' | 'unreadable'>> {
  try {
    const manifest = parseSignatureManifest(
      await repository.readManifest(descriptor.digest, signal, { mayBeKnown: true }),
    );
    if (manifest.subject?.digest !== context.artifact.digest) {
      return {
        unreadable: {
          code: 'unreadable.wrongSubject',
          details: { ...(manifest.subject && { subject: manifest.subject.digest }) },
        },
      };
    }
    const bytes = await repository.readBlob(manifest.envelope, maxEnvelopeBytes, signal);
    return {
      judgement: await verifySignature(
        descriptor.digest,
        { mediaType: manifest.envelope.mediaType, bytes },
        context,
        signal,
      ),
    };
  } catch (error) {
    signal.throwIfAborted();
    if (!isAppError(error)) throw error;
    return { unreadable: { code: 'unreadable.failed', details: { error: toWireError(error) } } };
  }
}

/** Every signature up to the limit; one that cannot be read does not hide the others (rule O-08). */
async function judgeAll(
  repository: Repository,
  answer: ReferrersAnswer,
  limit: number,
  context: VerificationContext,
  signal: AbortSignal,
): Promise<Attempt[]> {
  const apiAnswered = answer.questions.some(({ asked, status }) => asked === 'api' && status === 200);
  return mapBounded(answer.referrers.slice(0, limit), signaturesAtOnce, async (referrer, index) => {
    if ((index + 1) % signaturesInARow === 0) await yieldToEvents();
    signal.throwIfAborted();
    return {
      manifestDigest: referrer.descriptor.digest,
      seenByCli: !apiAnswered || referrer.via.includes('api'),
      ...(await judgeReferrer(repository, referrer, context, signal)),
    };
  });
}

/** Which policy was in force, for a report. */
export function toAppliedPolicy(
  policy: PolicySnapshot,
  selection: PolicySelection | undefined,
  statement: TrustPolicyStatement | undefined,
): AppliedPolicy {
  if (policy.kind === 'missing') return { kind: 'missing' };
  if (policy.kind === 'invalid' || selection === undefined)
    return { kind: 'invalid', problems: policy.kind === 'invalid' ? [...policy.problems] : [] };
  if (statement === undefined) return { kind: 'notApplicable', sha256: policy.sha256, selection };
  const { level } = statement.signatureVerification;
  return {
    kind: 'applied',
    name: statement.name,
    level,
    actions: { ...actionsOf(statement) },
    sha256: policy.sha256,
    selection,
  };
}

function verdictOf(
  outcomes: readonly SignatureOutcome[],
  attempts: readonly Attempt[],
  policy: PolicySnapshot,
): Verdict {
  if (outcomes.length === 0)
    return attempts.some(({ unreadable }) => unreadable?.code === 'unreadable.failed')
      ? 'couldNotCheck'
      : 'noSignature';
  if (outcomes.some(({ verdict }) => verdict === 'verified')) return 'verified';
  if (outcomes.some(({ verdict }) => verdict === 'verifiedWithWarnings')) return 'verifiedWithWarnings';
  return policy.kind === 'invalid' ? 'couldNotCheck' : 'notTrusted';
}

function toCliAttempt({ manifestDigest, judgement, unreadable }: Attempt): CliAttempt {
  return {
    manifestDigest,
    ...(judgement && { judgement: judgement.cli }),
    ...(unreadable?.code === 'unreadable.failed' && { unreadable: toFetchFault(unreadable) }),
  };
}

/** What the CLI says before it looks at signatures; undefined when it gets that far. */
function cliRefusalOf(
  policy: PolicySnapshot,
  selection: PolicySelection | undefined,
  references: CliReferences,
): ReturnType<typeof toCliRefusal> | undefined {
  if (policy.kind === 'missing') return toCliRefusal(absentPolicyMessage);
  if (policy.kind === 'invalid') {
    const [first] = policy.problems;
    return toCliRefusal(first?.message ?? '', first?.severity === 'error' ? [] : ['policy']);
  }
  if (selection?.applied !== null) return undefined;
  return toCliRefusal(`signature verification failed: ${noStatementMessage(references.judged, selection)}`);
}

function toCommand(request: VerifyRequest, references: CliReferences, path: string): string {
  const limit =
    request.maxSignatures === defaultMaxSignatures ? [] : ['--max-signatures', String(request.maxSignatures)];
  const metadata = toMetadataArguments(request.userMetadata);
  const config = toPluginConfigArguments(request.plugins?.config ?? {}, 'masked');
  const isLayout = request.repository.kind === 'layout';
  const layout = isLayout ? ['--oci-layout', '--scope', path] : [];
  return toCommandOn(request.repository, 'verify', [...layout, ...limit, ...metadata, ...config, references.shown]);
}

function subjectOf(manifest: Manifest): Descriptor | undefined {
  try {
    return subjectOfSignature(manifest);
  } catch (error) {
    // The artifact itself need not be a manifest that is understood here; its digest is what counts.
    if (isAppError(error)) return undefined;
    throw error;
  }
}

/** Begins to read the stores that a signature may be anchored in, while the registry is asked; the reader keeps what it reads. */
function readStoresAhead({ trustStores }: TrustPolicyStatement, trust: TrustStoreReader): void {
  for (const store of new Set(trustStores)) {
    const [type, name = ''] = store.split(':');
    // What cannot be read is told where it is needed.
    if (type === 'ca' || type === 'signingAuthority') void trust.read(type, name).catch(() => undefined);
  }
}

/**
 * Judges every signature of an artifact under a policy snapshot (trust policy specification, "Signature verification"), and
 * says what the CLI would. The reference is resolved once; everything after works on the digest. Without a statement the
 * signatures are still decoded, for information.
 * @throws AppError `registry.*`, `layout.*`, `verify.badMaxSignatures`
 */
export async function verifyArtifact(request: VerifyRequest, signal: AbortSignal): Promise<VerificationReport> {
  const { repository, policy, trust, revocation, plugins, now, maxSignatures, userMetadata } = request;
  if (!Number.isSafeInteger(maxSignatures) || maxSignatures < 1)
    throw new AppError('verify.badMaxSignatures', { value: maxSignatures });
  const manifest = await repository.readManifest(request.reference, signal);
  const { mediaType, digest, size } = manifest.descriptor;
  const artifact: Descriptor = { mediaType, digest, size };
  const path = repository.kind === 'layout' ? (request.scope ?? toLayoutScope(toCliName(repository))) : repository.name;
  const references = { shown: `${toCliName(repository)}@${digest}`, judged: `${path}@${digest}` };
  const selection = policy.kind === 'valid' ? selectStatement(policy.statements, references.judged) : undefined;
  const statement =
    policy.kind === 'valid' && selection?.applied != null ? policy.statements[selection.applied] : undefined;
  const signatureOf = subjectOf(manifest);
  const command = toCommand(request, references, path);
  const common = {
    reference: `${repository.name}@${digest}`,
    scope: path,
    subject: artifact,
    ...(isDigest(request.reference) ? {} : { tag: request.reference }),
    policy: toAppliedPolicy(policy, selection, statement),
    ...(signatureOf && { signatureOf }),
    verifiedAt: toRfc3339(now),
  };
  if (statement?.signatureVerification.level === 'skip') {
    return {
      ...common,
      verdict: 'skipped',
      signatures: [],
      unreadable: [],
      limitReached: false,
      cli: { ...toCliSkip(references), command },
    };
  }
  if (statement !== undefined) readStoresAhead(statement, trust);
  const answer = await repository.listReferrers(
    digest,
    { artifactType: mediaTypes.notarySignature, limit: maxSignatures + 1 },
    signal,
  );
  const context = { artifact, statement, trust, revocation, userMetadata, now, ...(plugins && { plugins }) };
  const attempts = await judgeAll(repository, answer, maxSignatures, context, signal);
  const signatures = attempts.flatMap(({ judgement }) => judgement?.outcome ?? []);
  const cli =
    cliRefusalOf(policy, selection, references) ??
    toCliVerdict(attempts.filter(({ seenByCli }) => seenByCli).map(toCliAttempt), maxSignatures, references);
  return {
    ...common,
    verdict: verdictOf(signatures, attempts, policy),
    signatures,
    unreadable: attempts.flatMap(({ manifestDigest, unreadable }) =>
      unreadable ? [{ manifestDigest, reason: unreadable }] : [],
    ),
    limitReached: answer.truncated || answer.referrers.length > maxSignatures,
    cli: { ...cli, command },
  };
}
