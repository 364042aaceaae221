import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

export interface Pushed {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
}

export const manifestType = 'application/vnd.oci.image.manifest.v1+json';
const indexType = 'application/vnd.oci.image.index.v1+json';
const emptyType = 'application/vnd.oci.empty.v1+json';

const toBytes = (content: string | Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> =>
  typeof content === 'string' ? new TextEncoder().encode(content) : content;
const sha256 = (bytes: Uint8Array<ArrayBuffer>): string => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

/** What is attached: its type, its one layer, and the subject it names. */
interface Attached {
  readonly artifactType: string;
  readonly content: string | Uint8Array<ArrayBuffer>;
  readonly mediaType: string;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** A repository of a registry without a password, written to by hand: whatever somebody with push rights may put there. */
export class BareRepository {
  readonly #base: string;

  /** @param host - `host:port`, plain HTTP */
  constructor(host: string, repository: string) {
    this.#base = `http://${host}/v2/${repository}`;
  }

  async pushBlob(content: string | Uint8Array<ArrayBuffer>): Promise<Pushed> {
    const bytes = toBytes(content);
    const digest = sha256(bytes);
    const started = await fetch(`${this.#base}/blobs/uploads/`, { method: 'POST' });
    const target = new URL(started.headers.get('location') ?? '', this.#base);
    target.searchParams.set('digest', digest);
    const ended = await fetch(target, { method: 'PUT', body: bytes });
    if (ended.status !== 201) throw new Error(`the blob was not taken: ${String(ended.status)}`);
    return { mediaType: 'application/octet-stream', digest, size: bytes.byteLength };
  }

  /** Stores a manifest as it is, under its digest and, when one is given, a tag. */
  async pushManifest(body: string | object, tag?: string): Promise<Pushed> {
    const bytes = toBytes(typeof body === 'string' ? body : JSON.stringify(body));
    const { mediaType } = JSON.parse(new TextDecoder().decode(bytes)) as { mediaType: string };
    const digest = sha256(bytes);
    const target = `${this.#base}/manifests/${tag ?? digest}`;
    const answer = await fetch(target, { method: 'PUT', headers: { 'content-type': mediaType }, body: bytes });
    if (answer.status !== 201) throw new Error(`the manifest was not taken: ${String(answer.status)}`);
    return { mediaType, digest, size: bytes.byteLength };
  }

  async deleteManifest({ digest }: Pushed): Promise<void> {
    const answer = await fetch(`${this.#base}/manifests/${digest}`, { method: 'DELETE' });
    if (answer.status !== 202) throw new Error(`the manifest was not deleted: ${String(answer.status)}`);
  }

  /** Attaches something to an artifact, as a referrer. */
  async attach({ mediaType, digest, size }: Pushed, attached: Attached): Promise<Pushed> {
    const { artifactType, content, annotations } = attached;
    const config = { ...(await this.pushBlob('{}')), mediaType: emptyType };
    const layer = { ...(await this.pushBlob(content)), mediaType: attached.mediaType };
    const subject = { mediaType, digest, size };
    const kind = { schemaVersion: 2, mediaType: manifestType, artifactType };
    return await this.pushManifest({ ...kind, config, layers: [layer], subject, ...(annotations && { annotations }) });
  }

  /** An index of small images, one for each platform such as `linux/arm/v7`, with what a builder may put beside them. */
  async pushIndex(tag: string, platforms: readonly string[]): Promise<{ index: Pushed; manifests: Pushed[] }> {
    const manifests: (Pushed & { platform: object })[] = [];
    for (const name of platforms) {
      const [os = '', architecture = '', variant] = name.split('/');
      const config = JSON.stringify({ os, architecture, config: { Labels: { tag } } });
      const image = {
        schemaVersion: 2,
        mediaType: manifestType,
        config: { ...(await this.pushBlob(config)), mediaType: 'application/vnd.oci.image.config.v1+json' },
        layers: [],
      };
      manifests.push({
        ...(await this.pushManifest(image)),
        platform: { os, architecture, ...(variant && { variant }) },
      });
    }
    const index = await this.pushManifest({ schemaVersion: 2, mediaType: indexType, manifests }, tag);
    return { index, manifests };
  }
}

interface Recorded {
  readonly subject: string;
  readonly artifacts: readonly {
    readonly manifest: string;
    readonly blobs: readonly string[];
    readonly tag?: string;
  }[];
}

/**
 * Puts into a repository what cosign 3.1.3 pushed for the sample image: a signature and an attestation under its own tags, and both
 * as Sigstore bundles that refer to the image.
 */
export async function replayCosign(repository: BareRepository): Promise<void> {
  const file = path.join(import.meta.dirname, 'cosign-artifacts.json');
  const { artifacts } = JSON.parse(await readFile(file, 'utf8')) as Recorded;
  for (const { manifest, blobs, tag } of artifacts) {
    for (const blob of blobs) await repository.pushBlob(blob);
    await repository.pushManifest(manifest, tag);
  }
}
