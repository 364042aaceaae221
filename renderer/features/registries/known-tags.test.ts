import { describe, expect, it } from 'vitest';
import { digestSchema } from '../../../shared/model/digest.ts';
import { filterTags, isSigned, nothingKnown, toKnownTags, type ReadTag } from './known-tags.ts';

const digestOf = (digit: string) => digestSchema.parse(`sha256:${digit.repeat(64)}`);

/** A tag as it was read. */
function read(digit: string, verdict: string, change: object = {}, signatures: object[] = []): ReadTag {
  const descriptor = { mediaType: 'm', digest: digestOf(digit), size: 1 };
  return {
    artifact: { kind: 'image', descriptor, manifests: [], annotations: {}, ...change } as never,
    report: { verdict, subject: descriptor, signatures } as never,
  };
}

const index = (verdict: string) =>
  read('a', verdict, { kind: 'index', manifests: [{ digest: digestOf('b') }, { digest: digestOf('c') }] });

describe('toKnownTags', () => {
  it('tells that a verified index covers what it holds, and never says verified of that', () => {
    const { verdicts, covers } = toKnownTags(
      new Map([
        ['1.0', index('verified')],
        ['1.0-amd64', read('b', 'noSignature')],
        ['1.0-arm64', read('c', 'notTrusted')],
        ['other', read('d', 'noSignature')],
      ]),
    );
    expect(Object.fromEntries(verdicts)).toEqual({
      '1.0': 'verified',
      '1.0-amd64': 'coveredByIndex',
      '1.0-arm64': 'notTrusted',
      other: 'noSignature',
    });
    expect(covers.get(digestOf('b'))).toBe('1.0');
  });

  it.each(['notTrusted', 'noSignature', 'skipped', 'couldNotCheck'])('takes no cover from an index %s', (verdict) => {
    const known = toKnownTags(
      new Map([
        ['1.0', index(verdict)],
        ['x', read('b', 'noSignature')],
      ]),
    );
    expect(known.verdicts.get('x')).toBe('noSignature');
  });

  it('tells apart what could not be judged and what was not', () => {
    const known = toKnownTags(
      new Map<string, ReadTag>([
        ['x', { isUnjudged: true }],
        ['y', {}],
      ]),
    );
    expect([...known.verdicts]).toEqual([['x', 'couldNotCheck']]);
  });
});

describe('filterTags', () => {
  const signature = {
    signer: 'CN=Suji,O=Notary',
    signerCommonName: 'Suji',
    anchor: { sha256: 'f00d', store: 'ca:acme' },
  };
  const { words } = toKnownTags(
    new Map([
      ['1.0', read('a', 'verified', { annotations: { 'org.example.team': 'Blue' } }, [signature])],
      ['1.1', read('b', 'noSignature')],
    ]),
  );
  it.each([
    ['1.', ['1.0', '1.1', 'never-read-1.9']],
    ['suji', ['1.0']],
    ['f00d', ['1.0']],
    [`sha256:${'b'.repeat(12)}`, ['1.1']],
    ['blue', ['1.0']],
    ['org.example.team', ['1.0']],
    ['nothing', []],
  ])('finds %s', (filter, found) => {
    expect(filterTags(['1.0', '1.1', 'never-read-1.9'], [filter], words)).toEqual(found);
  });

  it('gives all for no filter', () => {
    const tags = ['a'];
    expect(filterTags(tags, [], nothingKnown.words)).toBe(tags);
  });
});

describe('isSigned', () => {
  it('says nothing of what was not judged', () => {
    expect((['verified', 'notTrusted', 'noSignature', 'coveredByIndex', undefined] as const).map(isSigned)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
  });
});
