import type { OutputOf } from '../../shared/contract/contract.ts';
import { isAppError } from '../../shared/errors/app-error.ts';
import type { PolicyComparison } from '../../shared/model/policy-change.ts';
import type { PolicyDocumentKind } from '../../shared/model/trust-policy.ts';
import { comparePolicies } from '../domain/trust/policy-changes.ts';
import type { PolicyHistory, PolicyVersion } from './policy-history.ts';

type Version = OutputOf<'policies.listVersions'>['versions'][number];
type Place = Parameters<PolicyHistory['list']>[0];

const shownChanges = 8;
const maxCompared = 500;
/** Two versions never differ otherwise than they did. */
const compared = new Map<string, PolicyComparison>();

/** A version that is lost, or not what it was, is compared as one that cannot be read. */
async function textOf(history: PolicyHistory, place: Place, number: number): Promise<string | null> {
  try {
    return await history.read(place, number);
  } catch (error) {
    if (isAppError(error, 'policy.versionNotFound') || isAppError(error, 'file.malformed')) return '';
    throw error;
  }
}

async function compare(
  history: PolicyHistory,
  place: Place,
  before: PolicyVersion,
  after: PolicyVersion,
): Promise<PolicyComparison> {
  const key = `${place.document} ${before.sha256} ${after.sha256}`;
  const known = compared.get(key);
  if (known) return known;
  const [old, now] = [await textOf(history, place, before.number), await textOf(history, place, after.number)];
  const comparison = comparePolicies(old, now, place.document satisfies PolicyDocumentKind);
  if (compared.size >= maxCompared) compared.clear();
  compared.set(key, comparison);
  return comparison;
}

/** The versions of a policy file, newest first, each with what it changed. */
export async function listVersions(history: PolicyHistory, place: Place): Promise<Version[]> {
  const oldestFirst = await history.list(place);
  const versions: Version[] = [];
  const firstOf = new Map<string, number>();
  for (const [at, version] of oldestFirst.entries()) {
    const before = oldestFirst[at - 1];
    const { changes, more } = before ? await compare(history, place, before, version) : { changes: [], more: 0 };
    const sameAs = firstOf.get(version.sha256);
    if (sameAs === undefined) firstOf.set(version.sha256, version.number);
    versions.push({
      ...version,
      ...(sameAs !== undefined && { sameAs }),
      changes: changes.slice(0, shownChanges),
      more: more + Math.max(0, changes.length - shownChanges),
      isFirst: before === undefined,
    });
  }
  return versions.reverse();
}
