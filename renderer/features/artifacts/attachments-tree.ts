import type { Artifact, ArtifactKind } from '../../../shared/model/artifact.ts';
import {
  hasApi,
  isVisibleToCli,
  type Attachment,
  type AttachmentFacts,
  type AttachmentMark,
} from '../../../shared/model/attachment.ts';
import type { Descriptor } from '../../../shared/model/descriptor.ts';
import type { Digest } from '../../../shared/model/digest.ts';
import { platformNameOf } from './platforms.ts';
import { factsKey, type AttachmentsWalk, type WalkLevel } from './walk-attachments.ts';

/** Why a row stands below another: a manifest of an index, a referrer, what a builder put beside it in the index, a tag of cosign's. */
export type RowEdge = 'subject' | 'manifest' | 'referrer' | 'buildAttestation' | 'cosignTag';
/** Beyond what the manifest shows: listed more than once, the same envelope as a sibling, already shown at another place. */
export type RowMark = AttachmentMark | 'listedTwice' | 'sameEnvelope' | 'repeated';

/** One row of the model that tree, graph and table show. */
export interface TreeRow {
  /** The digest; for one that is shown at several places, each further one is told apart. */
  readonly key: string;
  readonly digest: Digest;
  readonly descriptor: Descriptor;
  readonly edge: RowEdge;
  readonly kind: ArtifactKind;
  /** 0 for the artifact itself. */
  readonly depth: number;
  readonly parentKey: string | undefined;
  readonly platform?: string | undefined;
  readonly via: Attachment['via'];
  readonly isVisibleToCli: boolean;
  readonly marks: readonly RowMark[];
  readonly facts: AttachmentFacts | undefined;
  readonly level: WalkLevel | undefined;
  readonly children: readonly TreeRow[];
}

export interface AttachmentsTree {
  readonly root: TreeRow;
  /** Every row but the root, each before its children. */
  readonly rows: readonly TreeRow[];
  readonly byKey: ReadonlyMap<string, TreeRow>;
}

const emptyWalk: AttachmentsWalk = { levels: new Map(), facts: new Map(), requests: 0, unasked: 0, isDone: false };
const refersTo = 'vnd.docker.reference.digest';

/** The rows of an artifact: its attachments first, then the manifests of an index with theirs. */
export function buildTree(
  artifact: Pick<Artifact, 'descriptor' | 'kind' | 'manifests'>,
  walk: AttachmentsWalk = emptyWalk,
): AttachmentsTree {
  return new Builder(walk).build(artifact);
}

interface Place {
  readonly depth: number;
  readonly parentKey: string;
}

class Builder {
  readonly #walk: AttachmentsWalk;
  readonly #rows: TreeRow[] = [];
  readonly #byKey = new Map<string, TreeRow>();
  readonly #taken = new Map<Digest, number>();

  constructor(walk: AttachmentsWalk) {
    this.#walk = walk;
  }

  build({ descriptor, kind, manifests }: Pick<Artifact, 'descriptor' | 'kind' | 'manifests'>): AttachmentsTree {
    const { key } = this.#take(descriptor.digest);
    const place = { depth: 1, parentKey: key };
    const own = manifests.filter((manifest) => manifest.annotations?.[refersTo] === undefined);
    const root: TreeRow = {
      ...plain(descriptor, 'subject'),
      key,
      kind,
      depth: 0,
      parentKey: undefined,
      level: this.#walk.levels.get(descriptor.digest),
      children: [
        ...this.#attached(descriptor.digest, place),
        ...own.map((manifest) => this.#manifest(manifest, manifests, place)),
      ],
    };
    this.#byKey.set(key, root);
    return { root, rows: this.#rows, byKey: this.#byKey };
  }

  /** The first place of a digest is called by it; at others it is shown, but not opened again. */
  #take(digest: Digest): { key: string; isRepeated: boolean } {
    const count = this.#taken.get(digest) ?? 0;
    this.#taken.set(digest, count + 1);
    return { key: count === 0 ? digest : `${digest}~${count}`, isRepeated: count > 0 };
  }

  /** Puts a row where it belongs in the order before its children are made. */
  #add(row: TreeRow, children: (place: Place) => readonly TreeRow[]): TreeRow {
    const at = this.#rows.push(row) - 1;
    const whole = { ...row, children: children({ depth: row.depth + 1, parentKey: row.key }) };
    this.#rows[at] = whole;
    this.#byKey.set(row.key, whole);
    return whole;
  }

  #manifest(descriptor: Descriptor, siblings: readonly Descriptor[], place: Place): TreeRow {
    const { key, isRepeated } = this.#take(descriptor.digest);
    const level = this.#walk.levels.get(descriptor.digest);
    const builders = siblings.filter(({ annotations }) => annotations?.[refersTo] === descriptor.digest);
    const row: TreeRow = {
      ...plain(descriptor, 'manifest'),
      ...place,
      key,
      kind: /index|manifest\.list/.test(descriptor.mediaType) ? 'index' : 'image',
      platform: platformNameOf(descriptor),
      marks: isRepeated ? ['repeated'] : [],
      level,
    };
    return this.#add(row, (below) =>
      isRepeated
        ? []
        : [...this.#attached(descriptor.digest, below), ...builders.map((builder) => this.#builder(builder, below))],
    );
  }

  #builder(descriptor: Descriptor, place: Place): TreeRow {
    const { key, isRepeated } = this.#take(descriptor.digest);
    const row: TreeRow = {
      ...plain(descriptor, 'buildAttestation'),
      ...place,
      key,
      kind: 'attestation',
      marks: isRepeated ? ['repeated'] : [],
      level: this.#walk.levels.get(descriptor.digest),
    };
    return this.#add(row, (below) => (isRepeated ? [] : this.#attached(descriptor.digest, below)));
  }

  #attached(subject: Digest, place: Place): TreeRow[] {
    const level = this.#walk.levels.get(subject);
    if (!level) return [];
    const api = hasApi(level.questions);
    const envelopes = new Set<Digest>();
    return level.attachments.map((attachment) => {
      const { descriptor, via, listings } = attachment;
      const { key, isRepeated } = this.#take(descriptor.digest);
      const facts = this.#walk.facts.get(factsKey(subject, descriptor.digest));
      const marks: RowMark[] = [...(facts?.marks ?? [])];
      if (listings > 1) marks.push('listedTwice');
      if (facts?.envelope && envelopes.has(facts.envelope)) marks.push('sameEnvelope');
      if (facts?.envelope) envelopes.add(facts.envelope);
      if (isRepeated) marks.push('repeated');
      const row: TreeRow = {
        ...plain(descriptor, via.includes('cosignTag') && via.length === 1 ? 'cosignTag' : 'referrer'),
        ...place,
        key,
        kind: facts?.kind ?? attachment.kind,
        via,
        isVisibleToCli: isVisibleToCli(attachment, api),
        marks,
        facts,
        level: this.#walk.levels.get(descriptor.digest),
      };
      return this.#add(row, (below) => (isRepeated ? [] : this.#attached(descriptor.digest, below)));
    });
  }
}

/** What every row has before more is known. */
function plain(descriptor: Descriptor, edge: RowEdge) {
  const { digest } = descriptor;
  return { digest, descriptor, edge, via: [], isVisibleToCli: false, marks: [], facts: undefined, children: [] };
}

/** How many Notation signatures are anywhere below a row. */
export function signaturesInside(row: TreeRow): number {
  return row.children.reduce(
    (sum, child) => sum + Number(child.kind === 'notationSignature') + signaturesInside(child),
    0,
  );
}

/** When it was made, by its own word. */
export function createdOf({ facts, descriptor }: TreeRow): string | undefined {
  return (
    facts?.signature?.signingTime ?? facts?.created ?? descriptor.annotations?.['org.opencontainers.image.created']
  );
}
