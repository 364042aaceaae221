import { AppError } from '../../../shared/errors/app-error.ts';
import { mediaTypes } from '../../../shared/model/media-types.ts';
import type { SignatureFormat } from '../../../shared/model/signature-format.ts';
import { keyAlgorithmSchema, type KeyAlgorithm } from '../../../shared/model/signing-key.ts';
import type { PluginMetadata } from '../../../shared/model/plugin.ts';
import { toBase64 } from '../codec/base64.ts';
import { isJsonObject } from '../codec/strict-json.ts';
import { verifySignatureValue } from '../envelope/check-signature-value.ts';
import type { EnvelopeSigner, Signer } from '../envelope/envelope.ts';
import { signatureAlgorithmFor, signatureAlgorithmOf, toKeyLabel } from '../x509/key-algorithm.ts';
import type { ParsedCertificate } from '../x509/parsed-certificate.ts';
import { PluginAnswer } from './plugin-answer.ts';
import { findPlugin, type PluginContext } from './plugin-directory.ts';
import { contractVersion, readPluginMetadata } from './plugin-metadata.ts';
import type { PluginProcess, PluginRequest } from './plugin-process.ts';

const rawGenerator = 'SIGNATURE_GENERATOR.RAW';
const envelopeGenerator = 'SIGNATURE_GENERATOR.ENVELOPE';

/** A key that a plugin keeps. */
export interface PluginKey {
  readonly plugin: string;
  /** As the plugin names it. */
  readonly id: string;
  /** Configuration of the key, with that of this one use laid over it. */
  readonly config: Readonly<Record<string, string>>;
}

interface OpenKey {
  readonly process: PluginProcess;
  readonly key: PluginKey;
  readonly metadata: PluginMetadata;
}

/** What every request about a key begins with. */
function toRequest({ key }: OpenKey): PluginRequest {
  return { contractVersion, keyId: key.id };
}

function toConfig({ key }: OpenKey): PluginRequest {
  return Object.keys(key.config).length === 0 ? {} : { pluginConfig: key.config };
}

function toAgent({ name, version }: PluginMetadata): string {
  return `${name}/${version}`;
}

async function describeKey(open: OpenKey, signal: AbortSignal): Promise<KeyAlgorithm> {
  const answer = await PluginAnswer.ask(
    open.process,
    'describe-key',
    { ...toRequest(open), ...toConfig(open) },
    signal,
  );
  answer.assertEcho('keyId', open.key.id);
  const spec = keyAlgorithmSchema.safeParse(answer.text('keySpec'));
  if (!spec.success) throw answer.refuse('"keySpec" names no kind of key that Notation signs with');
  return spec.data;
}

/** The plugin's signature and chain, held to what was asked for: the key named, its kind, and a value that verifies. */
async function generateSignature(
  open: OpenKey,
  keySpec: KeyAlgorithm,
  bytes: Uint8Array,
  signal: AbortSignal,
): Promise<{ signature: Uint8Array; chain: readonly ParsedCertificate[] }> {
  const algorithm = signatureAlgorithmFor(keySpec);
  const request = {
    ...toRequest(open),
    keySpec,
    hashAlgorithm: `SHA-${algorithm.slice(2)}`,
    payload: toBase64(bytes),
    ...toConfig(open),
  };
  const answer = await PluginAnswer.ask(open.process, 'generate-signature', request, signal);
  answer.assertEcho('keyId', open.key.id);
  const signature = answer.bytes('signature');
  const chain = answer.chain('certificateChain');
  const leafKey = chain[0]?.publicKey;
  if (leafKey === undefined || signatureAlgorithmOf(leafKey) !== algorithm) {
    throw answer.refuse(`its certificate is for ${leafKey ? toKeyLabel(leafKey) : 'no key'}, its key is ${keySpec}`);
  }
  if (!verifySignatureValue(algorithm, leafKey, bytes, signature))
    throw answer.refuse('its signature does not verify with the key of its certificate');
  return { signature, chain };
}

async function createRawSigner(open: OpenKey, signal: AbortSignal): Promise<Signer> {
  const keySpec = await describeKey(open, signal);
  let chain: readonly ParsedCertificate[] = [];
  return {
    algorithm: signatureAlgorithmFor(keySpec),
    agent: toAgent(open.metadata),
    get chain() {
      return chain;
    },
    async sign(bytes, aborted) {
      const signed = await generateSignature(open, keySpec, bytes, aborted);
      ({ chain } = signed);
      return signed.signature;
    },
  };
}

function createEnvelopeSigner(open: OpenKey): EnvelopeSigner {
  return {
    async generateEnvelope(format: SignatureFormat, payload, expirySeconds, signal) {
      const signatureEnvelopeType = mediaTypes[format];
      const request = {
        ...toRequest(open),
        payloadType: mediaTypes.notaryPayload,
        signatureEnvelopeType,
        payload: toBase64(payload),
        ...(expirySeconds > 0 && { expiryDurationInSeconds: expirySeconds }),
        ...toConfig(open),
      };
      const answer = await PluginAnswer.ask(open.process, 'generate-envelope', request, signal);
      answer.assertEcho('signatureEnvelopeType', signatureEnvelopeType);
      return { envelope: answer.bytes('signatureEnvelope'), annotations: readAnnotations(answer) };
    },
  };
}

function readAnnotations(answer: PluginAnswer): Readonly<Record<string, string>> {
  const value = answer.member('annotations') ?? {};
  const entries = isJsonObject(value) ? Object.entries(value) : [];
  if (!isJsonObject(value) || entries.some(([, text]) => typeof text !== 'string'))
    throw answer.refuse('"annotations" is not an object of texts');
  return Object.fromEntries(entries) as Record<string, string>;
}

async function openKey(context: PluginContext, key: PluginKey, signal: AbortSignal): Promise<OpenKey> {
  const process = await findPlugin(context, key.plugin);
  return { process, key, metadata: await readPluginMetadata(process, signal, key.config) };
}

/**
 * A signer for a key behind a plugin (plugin extensibility specification, "Signing interfaces"): one whose signatures the plugin
 * makes if it can, else one that gets whole envelopes. Asks the plugin what it is, and of what kind the key is.
 *
 * @param use - what a key for whole envelopes cannot do is to sign a `blob`
 * @throws AppError `plugin.*`; the signal's reason when aborted
 */
export async function createPluginSigner(
  context: PluginContext,
  key: PluginKey,
  use: 'blob',
  signal: AbortSignal,
): Promise<Signer>;
export async function createPluginSigner(
  context: PluginContext,
  key: PluginKey,
  use: 'artifact',
  signal: AbortSignal,
): Promise<Signer | EnvelopeSigner>;
export async function createPluginSigner(
  context: PluginContext,
  key: PluginKey,
  use: 'artifact' | 'blob',
  signal: AbortSignal,
): Promise<Signer | EnvelopeSigner> {
  const open = await openKey(context, key, signal);
  const { capabilities } = open.metadata;
  if (capabilities.includes(rawGenerator)) return createRawSigner(open, signal);
  if (use === 'artifact' && capabilities.includes(envelopeGenerator)) return createEnvelopeSigner(open);
  const wanted = use === 'blob' ? [rawGenerator] : [rawGenerator, envelopeGenerator];
  throw new AppError('plugin.lacksCapability', { plugin: key.plugin, wanted, capabilities: capabilities.slice(0, 20) });
}

/** What can be known of a key behind a plugin without signing. */
export interface PluginKeyDescription {
  readonly metadata: PluginMetadata;
  /** Of a plugin that makes signatures; one that makes envelopes is not asked, as the contract has no question for it. */
  readonly algorithm?: KeyAlgorithm;
}

/**
 * Asks a plugin about a key, so that what would keep it from signing shows before it signs.
 *
 * @throws AppError `plugin.*`; the signal's reason when aborted
 */
export async function describePluginKey(
  context: PluginContext,
  key: PluginKey,
  signal: AbortSignal,
): Promise<PluginKeyDescription> {
  const open = await openKey(context, key, signal);
  const { metadata } = open;
  if (!metadata.capabilities.includes(rawGenerator)) {
    if (metadata.capabilities.includes(envelopeGenerator)) return { metadata };
    const details = { wanted: [rawGenerator, envelopeGenerator], capabilities: metadata.capabilities.slice(0, 20) };
    throw new AppError('plugin.lacksCapability', { plugin: key.plugin, ...details });
  }
  return { metadata, algorithm: await describeKey(open, signal) };
}
