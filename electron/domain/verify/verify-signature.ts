import type { Descriptor } from '../../../shared/model/descriptor.ts';
import type { Digest } from '../../../shared/model/digest.ts';
import type { CertificateRevocation } from '../../../shared/model/revocation.ts';
import {
  checkNames,
  type CheckAction,
  type CheckName,
  type TrustPolicyStatement,
} from '../../../shared/model/trust-policy.ts';
import type { VerifiedTimestamp } from '../../../shared/model/timestamp.ts';
import type { CheckResult, Reason, SignatureOutcome, Verdict } from '../../../shared/model/verification.ts';
import { toRfc3339 } from '../codec/rfc3339.ts';
import type { DecodedEnvelope } from '../envelope/envelope.ts';
import type { RevocationChecker } from '../revocation/revocation-checker.ts';
import type { TrustStoreReader } from '../trust/trust-store.ts';
import { actionsOf } from '../trust/verification-actions.ts';
import { commonNameOf } from '../x509/distinguished-name.ts';
import type { VerifierCapability } from '../plugin/verify-with-plugin.ts';
import { checkAuthenticity, findHoldingStores, withPluginIdentity, type Authenticity } from './authenticity.ts';
import { toCliJudgement, type CliJudgement } from './cli-judgement.ts';
import { findFatalFaults, type PluginOutcome } from './fatal-faults.ts';
import { toFinding, type Finding } from './finding.ts';
import { readPluginDemand } from './plugin-attributes.ts';
import { checkWithPlugin, noPlugins, type VerificationPlugins } from './plugin-check.ts';
import { checkIntegrity, type EnvelopeBytes } from './integrity.ts';
import { checkRevocation, toPluginRevocation, type Revocation } from './revocation-check.ts';
import { checkAuthenticTimestamp, checkExpiry } from './time-checks.ts';

/** What a signature is judged by; the same for all signatures of an artifact. */
export interface VerificationContext {
  /** The artifact as resolved: media type, digest and size are compared with what was signed. */
  readonly artifact: Descriptor;
  /** Undefined when no statement applies: then integrity is told, and nothing is judged. Its level is never `skip`. */
  readonly statement: TrustPolicyStatement | undefined;
  readonly trust: TrustStoreReader;
  /** Asked only about chains that a trust store anchors. */
  readonly revocation: RevocationChecker;
  /** Absent: no plugin is asked anything. */
  readonly plugins?: VerificationPlugins;
  /** Every pair must have been signed. */
  readonly userMetadata: Readonly<Record<string, string>>;
  readonly now: Date;
}

/** An outcome, and what the CLI makes of the same signature. */
export interface Judgement {
  readonly outcome: SignatureOutcome;
  readonly cli: CliJudgement;
}

const identityVerifier: VerifierCapability = 'SIGNATURE_VERIFIER.TRUSTED_IDENTITY';
const revocationVerifier: VerifierCapability = 'SIGNATURE_VERIFIER.REVOCATION_CHECK';

type Findings = Readonly<Record<CheckName, Finding>>;

/** The findings, and what some of them rest on. */
interface Judged {
  readonly findings: Findings;
  readonly authenticity?: Authenticity;
  readonly plugin?: PluginOutcome;
  readonly timestamp?: VerifiedTimestamp;
  readonly revocation?: readonly CertificateRevocation[];
}

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

/** What a demand for a plugin comes to. */
interface PluginPart {
  readonly authenticity: Authenticity;
  readonly outcome: PluginOutcome;
  /** Undefined when revocation is not for a plugin to judge. */
  readonly revocation?: Revocation;
}

/** Without a plugin: what is wrong with the demand for one, and whether there is one that nobody answered. */
function toPluginOutcome({ demand, fault }: ReturnType<typeof readPluginDemand>): PluginOutcome {
  return { fatal: fault ? [fault] : [], processed: demand || fault ? undefined : [] };
}

/** The signer and revocation where a plugin judges them; it is not started before a trust store anchors the chain. */
async function judgeWithPlugin(
  statement: TrustPolicyStatement,
  envelope: DecodedEnvelope,
  authenticity: Authenticity,
  { plugins = noPlugins }: VerificationContext,
  signal: AbortSignal,
): Promise<PluginPart> {
  const asked = readPluginDemand(envelope);
  const { demand } = asked;
  if (demand === undefined) return { authenticity, outcome: toPluginOutcome(asked) };
  const isAnchored = authenticity.anchor !== undefined;
  const check = await checkWithPlugin(envelope, statement, demand, isAnchored, plugins, signal);
  const { plugin, fatal, capabilities, judgement } = check;
  const judges = (capability: VerifierCapability) => capabilities === undefined || capabilities.includes(capability);
  const subject = envelope.chain[0]?.subject ?? '';
  const results = judgement?.results ?? {};
  const [identity, revocation] = [identityVerifier, revocationVerifier] as const;
  const processed = capabilities?.length === 0 ? [] : judgement?.processedAttributes;
  return {
    authenticity: judges(identity)
      ? withPluginIdentity(authenticity, plugin, subject, results[identity])
      : authenticity,
    outcome: { fatal, processed },
    ...(judges(revocation) && { revocation: toPluginRevocation(plugin, results[revocation]) }),
  };
}

/** Whether servers may be asked about a chain: a store anchors it, and the signer is not refused (rule O-09). */
function mayAskServers({ anchor, finding }: Authenticity, statement: TrustPolicyStatement): boolean {
  return anchor !== undefined && (finding.result === 'passed' || actionsOf(statement).authenticity !== 'enforce');
}

async function judgeRevocation(
  statement: TrustPolicyStatement,
  envelope: DecodedEnvelope,
  plugin: PluginPart,
  context: VerificationContext,
  signal: AbortSignal,
): Promise<Revocation> {
  if (actionsOf(statement).revocation === 'skip') return { finding: toFinding('skipped', 'check.skippedByPolicy') };
  if (plugin.revocation) return plugin.revocation;
  const isTrusted = mayAskServers(plugin.authenticity, statement);
  return checkRevocation(envelope, context.revocation, isTrusted, signal);
}

/** Timestamp and revocation may ask servers, so they come after authenticity, and a signal ends them. */
async function judgeUnder(
  statement: TrustPolicyStatement,
  envelope: DecodedEnvelope,
  integrity: Finding,
  context: VerificationContext,
  signal: AbortSignal,
): Promise<Judged> {
  const native = await checkAuthenticity(envelope, statement, context.trust);
  const plugin = await judgeWithPlugin(statement, envelope, native, context, signal);
  const { authenticity } = plugin;
  const isTrusted = mayAskServers(authenticity, statement);
  const [authenticTimestamp, revocation] = await Promise.all([
    checkAuthenticTimestamp(envelope, statement, { ...context, isTrusted }, signal),
    judgeRevocation(statement, envelope, plugin, context, signal),
  ]);
  const findings = {
    integrity,
    authenticity: authenticity.finding,
    authenticTimestamp: authenticTimestamp.finding,
    expiry: checkExpiry(envelope, context.now),
    revocation: revocation.finding,
  };
  return {
    findings,
    authenticity,
    plugin: plugin.outcome,
    ...(authenticTimestamp.timestamp && { timestamp: authenticTimestamp.timestamp }),
    ...(revocation.certificates && { revocation: revocation.certificates }),
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

function describeTrust({ authenticity, timestamp, revocation }: Judged): Partial<SignatureOutcome> {
  if (authenticity === undefined) return {};
  const { anchor, identity } = authenticity;
  return {
    ...(anchor && { anchor }),
    ...(identity?.kind === 'matched' && { matchedIdentity: identity.identity }),
    ...(identity && {
      identityTrials: identity.trials.map((trial) => ({ ...trial, differences: [...trial.differences] })),
    }),
    ...(timestamp && { timestamp }),
    ...(revocation && { revocation: [...revocation] }),
  };
}

/**
 * Judges one signature under a statement: five checks, always all of them, and the faults that are fatal at every level
 * (trust policy specification, "Signature verification"). What is not known for certain is never green. Nothing in the
 * envelope is believed before its integrity has been shown, and no server is asked before that.
 * @throws the signal's reason
 */
export async function verifySignature(
  manifestDigest: Digest,
  bytes: EnvelopeBytes,
  context: VerificationContext,
  signal: AbortSignal,
): Promise<Judgement> {
  const { statement } = context;
  const { finding: integrity, envelope } = checkIntegrity(bytes);
  const sound = integrity.result === 'passed' ? envelope : undefined;
  let judged: Judged = { findings: findingsWithoutEnvelope(integrity) };
  if (sound && statement) judged = await judgeUnder(statement, sound, integrity, context, signal);
  else if (sound) judged = { findings: await findingsWithoutPolicy(sound, integrity, context) };
  const { findings } = judged;
  const actions: Readonly<Record<CheckName, CheckAction>> | undefined = statement && actionsOf(statement);
  const checks = checkNames.map((check): CheckResult => ({
    check,
    action: actions?.[check] ?? null,
    result: findings[check].result,
    reason: findings[check].reason,
  }));
  const plugin = judged.plugin ?? (sound && toPluginOutcome(readPluginDemand(sound)));
  const fatal = sound && plugin ? findFatalFaults(sound, context.artifact, context.userMetadata, plugin) : [];
  const outcome: SignatureOutcome = {
    manifestDigest,
    verdict: verdictOf(checks, fatal),
    checks,
    fatal,
    ...describeSigner(envelope),
    ...describeTrust(judged),
    userMetadata: { ...sound?.target.annotations },
  };
  return { outcome, cli: toCliJudgement(findings, actions, fatal, outcome.userMetadata) };
}
