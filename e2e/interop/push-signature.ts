import { createHash } from 'node:crypto';
import type { Place } from './workbench.ts';

const sha256 = (bytes: Uint8Array<ArrayBuffer>): string => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

async function pushBlob(base: string, bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = sha256(bytes);
  const started = await fetch(`${base}/blobs/uploads/`, { method: 'POST' });
  const target = new URL(started.headers.get('location') ?? '', base);
  target.searchParams.set('digest', digest);
  const ended = await fetch(target, { method: 'PUT', body: bytes });
  if (ended.status !== 201) throw new Error(`the blob was not taken: ${String(ended.status)}`);
  return digest;
}

/** Stores any bytes as a Notation signature of an artifact, as an attacker with push rights would. */
export async function pushSignature(
  place: Place,
  subject: { mediaType: string; digest: string; size: number },
  envelope: Uint8Array<ArrayBuffer>,
  mediaType = 'application/jose+json',
): Promise<string> {
  const [host, ...rest] = place.scope.split('/');
  const base = `http://${host ?? ''}/v2/${rest.join('/')}`;
  const config = new TextEncoder().encode('{}');
  const manifest = new TextEncoder().encode(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: 'application/vnd.oci.image.manifest.v1+json',
      artifactType: 'application/vnd.cncf.notary.signature',
      config: { mediaType: 'application/vnd.oci.empty.v1+json', digest: await pushBlob(base, config), size: 2 },
      layers: [{ mediaType, digest: await pushBlob(base, envelope), size: envelope.byteLength }],
      subject: { mediaType: subject.mediaType, digest: subject.digest, size: subject.size },
    }),
  );
  const digest = sha256(manifest);
  const answer = await fetch(`${base}/manifests/${digest}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/vnd.oci.image.manifest.v1+json' },
    body: manifest,
  });
  if (answer.status !== 201) throw new Error(`the manifest was not taken: ${String(answer.status)}`);
  return digest;
}
