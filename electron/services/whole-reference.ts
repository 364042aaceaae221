import { isDigest } from '../../shared/model/digest.ts';
import type { RepositoryFinder } from '../domain/oci/repository.ts';

interface Location {
  readonly sourceId: string;
  readonly repository: string;
  /** A tag or digest. */
  readonly reference: string;
}

/** A repository's name with its tag or digest. */
export function toReference(name: string, reference: string): string {
  return `${name}${isDigest(reference) ? '@' : ':'}${reference}`;
}

/** The reference with its registry or layout, for the activity list; of a source that is gone, what is left of it. */
export async function toWholeReference(repositories: RepositoryFinder, location: Location): Promise<string> {
  const { sourceId, repository, reference } = location;
  const { name } = await repositories.open(sourceId, repository).catch(() => ({ name: repository }));
  return toReference(name, reference);
}
