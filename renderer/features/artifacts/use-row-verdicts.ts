import { useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Digest } from '../../../shared/model/digest.ts';
import type { VerificationReport, Verdict } from '../../../shared/model/verification.ts';
import { laneOptions } from '../../client/lane.ts';
import { signaturesInside, type AttachmentsTree, type TreeRow } from './attachments-tree.ts';
import { coverageOf, type Coverage } from './coverage.ts';

/** More subjects than this are not judged without being asked. */
const mostJudged = 64;

interface Place {
  readonly sourceId: string;
  readonly repository: string;
}

/** How the verification of the artifact itself stands. */
interface RootVerification {
  readonly report: VerificationReport | undefined;
  readonly hasFailed: boolean;
}

interface Judged {
  readonly report: VerificationReport | undefined;
  readonly hasFailed: boolean;
  readonly isAsked: boolean;
}

/** What the verdict column says of a row. */
export type RowVerdict =
  | { readonly kind: 'verdict'; readonly verdict: Verdict | 'checking' | 'waiting' }
  | { readonly kind: 'byIndex' }
  | { readonly kind: 'inside'; readonly count: number }
  /** Nothing that a trust policy of the Notary Project is about. */
  | { readonly kind: 'notNotary' }
  | { readonly kind: 'none' };

export interface RowVerdicts {
  of(row: TreeRow): RowVerdict;
  /** What the verification of a subject found, where it was asked for. */
  reportOf(subject: Digest): VerificationReport | undefined;
  /** Whether the verification of a subject ended without a report: it was stopped, or could not be done. */
  hasFailed(subject: Digest): boolean;
  coverageOf(row: TreeRow): Coverage;
}

/** Subjects beside the artifact itself that have something to judge: signed attachments, and the platforms of an index. */
function subjectsOf({ rows, root }: AttachmentsTree): readonly Digest[] {
  const wanted = rows.filter(
    ({ platform, children }) => platform !== undefined || children.some(({ kind }) => kind === 'notationSignature'),
  );
  return [...new Set(wanted.map(({ digest }) => digest))].filter((digest) => digest !== root.digest);
}

/** The verdicts of every signature in the tree, each about what it is attached to; a few subjects at a time. */
export function useRowVerdicts(place: Place, tree: AttachmentsTree, root: RootVerification): RowVerdicts {
  const subjects = useMemo(() => subjectsOf(tree), [tree]);
  const { sourceId, repository } = place;
  const { report: rootReport, hasFailed: rootHasFailed } = root;
  const results = useQueries({
    queries: subjects.map((reference, index) =>
      laneOptions('verify.verifyArtifact', { sourceId, repository, reference }, index < mostJudged),
    ),
    combine: (all) => all.map(({ data, isError }) => ({ data, isError })),
  });
  return useMemo(() => {
    const judged = new Map<Digest, Judged>([
      [tree.root.digest, { report: rootReport, hasFailed: rootHasFailed, isAsked: true }],
    ]);
    subjects.forEach((subject, index) => {
      const { data: report, isError: hasFailed = false } = results[index] ?? {};
      judged.set(subject, { report, hasFailed, isAsked: index < mostJudged });
    });
    return toVerdicts(tree, judged, rootReport);
  }, [tree, subjects, results, rootReport, rootHasFailed]);
}

function toVerdicts(
  tree: AttachmentsTree,
  judged: ReadonlyMap<Digest, Judged>,
  index: VerificationReport | undefined,
): RowVerdicts {
  const coverage = (row: TreeRow) => coverageOf(judged.get(row.digest) ?? { isAsked: false }, index);
  const reportOf = (subject: Digest) => judged.get(subject)?.report;
  return {
    reportOf,
    hasFailed: (subject) => judged.get(subject)?.hasFailed ?? false,
    coverageOf: coverage,
    of: (row) => {
      if (row.platform !== undefined) return toPlatformVerdict(coverage(row));
      if (row.kind === 'notationSignature') {
        const parent = tree.byKey.get(row.parentKey ?? '');
        return toSignatureVerdict(row, parent && judged.get(parent.digest));
      }
      const count = signaturesInside(row);
      if (count > 0) return { kind: 'inside', count };
      return row.kind === 'image' || row.kind === 'index' ? { kind: 'none' } : { kind: 'notNotary' };
    },
  };
}

function toPlatformVerdict(coverage: Coverage): RowVerdict {
  if (coverage === 'byIndex') return { kind: 'byIndex' };
  return { kind: 'verdict', verdict: coverage === 'notAsked' ? 'waiting' : coverage };
}

function toSignatureVerdict({ digest, facts }: TreeRow, judged: Judged | undefined): RowVerdict {
  const verdict = verdictOfSignature(judged?.report, digest);
  if (verdict) return { kind: 'verdict', verdict };
  if (facts?.problem !== undefined || judged?.hasFailed) return { kind: 'verdict', verdict: 'couldNotCheck' };
  if (judged?.report?.verdict === 'skipped') return { kind: 'verdict', verdict: 'skipped' };
  if (!judged?.isAsked) return { kind: 'verdict', verdict: 'waiting' };
  return judged.report ? { kind: 'none' } : { kind: 'verdict', verdict: 'checking' };
}

/** What a report says of one signature; undefined when it is attached to something else. */
export function verdictOfSignature(report: VerificationReport | undefined, digest: Digest): Verdict | undefined {
  if (report?.unreadable.some(({ manifestDigest }) => manifestDigest === digest)) return 'couldNotCheck';
  return report?.signatures.find(({ manifestDigest }) => manifestDigest === digest)?.verdict;
}
