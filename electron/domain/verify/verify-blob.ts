import { isAppError } from '../../../shared/errors/app-error.ts';
import type { Descriptor } from '../../../shared/model/descriptor.ts';
import type { CheckName } from '../../../shared/model/trust-policy.ts';
import type { Reason, SignatureOutcome, VerificationReport } from '../../../shared/model/verification.ts';
import { describeBlob, type BlobContent } from '../blob/blob-content.ts';
import { toRfc3339 } from '../codec/rfc3339.ts';
import { decodeEnvelope } from '../envelope/decode-envelope.ts';
import { toMetadataArguments, toNotationCommand, toPluginConfigArguments } from '../notation-command.ts';
import { computeDigest } from '../oci/compute-digest.ts';
import type { PolicySnapshot } from '../trust/policy-file.ts';
import { noBlobStatementMessage, selectBlobStatement } from '../trust/policy-selection.ts';
import { toCliRefusal, toCliVerdict } from './cli-verdict.ts';
import type { EnvelopeBytes } from './integrity.ts';
import { absentPolicyMessage, toAppliedPolicy } from './verify-artifact.ts';
import { verifySignature, type Judgement, type VerificationContext } from './verify-signature.ts';

/** What to verify, and under what. */
export interface BlobVerifyRequest extends Omit<VerificationContext, 'artifact' | 'statement'> {
  readonly blob: BlobContent & { readonly name: string };
  readonly signature: EnvelopeBytes & { readonly name: string };
  /** Compared with what was signed; absent: any will do. */
  readonly mediaType?: string | undefined;
  /** Of the statement; empty for the global one. */
  readonly policyName: string;
  readonly policy: PolicySnapshot;
}

const mismatchMessage = 'integrity check failed. signature does not match the given blob';
const unknownType = 'application/octet-stream';
const skipMessage =
  'panic: runtime error: invalid memory address or nil pointer dereference (notation 2.0.0-alpha.1 ends so under a policy of level skip)';

/** What the file would be signed as. Which digest counts and, where none was asked for, the media type are the signature's word. */
function describe({ blob, signature, mediaType }: BlobVerifyRequest): Descriptor {
  try {
    const { algorithm, target } = decodeEnvelope(signature.mediaType, signature.bytes);
    return describeBlob(blob, algorithm, mediaType ?? target.mediaType);
  } catch (error) {
    // That it cannot be decoded is told by the first check.
    if (!isAppError(error)) throw error;
    return { mediaType: mediaType ?? unknownType, digest: blob.digests.sha256, size: blob.size };
  }
}

/** A file has no descriptor of its own; what does not fit is told in the words of files. */
function inWordsOfFiles(reason: Reason): Reason {
  if (reason.code !== 'fatal.descriptorMismatch') return reason;
  return { code: 'fatal.blobMismatch', details: reason.details, message: mismatchMessage };
}

/** The order in which the reference looks, after integrity and what is fatal about plugins. */
const order: readonly CheckName[] = ['authenticity', 'expiry', 'authenticTimestamp', 'revocation'];

/** Why the reference refuses a signature, in its words. Missing metadata is told instead of a wrong file. */
function causeOf({ checks, fatal }: SignatureOutcome): string {
  const refused = (name: CheckName) =>
    checks.find(
      ({ check, action, result }) =>
        check === name && action === 'enforce' && (result === 'failed' || result === 'inconclusive'),
    )?.reason;
  const told = (...codes: readonly Reason['code'][]) => fatal.find(({ code }) => codes.includes(code));
  const reason = [
    refused('integrity'),
    told('fatal.pluginAttribute', 'fatal.pluginUnavailable'),
    ...order.map(refused),
    told('fatal.metadataMissing'),
    told('fatal.blobMismatch'),
  ].find((found) => found !== undefined);
  return reason?.message ?? '';
}

function toCli(
  { policy, policyName, blob }: BlobVerifyRequest,
  judgement: Judgement,
  applied: boolean,
): ReturnType<typeof toCliRefusal> {
  if (policy.kind === 'missing') return toCliRefusal(absentPolicyMessage);
  if (policy.kind === 'invalid') {
    const [first] = policy.problems;
    return toCliRefusal(first?.message ?? '', first?.severity === 'error' ? [] : ['policy']);
  }
  if (!applied) return toCliRefusal(`signature verification failed: ${noBlobStatementMessage(policyName)}`);
  const { cli, outcome } = judgement;
  if (cli.verified) {
    const attempt = { manifestDigest: outcome.manifestDigest, judgement: cli };
    return toCliVerdict([attempt], Infinity, { shown: blob.name, judged: blob.name });
  }
  const message = cli.storeFault?.cliMessage ?? `signature verification failed: ${causeOf(outcome)}`;
  return toCliRefusal(message, cli.dependsOn);
}

/** A name that a command line does not take for an option. */
export function toFileArgument(name: string): string {
  return name.startsWith('-') ? `./${name}` : name;
}

function toCommand({ blob, signature, mediaType, policyName, userMetadata, plugins }: BlobVerifyRequest): string {
  const options = [
    ...(mediaType === undefined ? [] : ['--media-type', mediaType]),
    ...(policyName === '' ? [] : ['--policy-name', policyName]),
    ...toPluginConfigArguments(plugins?.config ?? {}, 'masked'),
    ...toMetadataArguments(userMetadata),
  ];
  const files = ['--signature', toFileArgument(signature.name), ...options, toFileArgument(blob.name)];
  return toNotationCommand(['blob', 'verify', ...files]);
}

/**
 * Judges the signature of a file under a snapshot of the blob policy (trust policy specification, "Signature verification"): the
 * same five checks as for artifacts, then whether it is this file that was signed. Under level `skip` nothing is looked at.
 */
export async function verifyBlob(request: BlobVerifyRequest, signal: AbortSignal): Promise<VerificationReport> {
  const { policy, policyName, blob, signature } = request;
  const selection = policy.kind === 'valid' ? selectBlobStatement(policy.statements, policyName) : undefined;
  const statement =
    policy.kind === 'valid' && selection?.applied != null ? policy.statements[selection.applied] : undefined;
  const artifact = describe(request);
  const command = toCommand(request);
  const common = {
    reference: blob.name,
    scope: policyName,
    subject: artifact,
    policy: toAppliedPolicy(policy, selection, statement),
    unreadable: [],
    limitReached: false,
    verifiedAt: toRfc3339(request.now),
  };
  if (statement?.signatureVerification.level === 'skip')
    return { ...common, verdict: 'skipped', signatures: [], cli: { ...toCliRefusal(skipMessage), command } };
  const judged = await verifySignature(
    computeDigest(signature.bytes),
    signature,
    { ...request, artifact, statement },
    signal,
  );
  const outcome = { ...judged.outcome, fatal: judged.outcome.fatal.map(inWordsOfFiles) };
  const cli = toCli(request, { ...judged, outcome }, statement !== undefined);
  return {
    ...common,
    verdict: policy.kind === 'invalid' ? 'couldNotCheck' : outcome.verdict,
    signatures: [outcome],
    cli: { ...cli, command },
  };
}
