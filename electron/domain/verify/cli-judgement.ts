import type { CheckAction, CheckName } from '../../../shared/model/trust-policy.ts';
import type { Reason, VerificationReport } from '../../../shared/model/verification.ts';
import type { TrustStoreFault } from '../trust/trust-store.ts';
import type { Finding } from './finding.ts';

/** What the CLI does and this version does not. */
export type Dependency = VerificationReport['cli']['dependsOn'][number];

/** What the CLI makes of one signature: its order, its first enforced failure, its warnings. */
export interface CliJudgement {
  readonly verified: boolean;
  /** Lines for stderr when it is verified. */
  readonly warnings: readonly string[];
  /** The trust store fault that ended it. */
  readonly storeFault?: TrustStoreFault;
  readonly userMetadata: Readonly<Record<string, string>>;
  readonly dependsOn: readonly Dependency[];
}

/** The order of the reference (section "Order of checks"); integrity and the plugin come before. */
const order: readonly CheckName[] = ['authenticity', 'expiry', 'authenticTimestamp', 'revocation'];
const dependencies: Partial<Readonly<Record<Reason['code'], Dependency>>> = {
  'revocation.notAsked': 'revocation',
  'fatal.pluginNotEnabled': 'plugin',
};

/** What a reason leaves open for the CLI; where Inkan is stricter than the CLI, the CLI may go on. */
function dependenciesOf({ code, details }: Reason): readonly Dependency[] {
  if (code === 'revocation.unknown' || code === 'timestamp.authorityUnknown')
    return details['stricter'] === true ? ['revocation'] : [];
  const dependency = dependencies[code];
  return dependency === undefined ? [] : [dependency];
}

/** Faults of a plugin that end the reference's run before it comes to the checks. */
const beforeChecks: ReadonlySet<string> = new Set<Reason['code']>([
  'fatal.pluginAttribute',
  'fatal.pluginUnavailable',
  'fatal.pluginNotEnabled',
  'fatal.pluginVersion',
  'fatal.pluginNoCapability',
]);

function isFault({ result }: Finding): boolean {
  return result === 'failed' || result === 'inconclusive';
}

/**
 * What the CLI makes of a signature, from the same findings. It accepts unknown critical attributes (rule O-01). What this
 * version cannot know is taken as failed and named in `dependsOn`.
 */
export function toCliJudgement(
  findings: Readonly<Record<CheckName, Finding>>,
  actions: Readonly<Record<CheckName, CheckAction>> | undefined,
  fatal: readonly Reason[],
  userMetadata: Readonly<Record<string, string>>,
): CliJudgement {
  const reasons = [...Object.values(findings).map(({ reason }) => reason), ...fatal];
  const dependsOn = reasons.flatMap(dependenciesOf);
  const failure = { verified: false, warnings: [], userMetadata, dependsOn };
  if (actions === undefined || isFault(findings.integrity)) return failure;
  const ofPlugin = fatal.filter(({ code }) => code.startsWith('fatal.plugin'));
  if (ofPlugin.some(({ code }) => beforeChecks.has(code))) return failure;
  const warnings: string[] = [];
  for (const check of order) {
    const finding = findings[check];
    if (!isFault(finding) || actions[check] === 'skip') continue;
    if (actions[check] === 'enforce') {
      const reached = [findings.integrity, ...order.slice(0, order.indexOf(check) + 1).map((name) => findings[name])];
      const dependsOnReached = [...reached.map(({ reason }) => reason), ...fatal].flatMap(dependenciesOf);
      return { ...failure, dependsOn: dependsOnReached, ...(finding.storeFault && { storeFault: finding.storeFault }) };
    }
    const cause = finding.reason.message ?? '';
    warnings.push(`Warning: ${check} was set to "log" and failed with error: ${cause}`);
  }
  // Where authenticity is only logged, the reference runs the plugin on any signature's word.
  if (ofPlugin.some(({ code }) => code === 'fatal.pluginNotStarted'))
    return { ...failure, dependsOn: [...dependsOn, 'plugin'] };
  if (ofPlugin.length > 0) return failure;
  const isRefused = fatal.some(({ code }) => code === 'fatal.descriptorMismatch' || code === 'fatal.metadataMissing');
  return isRefused ? failure : { verified: true, warnings, userMetadata, dependsOn };
}
