import { BareRepository, type Pushed } from './bare-repository.ts';
import type { Place } from './workbench.ts';

/** Stores any bytes as a Notation signature of an artifact, as an attacker with push rights would. */
export async function pushSignature(
  place: Place,
  subject: Pushed,
  envelope: Uint8Array<ArrayBuffer>,
  mediaType = 'application/jose+json',
): Promise<string> {
  const [host = '', ...rest] = place.scope.split('/');
  const repository = new BareRepository(host, rest.join('/'));
  const artifactType = 'application/vnd.cncf.notary.signature';
  return (await repository.attach(subject, { artifactType, content: envelope, mediaType })).digest;
}
