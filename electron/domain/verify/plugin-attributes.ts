import type { Reason } from '../../../shared/model/verification.ts';
import type { DecodedEnvelope, Header } from '../envelope/envelope.ts';
import { isPluginName } from '../plugin/plugin-name.ts';
import { isSemanticVersion } from '../plugin/semantic-version.ts';

/** Reserved attributes that name a verification plugin (signature specification, "Extended attributes"). */
const pluginName = 'io.cncf.notary.verificationPlugin';
const pluginMinVersion = 'io.cncf.notary.verificationPluginMinVersion';

/** The plugin that a signature wants to be judged by. */
export interface PluginDemand {
  readonly plugin: string;
  readonly minVersion?: string;
}

function refuse(attribute: string, fault: string, message?: string): { fault: Reason } {
  return {
    fault: {
      code: 'fatal.pluginAttribute',
      details: { attribute, fault },
      ...(message !== undefined && { message }),
    },
  };
}

function readAttribute(envelope: DecodedEnvelope, attribute: string): { value?: string; fault?: Reason } {
  const header = envelope.extendedAttributes.find(({ name }) => name === attribute);
  if (header === undefined) return {};
  if (!header.critical) return refuse(attribute, 'notCritical', `${attribute} is not a critical Extended attribute`);
  if (typeof header.value !== 'string')
    return refuse(attribute, 'notText', `${attribute} from extended attribute is not a string`);
  if (header.value.trim() === '')
    return refuse(attribute, 'empty', `${attribute} from extended attribute is an empty string`);
  return { value: header.value };
}

/** Whether a signature demands a plugin, and which; or what is wrong with how it does so. */
export function readPluginDemand(envelope: DecodedEnvelope): { demand?: PluginDemand; fault?: Reason } {
  const plugin = readAttribute(envelope, pluginName);
  if (plugin.fault !== undefined) return { fault: plugin.fault };
  if (plugin.value === undefined) return {};
  // Security rules O-02 and P-03: no path is built of anything else.
  if (!isPluginName(plugin.value)) return refuse(pluginName, 'badName');
  const minVersion = readAttribute(envelope, pluginMinVersion);
  const fault =
    minVersion.value !== undefined && !isSemanticVersion(minVersion.value)
      ? refuse(pluginMinVersion, 'notSemVer', `${pluginMinVersion} from extended attribute is not a valid SemVer`).fault
      : minVersion.fault;
  if (fault !== undefined)
    return {
      fault: { ...fault, message: `error while getting plugin minimum version, error: ${fault.message ?? ''}` },
    };
  return {
    demand: { plugin: plugin.value, ...(minVersion.value !== undefined && { minVersion: minVersion.value }) },
  };
}

function isReserved({ name }: Header): boolean {
  return name === pluginName || name === pluginMinVersion;
}

/** What a plugin is told of and has to process: all extended attributes with a text for a name, critical or not, as the reference does. */
export function attributesForPlugin({ extendedAttributes }: DecodedEnvelope): readonly Header[] {
  return extendedAttributes.filter((header) => !isReserved(header) && header.integerLabel === undefined);
}

/** A plugin is never told of integer labels, so what it says it processed cannot mean them. */
function isProcessed({ name, integerLabel }: Header, processed: readonly string[]): boolean {
  return integerLabel === undefined && processed.includes(name);
}

/** Names of critical attributes that neither the specification nor a plugin explains (rule O-01). */
export function unknownCritical({ extendedAttributes }: DecodedEnvelope, processed: readonly string[]): string[] {
  return extendedAttributes
    .filter((header) => header.critical && !isReserved(header) && !isProcessed(header, processed))
    .map(({ name }) => name);
}
