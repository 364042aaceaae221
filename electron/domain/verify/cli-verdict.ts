import type { Digest } from '../../../shared/model/digest.ts';
import type { Reason, VerificationReport } from '../../../shared/model/verification.ts';
import type { CliJudgement, Dependency } from './cli-judgement.ts';

/** A signature as the CLI meets it, in its order: judged, not fetchable, or fetched and good for nothing. */
export interface CliAttempt {
  readonly manifestDigest: Digest;
  readonly judgement?: CliJudgement;
  /** Why it cannot be fetched: that ends the CLI's run. */
  readonly unreadable?: string;
}

type CliVerdict = Omit<VerificationReport['cli'], 'command'>;

/** References as the CLI uses them: `shown` in its own sentences, `judged` (with the scope of a layout) in the library's. */
export interface CliReferences {
  readonly shown: string;
  readonly judged: string;
}

const never: readonly Dependency[] = [];

/** What the CLI ends with before it looks at any signature. */
export function toCliRefusal(message: string, dependsOn = never): CliVerdict {
  return { succeeds: false, message, dependsOn: [...dependsOn] };
}

/** What the CLI prints under a statement of level `skip`. */
export function toCliSkip({ shown }: CliReferences): CliVerdict {
  return {
    succeeds: true,
    message: `Trust policy is configured to skip signature verification for ${shown}`,
    dependsOn: [],
  };
}

/** The table of signed user metadata as the CLI prints it; its rows come in any order there. */
function toMetadataTable(metadata: Readonly<Record<string, string>>): string {
  const rows = [['KEY', 'VALUE'], ...Object.entries(metadata).sort(([a], [b]) => (a < b ? -1 : 1))];
  if (rows.length === 1) return '';
  const widths = [0, 1].map((column) => 3 + Math.max(...rows.map((row) => Array.from(row[column] ?? '').length)));
  const lines = rows.map((row) =>
    row.map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - Array.from(cell).length)).join(''),
  );
  return `\n\nThe artifact was signed with the following user metadata.\n\n${lines.join('\n')}`;
}

function toSuccess({ warnings, userMetadata }: CliJudgement, shown: string): string {
  const before = warnings.length === 0 ? '' : `${warnings.join('\n')}\n\n`;
  return `${before}Successfully verified signature for ${shown}${toMetadataTable(userMetadata)}`;
}

/** The first fault of a store, else of a certificate in one: the CLI shows it instead of its general sentence. */
function storeMessage(attempts: readonly CliAttempt[]): string | undefined {
  const faults = attempts.flatMap(({ judgement }) => judgement?.storeFault ?? []);
  return (faults.find(({ about }) => about === 'store') ?? faults[0])?.cliMessage;
}

/**
 * What `notation verify` says: it takes signatures in listing order, stops at the first that verifies, at the first that
 * cannot be fetched, and at the limit, reaching which is a failure even on the last signature (rule O-13).
 */
export function toCliVerdict(
  attempts: readonly CliAttempt[],
  maxSignatures: number,
  { shown, judged }: CliReferences,
): CliVerdict {
  const tried = attempts.slice(0, maxSignatures);
  const dependsOn = new Set<Dependency>();
  for (const { manifestDigest, judgement, unreadable } of tried) {
    for (const dependency of judgement?.dependsOn ?? []) dependsOn.add(dependency);
    if (judgement?.verified === true) {
      return {
        succeeds: true,
        message: toSuccess(judgement, shown),
        decidedBy: manifestDigest,
        dependsOn: [...dependsOn],
      };
    }
    if (unreadable !== undefined) {
      const message = `signature verification failed: unable to retrieve digital signature with digest "${manifestDigest}" associated with "${judged}" from the Repository, error : ${unreadable}`;
      return { succeeds: false, message, decidedBy: manifestDigest, dependsOn: [...dependsOn] };
    }
  }
  if (tried.length === 0) {
    return toCliRefusal(
      `signature verification failed: no signature is associated with "${judged}", make sure the artifact was signed successfully`,
    );
  }
  const general = `signature verification failed for all the signatures associated with ${shown}`;
  const message = tried.length >= maxSignatures ? general : (storeMessage(tried) ?? general);
  return toCliRefusal(message, [...dependsOn]);
}

/** The text the CLI gives for why a signature cannot be fetched, as near as can be told. */
export function toFetchFault(reason: Reason): string {
  const error = reason.details['error'] as { code: string; details: Record<string, unknown> } | undefined;
  const fault = error?.details['fault'];
  return typeof fault === 'string' ? fault : (error?.code ?? reason.code);
}
