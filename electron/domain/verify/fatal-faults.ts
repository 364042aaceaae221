import type { Descriptor } from '../../../shared/model/descriptor.ts';
import type { Reason } from '../../../shared/model/verification.ts';
import type { DecodedEnvelope } from '../envelope/envelope.ts';

const pluginName = 'io.cncf.notary.verificationPlugin';
const pluginMinVersion = 'io.cncf.notary.verificationPluginMinVersion';

/** Reserved attributes that name a verification plugin (signature specification, "Extended attributes"). */
function readPluginAttribute(envelope: DecodedEnvelope, attribute: string): { value?: string; fault?: Reason } {
  const header = envelope.extendedAttributes.find(({ name }) => name === attribute);
  if (header === undefined) return {};
  const refuse = (fault: string, message: string): { fault: Reason } => ({
    fault: { code: 'fatal.pluginAttribute', details: { attribute, fault }, message },
  });
  if (!header.critical) return refuse('notCritical', `${attribute} is not a critical Extended attribute`);
  if (typeof header.value !== 'string')
    return refuse('notText', `${attribute} from extended attribute is not a string`);
  if (header.value.trim() === '') return refuse('empty', `${attribute} from extended attribute is an empty string`);
  return { value: header.value };
}

/**
 * What stands in the way when an envelope asks for a verification plugin: this version has none, and none is ever started on
 * the word of an envelope (rule O-02).
 */
function pluginFault(envelope: DecodedEnvelope): Reason | undefined {
  const plugin = readPluginAttribute(envelope, pluginName);
  if (plugin.fault !== undefined) return plugin.fault;
  if (plugin.value === undefined) return undefined;
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(plugin.value)) {
    return { code: 'fatal.pluginAttribute', details: { attribute: pluginName, fault: 'badName' } };
  }
  const minVersion = readPluginAttribute(envelope, pluginMinVersion);
  if (minVersion.fault !== undefined) {
    return {
      ...minVersion.fault,
      message: `error while getting plugin minimum version, error: ${minVersion.fault.message ?? ''}`,
    };
  }
  return {
    code: 'fatal.pluginUnavailable',
    details: { plugin: plugin.value, ...(minVersion.value !== undefined && { minVersion: minVersion.value }) },
    message: `error while locating the verification plugin "${plugin.value}", make sure the plugin is installed successfully before verifying the signature`,
  };
}

/** Critical attributes that nobody here knows: the specification refuses them (rule O-01), the reference does not. */
function unknownCriticalFault(envelope: DecodedEnvelope): Reason | undefined {
  const names = envelope.extendedAttributes
    .filter(({ name, critical }) => critical && name !== pluginName && name !== pluginMinVersion)
    .map(({ name }) => name);
  return names.length === 0 ? undefined : { code: 'fatal.unknownCritical', details: { names } };
}

function toCore({ mediaType, digest, size }: Descriptor): Pick<Descriptor, 'mediaType' | 'digest' | 'size'> {
  return { mediaType, digest, size };
}

function descriptorFault(signed: Descriptor, artifact: Descriptor): Reason | undefined {
  if (signed.mediaType === artifact.mediaType && signed.digest === artifact.digest && signed.size === artifact.size)
    return undefined;
  return {
    code: 'fatal.descriptorMismatch',
    details: { signed: toCore(signed), artifact: toCore(artifact) },
    message: 'content descriptor mismatch',
  };
}

function metadataFault(signed: Descriptor, wanted: Readonly<Record<string, string>>): Reason | undefined {
  const annotations = signed.annotations ?? {};
  const missing = Object.entries(wanted).filter(
    ([key, value]) => !Object.hasOwn(annotations, key) || annotations[key] !== value,
  );
  if (missing.length === 0) return undefined;
  return {
    code: 'fatal.metadataMissing',
    details: { missing: missing.map(([key, value]) => ({ key, value })) },
    message: 'unable to find specified metadata in the signature',
  };
}

/** Faults outside the five checks, in the order in which they are looked for. Only `fatal.unknownCritical` is unknown to the reference. */
export function findFatalFaults(
  envelope: DecodedEnvelope,
  artifact: Descriptor,
  userMetadata: Readonly<Record<string, string>>,
): Reason[] {
  const { target } = envelope;
  const faults = [
    pluginFault(envelope),
    unknownCriticalFault(envelope),
    descriptorFault(target, artifact),
    metadataFault(target, userMetadata),
  ];
  return faults.filter((fault) => fault !== undefined);
}
