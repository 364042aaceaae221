import type { Descriptor } from '../../../shared/model/descriptor.ts';
import type { Reason } from '../../../shared/model/verification.ts';
import type { DecodedEnvelope } from '../envelope/envelope.ts';
import { unknownCritical } from './plugin-attributes.ts';

/** What is known of the plugin that a signature demands. */
export interface PluginOutcome {
  readonly fatal: readonly Reason[];
  /** Attributes that it has processed; undefined when a plugin was demanded and did not come to that. */
  readonly processed: readonly string[] | undefined;
}

/**
 * Critical attributes that nobody here knows: the specification refuses them (rule O-01), the reference does not. Where a plugin
 * that was to know them was not asked, that is the fault.
 */
function unknownCriticalFault(envelope: DecodedEnvelope, { processed }: PluginOutcome): Reason | undefined {
  const names = processed === undefined ? [] : unknownCritical(envelope, processed);
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
  plugin: PluginOutcome,
): Reason[] {
  const { target } = envelope;
  const faults = [
    ...plugin.fatal,
    unknownCriticalFault(envelope, plugin),
    descriptorFault(target, artifact),
    metadataFault(target, userMetadata),
  ];
  return faults.filter((fault) => fault !== undefined);
}
