import { AppError, isAppError, toWireError } from '../../../shared/errors/app-error.ts';
import type { Reason } from '../../../shared/model/verification.ts';
import type { PluginMetadata } from '../../../shared/model/plugin.ts';
import type { TrustPolicyStatement } from '../../../shared/model/trust-policy.ts';
import { toGoQuoted as quote } from '../codec/go-text.ts';
import type { DecodedEnvelope } from '../envelope/envelope.ts';
import type { PluginProcess } from '../plugin/plugin-process.ts';
import { compareVersions, isSemanticVersion } from '../plugin/semantic-version.ts';
import { verifyWithPlugin, type PluginJudgement, type VerifierCapability } from '../plugin/verify-with-plugin.ts';
import { actionsOf } from '../trust/verification-actions.ts';
import { attributesForPlugin, type PluginDemand } from './plugin-attributes.ts';

/** Where verification finds plugins, and what it hands to them. */
export interface VerificationPlugins {
  /**
   * An installed plugin that the user enabled for verification. Starts nothing.
   * @throws AppError `plugin.notFound`, `plugin.notEnabled`, and what else keeps it from being started
   */
  find(name: string): Promise<PluginProcess>;
  /** What a plugin says of itself; within one verification, or one job of many, it is asked once. @throws AppError `plugin.*` */
  describe(process: PluginProcess, signal: AbortSignal): Promise<PluginMetadata>;
  readonly config: Readonly<Record<string, string>>;
}

/** Where there are no plugins. */
export const noPlugins: VerificationPlugins = {
  find: (plugin) => Promise.reject(new AppError('plugin.notFound', { plugin, path: '' })),
  describe: ({ name }) => Promise.reject(new AppError('plugin.notFound', { plugin: name, path: '' })),
  config: {},
};

/** What came of the demand for a plugin. */
export interface PluginCheck {
  readonly plugin: string;
  /** Faults that are fatal at every level. */
  readonly fatal: readonly Reason[];
  /** Capabilities the plugin was to judge; undefined when that is not known, as it was not started. */
  readonly capabilities?: readonly VerifierCapability[];
  readonly judgement?: PluginJudgement;
}

const verifiers: readonly VerifierCapability[] = [
  'SIGNATURE_VERIFIER.TRUSTED_IDENTITY',
  'SIGNATURE_VERIFIER.REVOCATION_CHECK',
];

function toFault(code: Reason['code'], details: Record<string, unknown>, message?: string): Reason {
  return { code, details, ...(message !== undefined && { message }) };
}

function unavailable({ plugin, minVersion }: PluginDemand, error: AppError): Reason {
  if (isAppError(error, 'plugin.notEnabled')) return toFault('fatal.pluginNotEnabled', { plugin });
  return toFault(
    'fatal.pluginUnavailable',
    { plugin, ...(minVersion !== undefined && { minVersion }), error: toWireError(error) },
    `error while locating the verification plugin ${quote(plugin)}, make sure the plugin is installed successfully before verifying the signature`,
  );
}

function versionFault({ plugin, minVersion }: PluginDemand, version: string): Reason | undefined {
  if (!isSemanticVersion(version)) {
    const message = `plugin ${plugin} has pluginVersion ${version} which is not in valid semver format`;
    return toFault('fatal.pluginVersion', { plugin, version, fault: 'notSemVer' }, message);
  }
  if (minVersion === undefined || (compareVersions(version, minVersion) ?? -1) >= 0) return undefined;
  const message = `found plugin ${plugin} with version ${version} but signature verification needs plugin version greater than or equal to ${minVersion}`;
  return toFault('fatal.pluginVersion', { plugin, version, minVersion, fault: 'tooOld' }, message);
}

function capabilityFault(plugin: string): Reason {
  const [identity, revocation] = verifiers.map((capability) => quote(capability));
  const message = `digital signature requires plugin ${quote(plugin)} with signature verification capabilities (${identity} and/or ${revocation}) installed`;
  return toFault('fatal.pluginNoCapability', { plugin }, message);
}

/** Every attribute has to come back, and a result for each capability. */
function judgementFaults(
  plugin: string,
  names: readonly string[],
  capabilities: readonly VerifierCapability[],
  { processedAttributes, results }: PluginJudgement,
): Reason[] {
  const unprocessed = names.filter((name) => !processedAttributes.includes(name));
  const unanswered = capabilities.filter((capability) => results[capability] === undefined);
  return [
    ...unprocessed.map((attribute) => {
      const message = `extended critical attribute ${quote(attribute)} was not processed by the verification plugin ${quote(plugin)} (all extended critical attributes must be processed by the verification plugin)`;
      return toFault('fatal.pluginNotProcessed', { plugin, attribute }, message);
    }),
    ...unanswered.map((capability) =>
      toFault(
        'fatal.pluginNoResult',
        { plugin, capability },
        `verification plugin ${quote(plugin)} failed to verify ${quote(capability)}`,
      ),
    ),
  ];
}

async function judge(
  process: PluginProcess,
  envelope: DecodedEnvelope,
  statement: TrustPolicyStatement,
  demand: PluginDemand,
  plugins: VerificationPlugins,
  signal: AbortSignal,
): Promise<PluginCheck> {
  const { plugin } = demand;
  const metadata = await plugins.describe(process, signal);
  const tooOld = versionFault(demand, metadata.version);
  if (tooOld) return { plugin, fatal: [tooOld] };
  const able = verifiers.filter((capability) => metadata.capabilities.includes(capability));
  if (able.length === 0) return { plugin, fatal: [capabilityFault(plugin)] };
  const skipsRevocation = actionsOf(statement).revocation === 'skip';
  const capabilities = able.filter((each) => !(skipsRevocation && each === 'SIGNATURE_VERIFIER.REVOCATION_CHECK'));
  const attributes = attributesForPlugin(envelope);
  // The reference accepts what then nobody has processed; what is critical is refused by rule O-01.
  if (capabilities.length === 0) return { plugin, fatal: [], capabilities };
  const { trustedIdentities } = statement;
  const question = { envelope, attributes, trustedIdentities, capabilities, pluginConfig: plugins.config };
  try {
    const judgement = await verifyWithPlugin(process, question, signal);
    const names = attributes.map(({ name }) => name);
    return { plugin, fatal: judgementFaults(plugin, names, capabilities, judgement), capabilities, judgement };
  } catch (error) {
    signal.throwIfAborted();
    if (!isAppError(error)) throw error;
    return { plugin, fatal: [toFault('fatal.pluginFailed', { plugin, error: toWireError(error) })], capabilities };
  }
}

/**
 * Has a plugin judge a signature that demands one (signature specification, "Extended attributes"; plugin extensibility specification,
 * "Verification interfaces"). Nothing is started on the word of an envelope that no trust store anchors, nor anything the user has
 * not enabled (rule O-02); the reference starts it earlier, which changes no verdict where authenticity is enforced.
 *
 * @throws the signal's reason
 */
export async function checkWithPlugin(
  envelope: DecodedEnvelope,
  statement: TrustPolicyStatement,
  demand: PluginDemand,
  isAnchored: boolean,
  plugins: VerificationPlugins,
  signal: AbortSignal,
): Promise<PluginCheck> {
  const { plugin } = demand;
  let process: PluginProcess;
  try {
    process = await plugins.find(plugin);
  } catch (error) {
    if (!isAppError(error)) throw error;
    return { plugin, fatal: [unavailable(demand, error)] };
  }
  if (!isAnchored) return { plugin, fatal: [toFault('fatal.pluginNotStarted', { plugin })] };
  try {
    return await judge(process, envelope, statement, demand, plugins, signal);
  } catch (error) {
    signal.throwIfAborted();
    if (!isAppError(error)) throw error;
    return { plugin, fatal: [toFault('fatal.pluginFailed', { plugin, error: toWireError(error) })] };
  }
}
