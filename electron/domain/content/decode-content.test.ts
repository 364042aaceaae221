import { describe, expect, it } from 'vitest';
import { contentDocumentSchema } from '../../../shared/model/content.ts';
import type { Digest } from '../../../shared/model/digest.ts';
import { createTestChain } from '../../testing/chain-factory.ts';
import { toBase64 } from '../codec/base64.ts';
import { toPem } from '../x509/pem.ts';
import { decodeContent, maxContentBytes } from './decode-content.ts';

const subject = `sha256:${'a'.repeat(64)}` as Digest;
const other = `sha256:${'b'.repeat(64)}` as Digest;
const chain = createTestChain({ length: 1 });
const leaf = chain.certificates[0]!;

const spdx = {
  spdxVersion: 'SPDX-2.3',
  name: 'busybox',
  documentNamespace: 'https://example.com/busybox',
  creationInfo: { created: '2026-11-23T08:00:00Z', creators: ['Tool: syft-1.0', 7] },
  packages: [
    { name: 'busybox', versionInfo: '1.36', licenseConcluded: 'GPL-2.0-only' },
    { name: 'musl', licenseConcluded: 'NOASSERTION' },
  ],
  relationships: [{}, {}],
};
const cycloneDx = {
  bomFormat: 'CycloneDX',
  specVersion: '1.6',
  metadata: { timestamp: '2026-11-23T08:00:00Z', tools: { components: [{ name: 'trivy', version: '1' }] } },
  components: [{ name: 'zlib', version: '1.3', type: 'library' }],
};
const statement = (digest: Digest, predicateType: string, predicate: unknown) => ({
  _type: 'https://in-toto.io/Statement/v1',
  subject: [{ name: 'busybox', digest: { sha256: digest.slice(7) } }],
  predicateType,
  predicate,
});
const provenance = {
  buildDefinition: { buildType: 'https://example.com/build/v1', resolvedDependencies: [{ uri: 'git+https://x' }] },
  runDetails: { builder: { id: 'https://example.com/builder' }, metadata: { finishedOn: '2026-11-23T09:00:00Z' } },
};
const dsse = (content: unknown) => ({
  payloadType: 'application/vnd.in-toto+json',
  payload: toBase64(Buffer.from(JSON.stringify(content))),
  signatures: [{ keyid: 'k1', sig: 'MEUCIQ' }],
});
const bundle = {
  mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
  verificationMaterial: {
    certificate: { rawBytes: toBase64(leaf.raw) },
    tlogEntries: [{ logIndex: '42', integratedTime: '1764000000' }],
  },
  dsseEnvelope: dsse(statement(subject, 'https://sigstore.dev/cosign/sign/v1', {})),
};
const simple = (digest: Digest) => ({
  critical: {
    identity: { 'docker-reference': 'localhost/busybox' },
    image: { 'docker-manifest-digest': digest },
    type: 'cosign container image signature',
  },
  optional: null,
});

const decode = (content: unknown, annotations: Record<string, string> = {}) => {
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  const documents = decodeContent(Buffer.from(text), { subject, annotations });
  return documents.map((document) => contentDocumentSchema.parse(document));
};
const factsOf = (documents: ReturnType<typeof decode>) =>
  Object.fromEntries(documents.flatMap(({ facts }) => facts.map(({ name, value }) => [name, value])));

describe('content is decoded by its shape', () => {
  it.each<[string, unknown, string[]]>([
    ['SPDX', spdx, ['spdx']],
    ['SPDX 3', { '@context': 'https://spdx.org/rdf/3.0.1/spdx-context.jsonld', '@graph': [] }, ['spdx3']],
    ['SPDX as tags', '# made by hand\n\nSPDXVersion: SPDX-2.3\nPackageName: a\n', ['spdxTagValue']],
    ['CycloneDX', cycloneDx, ['cycloneDx']],
    ['a statement', statement(subject, 'https://slsa.dev/provenance/v1', provenance), ['inToto']],
    ['an envelope around a statement', dsse(statement(subject, 'x', {})), ['dsse', 'inToto']],
    ['an SBOM in all of that', dsse(statement(subject, 'https://spdx.dev/Document', spdx)), ['dsse', 'inToto', 'spdx']],
    [
      'an SBOM that cosign wrapped',
      statement(subject, 'x', { Data: JSON.stringify(cycloneDx) }),
      ['inToto', 'cycloneDx'],
    ],
    ['an envelope around nonsense', { ...dsse({}), payload: '%%%' }, ['dsse']],
    ['a Sigstore bundle', bundle, ['sigstoreBundle', 'dsse', 'inToto']],
    ['simple signing', simple(subject), ['simpleSigning']],
    ['other JSON', { hello: 1 }, ['json']],
    ['JSON that says a thing twice', '{"a":1,"a":2}', ['text']],
    ['text', 'hello', ['text']],
  ])('%s', (_, content, forms) => {
    expect(decode(content).map(({ form }) => form)).toEqual(forms);
  });

  it('shows the beginning of what is no text', () => {
    const [document] = decodeContent(new Uint8Array(2000).fill(0xff), {});
    expect(document).toMatchObject({ form: 'binary', isTextCut: true });
    expect(document?.text?.split('\n')[0]).toBe('ff'.repeat(16));
  });
});

describe('what documents tell', () => {
  it('packages with versions and licenses', () => {
    const [document] = decode(spdx);
    expect(factsOf([document!])).toMatchObject({
      version: 'SPDX-2.3',
      creator: 'Tool: syft-1.0 · 7',
      relationships: '2',
    });
    expect(document?.lists).toEqual([
      {
        of: 'packages',
        count: 2,
        items: [{ name: 'busybox', version: '1.36', note: 'GPL-2.0-only' }, { name: 'musl' }],
      },
    ]);
  });

  it('components and the tool', () => {
    const [document] = decode(cycloneDx);
    expect(factsOf([document!])).toMatchObject({ version: '1.6', tool: 'trivy 1' });
    expect(document?.lists[0]?.items).toEqual([{ name: 'zlib', version: '1.3', note: 'library' }]);
  });

  it('tags and values', () => {
    const [document] = decode(
      'SPDXVersion: SPDX-2.2\nDocumentName: d\nPackageName: a\nPackageVersion: 1\nPackageName: b\n',
    );
    expect(document?.lists[0]).toEqual({
      of: 'packages',
      count: 2,
      items: [{ name: 'a', version: '1' }, { name: 'b' }],
    });
  });

  it('builder and materials of a build', () => {
    const documents = decode(statement(subject, 'https://slsa.dev/provenance/v1', provenance));
    expect(factsOf(documents)).toMatchObject({
      builder: 'https://example.com/builder',
      buildType: 'https://example.com/build/v1',
      created: '2026-11-23T09:00:00Z',
    });
    expect(documents[0]?.lists.map(({ of, count }) => [of, count])).toEqual([
      ['subjects', 1],
      ['materials', 1],
    ]);
  });

  it('who a certificate names, and when a log took note', () => {
    expect(factsOf(decode(bundle))).toMatchObject({
      fingerprint: leaf.sha256,
      logIndex: '42',
      logTime: '2025-11-24T16:00:00Z',
    });
    const notes = {
      'dev.sigstore.cosign/certificate': toPem('CERTIFICATE', leaf.raw),
      'dev.sigstore.cosign/bundle': JSON.stringify({ Payload: { logIndex: 7, integratedTime: 1_764_000_000 } }),
      'dev.cosignproject.cosign/signature': 'MEQC',
    };
    expect(factsOf(decode(simple(subject), notes))).toMatchObject({
      reference: 'localhost/busybox',
      fingerprint: leaf.sha256,
      logIndex: '7',
      signature: 'MEQC',
    });
  });

  it.each<[string, unknown, string | undefined]>([
    ['this artifact', simple(subject), 'subject'],
    ['another artifact', simple(other), 'other'],
    ['another artifact in a statement', statement(other, 'x', {}), 'other'],
    ['no artifact', { ...statement(subject, 'x', {}), subject: [] }, undefined],
  ])('that it is about %s', (_, content, about) => {
    expect(decode(content)[0]?.about).toBe(about);
  });
});

describe('hostile content', () => {
  it.each<[string, unknown]>([
    ['deep nesting', '['.repeat(100_000)],
    ['an envelope in an envelope in an envelope', dsse(dsse(dsse(dsse(dsse(dsse({}))))))],
    ['members of the wrong type', { spdxVersion: 'SPDX-2.3', packages: { length: 9 }, creationInfo: [], name: {} }],
    ['a prototype', '{"bomFormat":"CycloneDX","components":[{"__proto__":{"name":"x"}}]}'],
    ['a certificate that is none', { ...bundle, verificationMaterial: { certificate: { rawBytes: 'AAAA' } } }],
    ['a time beyond time', { ...bundle, verificationMaterial: { tlogEntries: [{ integratedTime: '9'.repeat(40) }] } }],
    ['a statement without anything', { _type: 'https://in-toto.io/Statement/v1', subject: [null, 1, { digest: [] }] }],
    ['an SBOM of nulls', { bomFormat: 'CycloneDX', components: [null, 1, 'x'] }],
  ])('%s is shown without harm', (_, content) => {
    expect(decode(content).length).toBeGreaterThan(0);
  });

  it('long values, long lists and long texts are cut', () => {
    const packages = Array.from({ length: 2000 }, (_, index) => ({ name: `${index}${'x'.repeat(3000)}` }));
    const [document] = decode({ ...spdx, name: 'n'.repeat(10_000), packages });
    expect(factsOf([document!])['name']).toHaveLength(1000);
    expect([document?.lists[0]?.count, document?.lists[0]?.items.length]).toEqual([2000, 100]);
    expect(document?.lists[0]?.items[0]?.name).toHaveLength(1000);
    expect([document?.text?.length, document?.isTextCut]).toEqual([64 * 1024, true]);
  });

  it('as much as is read takes no unreasonable time', () => {
    const entry = JSON.stringify({ name: 'package', version: '1.0.0', type: 'library', purl: 'pkg:npm/package@1.0.0' });
    const text = `{"bomFormat":"CycloneDX","components":[${Array(Math.floor(maxContentBytes / (entry.length + 2)))
      .fill(entry)
      .join(',')}]}`;
    const started = performance.now();
    expect(decode(text)[0]?.form).toBe('cycloneDx');
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
