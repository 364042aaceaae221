import type { Artifact } from '../../../shared/model/artifact.ts';
import type { Digest } from '../../../shared/model/digest.ts';
import type { Verdict, VerificationReport } from '../../../shared/model/verification.ts';

/** The word for a tag: its own verdict, or that an index that is verified covers it. */
export type TagVerdict = Verdict | 'coveredByIndex';

/** What has been read of one tag so far. */
export interface ReadTag {
  readonly artifact?: Artifact;
  readonly report?: VerificationReport;
  /** Whether judging it failed as a whole. */
  readonly isUnjudged?: boolean;
}

/** What is known of a repository's tags. */
export interface KnownTags {
  readonly verdicts: ReadonlyMap<string, TagVerdict>;
  /** The tag of a verified index, by the digests of its manifests. */
  readonly covers: ReadonlyMap<Digest, string>;
  /** What a filter looks at beside the tag: digest, signers, fingerprints, annotations; in lower case. */
  readonly words: ReadonlyMap<string, string>;
}

export const nothingKnown: KnownTags = { verdicts: new Map(), covers: new Map(), words: new Map() };

const isVerified = (verdict: Verdict | undefined): boolean =>
  verdict === 'verified' || verdict === 'verifiedWithWarnings';

/** Whether a signature of whatever worth was found. */
export function isSigned(verdict: TagVerdict | undefined): boolean {
  return verdict === 'verified' || verdict === 'verifiedWithWarnings' || verdict === 'notTrusted';
}

/** What was read stays as it is, and there may be thousands. */
const kept = new WeakMap<Artifact | VerificationReport, string>();

function keep<T extends Artifact | VerificationReport>(read: T | undefined, toWords: (read: T) => unknown[]): string {
  if (!read) return '';
  const known = kept.get(read);
  if (known !== undefined) return known;
  const words = toWords(read).filter(Boolean).join('\n').toLowerCase();
  kept.set(read, words);
  return words;
}

/** What a search looks at beside the tag, a line each, in lower case. */
export function wordsOf({ artifact, report }: ReadTag): string {
  const ofArtifact = keep(artifact, ({ descriptor, annotations }) => [
    descriptor.digest,
    ...Object.entries(annotations).flat(),
  ]);
  const ofReport = keep(report, ({ subject, signatures }) => [
    subject.digest,
    ...signatures.flatMap(({ signer, signerCommonName, anchor, manifestDigest }) => [
      ...[signer, signerCommonName, anchor?.sha256, anchor?.store, manifestDigest],
    ]),
  ]);
  return `${ofArtifact}\n${ofReport}`;
}

/** Puts together what was read of each tag. */
export function toKnownTags(read: ReadonlyMap<string, ReadTag>): KnownTags {
  const covers = new Map<Digest, string>();
  for (const [tag, { artifact, report }] of read) {
    if (artifact?.kind !== 'index' || !isVerified(report?.verdict)) continue;
    for (const { digest } of artifact.manifests) if (!covers.has(digest)) covers.set(digest, tag);
  }
  const verdicts = new Map<string, TagVerdict>();
  const words = new Map<string, string>();
  for (const [tag, known] of read) {
    const verdict = known.isUnjudged ? 'couldNotCheck' : known.report?.verdict;
    const isCovered = verdict === 'noSignature' && known.report && covers.has(known.report.subject.digest);
    if (verdict) verdicts.set(tag, isCovered ? 'coveredByIndex' : verdict);
    words.set(tag, wordsOf(known));
  }
  return { verdicts, covers, words };
}

/** The tags in lower case, for the next key too. */
const lowered = new WeakMap<readonly string[], readonly string[]>();

function toLower(tags: readonly string[]): readonly string[] {
  const known = lowered.get(tags) ?? tags.map((tag) => tag.toLowerCase());
  lowered.set(tags, known);
  return known;
}

/** The tags that a filter means: one of its meanings stands in the tag, or in what is known of it. */
export function filterTags(
  tags: readonly string[],
  meanings: readonly string[],
  words: KnownTags['words'],
): readonly string[] {
  const [wanted] = meanings;
  if (wanted === undefined) return tags;
  const lower = toLower(tags);
  return tags.filter((tag, index) => {
    if (lower[index]?.includes(wanted)) return true;
    const known = words.get(tag);
    return known !== undefined && meanings.some((meaning) => known.includes(meaning));
  });
}
