import { AppError, isAppError } from '../../../shared/errors/app-error.ts';
import type { PolicyDocumentKind, PolicyProblem, TrustPolicyStatement } from '../../../shared/model/trust-policy.ts';
import { ABSENT, type Directory } from '../ports.ts';
import { isUsable, validatePolicy, type ValidatedPolicy } from './policy-document.ts';
import { malformedMessage } from './policy-text.ts';

/** The name of each document's file. */
export const policyFileNames: Readonly<Record<PolicyDocumentKind, string>> = {
  oci: 'trustpolicy.oci.json',
  blob: 'trustpolicy.blob.json',
};
/** The older name of the OCI document, read where the new one is missing. */
export const oldPolicyFileName = 'trustpolicy.json';
const maxBytes = 4 * 1024 * 1024;
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The policy file as it stands. */
export interface PolicyFile {
  /** The name that was read, or would be written. */
  readonly name: string;
  readonly text: string | null;
  /** SHA-256 of the bytes in hex, or {@link ABSENT}. */
  readonly revision: string;
}

/**
 * Reads a trust policy file; the old name of the OCI one counts only where the new one is missing, even when the new one is malformed.
 * @throws AppError `file.unreadable`, `file.notRegular`, `file.tooLarge`, `file.malformed` (no UTF-8)
 */
export async function readPolicyFile(directory: Directory, kind: PolicyDocumentKind): Promise<PolicyFile> {
  for (const name of [policyFileNames[kind], ...(kind === 'oci' ? [oldPolicyFileName] : [])]) {
    const state = await directory.read(name, { maxBytes, remember: true });
    if (state === undefined) continue;
    try {
      return { name, text: decoder.decode(state.bytes), revision: state.revision };
    } catch (error) {
      throw new AppError('file.malformed', { file: name, fault: 'not valid UTF-8' }, { cause: error });
    }
  }
  return { name: policyFileNames[kind], text: null, revision: ABSENT };
}

/** The policy that one verification works under, named by the hash of its bytes (case E-24). */
export type PolicySnapshot =
  | { readonly kind: 'missing' }
  | { readonly kind: 'invalid'; readonly problems: readonly PolicyProblem[] }
  | { readonly kind: 'valid'; readonly statements: readonly TrustPolicyStatement[]; readonly sha256: string };

const lastJudged = new Map<PolicyDocumentKind, { readonly text: string; readonly policy: ValidatedPolicy }>();

/** Judges a text once as long as it does not change. */
function judgeOnce(text: string, kind: PolicyDocumentKind): ValidatedPolicy {
  const last = lastJudged.get(kind);
  if (last?.text === text) return last.policy;
  const policy = validatePolicy(text, kind);
  lastJudged.set(kind, { text, policy });
  return policy;
}

/**
 * The saved policy, judged. A document that the reference would take but that means two things is invalid here (rule O-06).
 * @throws AppError `file.unreadable`, `file.notRegular`, `file.tooLarge`
 */
export async function readPolicySnapshot(
  directory: Directory,
  kind: PolicyDocumentKind = 'oci',
): Promise<PolicySnapshot> {
  let file: PolicyFile;
  try {
    file = await readPolicyFile(directory, kind);
  } catch (error) {
    if (!isAppError(error, 'file.malformed')) throw error;
    const details = { fault: error.details.fault };
    const problem: PolicyProblem = {
      code: 'policy.syntax',
      details,
      message: malformedMessage,
      path: [],
      from: 0,
      to: 0,
      severity: 'error',
    };
    return { kind: 'invalid', problems: [problem] };
  }
  if (file.text === null) return { kind: 'missing' };
  return toSnapshot(judgeOnce(file.text, kind), file.revision);
}

/** A text that is in no file, judged as the saved policy would be; its hash is empty. */
export function toDraftSnapshot(text: string, kind: PolicyDocumentKind = 'oci'): PolicySnapshot {
  return toSnapshot(validatePolicy(text, kind), '');
}

function toSnapshot(policy: ValidatedPolicy, sha256: string): PolicySnapshot {
  if (!isUsable(policy)) return { kind: 'invalid', problems: policy.problems };
  return { kind: 'valid', statements: policy.statements, sha256 };
}
