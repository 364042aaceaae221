import type { Descriptor } from '../../../shared/model/descriptor.ts';
import type { Digest } from '../../../shared/model/digest.ts';
import {
  checkNames,
  type CheckAction,
  type CheckName,
  type TrustPolicyStatement,
} from '../../../shared/model/trust-policy.ts';
import type { CheckResult, Reason, SignatureOutcome, Verdict } from '../../../shared/model/verification.ts';
import { toRfc3339 } from '../codec/rfc3339.ts';
import type { DecodedEnvelope } from '../envelope/envelope.ts';
import type { TrustStoreReader } from '../trust/trust-store.ts';
import { actionsOf } from '../trust/verification-actions.ts';
import { commonNameOf } from '../x509/distinguished-name.ts';
import { checkAuthenticity, findHoldingStores, type Authenticity } from './authenticity.ts';
import { toCliJudgement, type CliJudgement } from './cli-judgement.ts';
import { findFatalFaults } from './fatal-faults.ts';
import { toFinding, type Finding } from './finding.ts';
import { checkIntegrity, type EnvelopeBytes } from './integrity.ts';
import { checkAuthenticTimestamp, checkExpiry, checkRevocation } from './time-checks.ts';

/** What a signature is judged by; the same for all signatures of an artifact. */
export interface VerificationContext {
  /** The artifact as resolved: media type, digest and size are compared with what was signed. */
  readonly artifact: Descriptor;
  /** Undefined when no statement applies: then integrity is told, and nothing is judged. Its level is never `skip`. */
  readonly statement: TrustPolicyStatement | undefined;
  readonly trust: TrustStoreReader;
  /** Every pair must have been signed. */
  readonly userMetadata: Readonly<Record<string, string>>;
  readonly now: Date;
}

/** An outcome, and what the CLI makes of the same signature. */
export interface Judgement {
  readonly outcome: SignatureOutcome;
  readonly cli: CliJudgement;
}

type Findings = Readonly<Record<CheckName, Finding>>;

function findingsWithoutEnvelope(integrity: Finding): Findings {
  const unknown = toFinding('inconclusive', 'check.integrityFailed');
  return { integrity, authenticity: unknown, authenticTimestamp: unknown, expiry: unknown, revocation: unknown };
}

/** Without a statement nothing is judged; what can be told is told. */
async function findingsWithoutPolicy(
  envelope: DecodedEnvelope,
  integrity: Finding,
  { trust, now }: VerificationContext,
): Promise<Findings> {
  const unjudged = toFinding('notApplicable', 'check.noPolicy');
  const stores = await findHoldingStores(envelope, trust);
  return {
    integrity,
    authenticity: toFinding('notApplicable', 'authenticity.noPolicy', { stores }),
    authenticTimestamp: unjudged,
    expiry: { ...checkExpiry(envelope, now), result: 'notApplicable' },
    revocation: unjudged,
  };
}

function findingsUnder(
  statement: TrustPolicyStatement,
  envelope: DecodedEnvelope,
  integrity: Finding,
  authenticity: Authenticity,
  now: Date,
): Findings {
  return {
    integrity,
    authenticity: authenticity.finding,
    authenticTimestamp: checkAuthenticTimestamp(envelope, statement, now),
    expiry: checkExpiry(envelope, now),
    revocation:
      actionsOf(statement).revocation === 'skip'
        ? toFinding('skipped', 'check.skippedByPolicy')
        : checkRevocation(envelope),
  };
}

/** Green needs every check; a fault that is only logged is amber; everything else is refused. */
function verdictOf(checks: readonly CheckResult[], fatal: readonly Reason[]): Verdict {
  const faults = checks.filter(({ result }) => result === 'failed' || result === 'inconclusive');
  const isRefused =
    fatal.length > 0 || checks.some(({ action }) => action === null) || faults.some(({ action }) => action !== 'log');
  if (isRefused) return 'notTrusted';
  return faults.length > 0 ? 'verifiedWithWarnings' : 'verified';
}

function describeSigner(envelope: DecodedEnvelope | undefined): Partial<SignatureOutcome> {
  const leaf = envelope?.chain[0];
  if (envelope === undefined || leaf === undefined) return {};
  const signingTime = envelope.authenticSigningTime ?? envelope.signingTime;
  return {
    signer: leaf.subject,
    signerCommonName: commonNameOf(leaf.subjectAttributes) ?? leaf.subject,
    ...(signingTime && { signingTime: toRfc3339(signingTime) }),
    ...(envelope.expiry && { expiry: toRfc3339(envelope.expiry) }),
    notBefore: toRfc3339(leaf.notBefore),
    notAfter: toRfc3339(leaf.notAfter),
  };
}

function describeTrust(authenticity: Authenticity | undefined): Partial<SignatureOutcome> {
  if (authenticity === undefined) return {};
  const { anchor, identity } = authenticity;
  return {
    ...(anchor && { anchor }),
    ...(identity.kind === 'matched' && { matchedIdentity: identity.identity }),
    identityTrials: identity.trials.map((trial) => ({ ...trial, differences: [...trial.differences] })),
  };
}

/**
 * Judges one signature under a statement: five checks, always all of them, and the faults that are fatal at every level
 * (trust policy specification, "Signature verification"). What is not known for certain is never green. Nothing in the
 * envelope is believed before its integrity has been shown, and no address in it is ever asked.
 */
export async function verifySignature(
  manifestDigest: Digest,
  bytes: EnvelopeBytes,
  context: VerificationContext,
): Promise<Judgement> {
  const { statement, now } = context;
  const { finding: integrity, envelope } = checkIntegrity(bytes);
  const sound = integrity.result === 'passed' ? envelope : undefined;
  const authenticity = sound && statement ? await checkAuthenticity(sound, statement, context.trust) : undefined;
  let findings = findingsWithoutEnvelope(integrity);
  if (sound && statement && authenticity) findings = findingsUnder(statement, sound, integrity, authenticity, now);
  else if (sound) findings = await findingsWithoutPolicy(sound, integrity, context);
  const actions: Readonly<Record<CheckName, CheckAction>> | undefined = statement && actionsOf(statement);
  const checks = checkNames.map((check): CheckResult => ({
    check,
    action: actions?.[check] ?? null,
    result: findings[check].result,
    reason: findings[check].reason,
  }));
  const fatal = sound ? findFatalFaults(sound, context.artifact, context.userMetadata) : [];
  const outcome: SignatureOutcome = {
    manifestDigest,
    verdict: verdictOf(checks, fatal),
    checks,
    fatal,
    ...describeSigner(envelope),
    ...describeTrust(authenticity),
    userMetadata: { ...sound?.target.annotations },
  };
  return { outcome, cli: toCliJudgement(findings, actions, fatal, outcome.userMetadata) };
}
