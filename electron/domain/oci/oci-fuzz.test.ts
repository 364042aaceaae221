import { expect, it } from 'vitest';
import { isAppError } from '../../../shared/errors/app-error.ts';
import { isDigest } from '../../../shared/model/digest.ts';
import { mediaTypes } from '../../../shared/model/media-types.ts';
import { assertSound, fuzzParser } from '../../testing/fuzz-parser.ts';
import { generateReference } from '../../testing/generate-references.ts';
import { mutateJsonDeep } from '../../testing/mutate-json.ts';
import { mutateText } from '../../testing/mutate-text.ts';
import type { SeededRandom } from '../../testing/seeded-random.ts';
import { toUtf8 } from '../codec/utf8.ts';
import { parseReferrersIndex, withReferrers } from '../registry/referrers-index.ts';
import { parseLayoutIndex, withLayoutEntry } from './layout-index.ts';
import { artifactKindOf, mediaTypeOfBody, parseManifest, readDescriptor } from './manifest.ts';
import { parseReference, type Reference } from './parse-reference.ts';
import { readPastedReference } from './read-pasted-reference.ts';

const digest = (letter: string): string => `sha256:${letter.repeat(64)}`;
const seedReferences: readonly string[] = [`a.example/b/c:1@${digest('a')}`, 'localhost:5000/a', '[::1]:80/a_b/c__d:x'];
const descriptor = { mediaType: mediaTypes.ociManifest, digest: digest('a'), size: 7 };
const tagged = { ...descriptor, annotations: { 'org.opencontainers.image.ref.name': 'v1' }, urls: ['http://a/'] };
const manifest = {
  schemaVersion: 2,
  mediaType: mediaTypes.ociManifest,
  artifactType: mediaTypes.notarySignature,
  config: { mediaType: 'application/vnd.oci.empty.v1+json', digest: digest('b'), size: 2 },
  layers: [{ ...descriptor, annotations: { constructor: 'x' } }, descriptor],
  subject: descriptor,
  annotations: { a: 'b' },
};
const platform = { architecture: 'amd64', os: 'linux', variant: 'v8', 'os.features': ['a'] };
const index = {
  schemaVersion: 2,
  mediaType: mediaTypes.ociIndex,
  manifests: [
    { ...tagged, platform },
    { ...descriptor, artifactType: 'x/y' },
  ],
};
const wanted = [
  '5.0',
  '1e3',
  '-1',
  '9007199254740993',
  '"sha256:../../x"',
  `"${digest('A')}"`,
  `"sha1:${'a'.repeat(40)}"`,
];
wanted.push(JSON.stringify(descriptor), JSON.stringify(mediaTypes.ociIndex), '"__proto__"');
const changeJson = (random: SeededRandom, text: string, other: string): string =>
  random.chance(0.8) ? mutateJsonDeep(random, text, wanted) : mutateText(random, text, other);

it('manifests and indexes: descriptors that are taken are whole, and mean what everybody reads', async () => {
  const result = await fuzzParser({
    seeds: [JSON.stringify(manifest), JSON.stringify(index)],
    mutate: changeJson,
    parse: (text) => {
      const bytes = toUtf8(text);
      return parseManifest(bytes, mediaTypeOfBody(bytes) ?? mediaTypes.ociManifest, 'it');
    },
    isFault: (error) => isAppError(error, 'registry.badManifest'),
    check: (parsed, text) => {
      const body = JSON.parse(text) as { layers?: readonly { digest: string }[] | null };
      const { config, subject, layers, manifests } = parsed;
      for (const part of [config, subject, ...layers, ...manifests].filter((each) => each !== undefined)) {
        expect(isDigest(part.digest) && Number.isSafeInteger(part.size) && part.size >= 0).toBe(true);
      }
      expect(layers.map((layer) => layer.digest)).toEqual((body.layers ?? []).map((layer) => layer.digest));
      expect(artifactKindOf(parsed)).not.toBe('');
    },
  });
  assertSound(result);
});

const added = readDescriptor({ ...descriptor, digest: digest('c') });

it('lists of referrers and indexes of layouts: nothing that stands in one is lost when an entry is added', async () => {
  const isListFault = (error: unknown): boolean => isAppError(error, 'registry.badAnswer');
  const isLayoutFault = (error: unknown): boolean => isAppError(error, 'layout.notALayout');
  const rowsOf = (bytes: Uint8Array | string): unknown[] =>
    (JSON.parse(Buffer.from(bytes).toString()) as { manifests?: unknown[] | null }).manifests ?? [];
  const seeds = [JSON.stringify(index)];
  const listed = await fuzzParser({
    seeds,
    mutate: changeJson,
    parse: (text) => parseReferrersIndex(toUtf8(text), 'a.example', 'it'),
    isFault: isListFault,
    check: (parsed, text) => {
      const changed = withReferrers(parsed, added ? [added] : []) ?? '';
      expect(rowsOf(changed).slice(0, -1)).toEqual(rowsOf(text));
      expect(parseReferrersIndex(toUtf8(Buffer.from(changed).toString()), '', '').descriptors).toContainEqual(added);
    },
  });
  assertSound(listed);
  const laidOut = await fuzzParser({
    seeds,
    mutate: changeJson,
    parse: (text) => parseLayoutIndex(toUtf8(text), '/a'),
    isFault: isLayoutFault,
    check: (parsed, text) => {
      if (!added) throw new Error('no descriptor');
      const changed = withLayoutEntry(parsed, added) ?? '';
      expect(rowsOf(changed).slice(0, -1)).toEqual(rowsOf(text));
    },
  });
  assertSound(laidOut);
});

function write({ registry, repository, tag, digest: pinned }: Reference): string {
  return `${registry}/${repository}${tag ? `:${tag}` : ''}${pinned ? `@${pinned}` : ''}`;
}

it('references: one that is taken is written and read again as the same', async () => {
  const result = await fuzzParser({
    seeds: seedReferences,
    mutate: (random, text, other) => (random.chance(0.6) ? generateReference(random) : mutateText(random, text, other)),
    parse: parseReference,
    isFault: (error) => isAppError(error, 'registry.badReference') || isAppError(error, 'registry.badHost'),
    check: (reference) => expect(parseReference(write(reference))).toEqual(reference),
  });
  assertSound(result);
});

it('pasted texts name something or nothing', async () => {
  const { findings } = await fuzzParser({
    seeds: [
      `notation verify --policy-scope "a b" a.example/b@${digest('a')}`,
      '/tmp/layout:v1',
      'docker://a/b:c',
      ' C:\\a:b',
    ],
    mutate: mutateText,
    parse: readPastedReference,
    isFault: () => false,
  });
  expect(findings).toEqual([]);
});
