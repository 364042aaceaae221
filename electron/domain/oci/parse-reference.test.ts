import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isAppError } from '../../../shared/errors/app-error.ts';
import type { Digest } from '../../../shared/model/digest.ts';
import {
  isRegistryHost,
  isRepositoryName,
  isSignatureTag,
  isTag,
  parseLayoutReference,
  parseReference,
  parseRegistryHost,
  parseRepositoryName,
  parseTagOrDigest,
  referrersTagOf,
} from './parse-reference.ts';

const hex = 'a'.repeat(64);
const digest = `sha256:${hex}`;
const tail = '. Expecting <registry>/<repository>:<tag> or <registry>/<repository>@<digest>';

function faultOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (isAppError(error, 'registry.badReference')) return error.details.fault;
    throw error;
  }
  return '';
}

describe('parseReference', () => {
  it.each([
    ['localhost:5000/suji:1.0', { registry: 'localhost:5000', repository: 'suji', tag: '1.0' }],
    ['localhost/suji:1.0', { registry: 'localhost', repository: 'suji', tag: '1.0' }],
    [`reg.example.com/a/b/c@${digest}`, { registry: 'reg.example.com', repository: 'a/b/c', digest }],
    [`reg.example.com/a:anything at all@${digest}`, { registry: 'reg.example.com', repository: 'a', digest }],
    ['127.0.0.1:5000/a:b', { registry: '127.0.0.1:5000', repository: 'a', tag: 'b' }],
    ['[::1]:5000/a:b', { registry: '[::1]:5000', repository: 'a', tag: 'b' }],
    ['Reg.Example.com/a:b', { registry: 'Reg.Example.com', repository: 'a', tag: 'b' }],
    ['reg/a--b/c__d/e.f/g_h:_T.-9', { registry: 'reg', repository: 'a--b/c__d/e.f/g_h', tag: '_T.-9' }],
    ['reg/a', { registry: 'reg', repository: 'a' }],
    ['reg/a:', { registry: 'reg', repository: 'a' }],
    [`reg/a@sha512:${hex}${hex}`, { registry: 'reg', repository: 'a', digest: `sha512:${hex}${hex}` }],
  ])('reads %s', (text, expected) => {
    expect(parseReference(text)).toEqual(expected);
  });

  it.each([
    ['busybox:1.0', 'missing registry or repository'],
    ['', 'missing registry or repository'],
    ['reg/Upper:1', 'invalid repository "Upper"'],
    ['reg/a..b:1', 'invalid repository "a..b"'],
    ['reg/a___b:1', 'invalid repository "a___b"'],
    ['reg/a._b:1', 'invalid repository "a._b"'],
    ['reg/-a:1', 'invalid repository "-a"'],
    ['reg/a-:1', 'invalid repository "a-"'],
    ['reg//a:1', 'invalid repository "/a"'],
    ['reg/a/:1', 'invalid repository "a/"'],
    ['reg/:1', 'invalid repository ""'],
    ['reg/a:-x', 'invalid tag "-x"'],
    ['reg/a:b:c', 'invalid tag "b:c"'],
    [`reg/a:${'x'.repeat(129)}`, `invalid tag "${'x'.repeat(129)}"`],
    ['reg/a@sha256:abc', 'invalid digest "sha256:abc": invalid checksum digest length'],
    [`reg/a@sha256:${'A'.repeat(64)}`, `invalid digest "sha256:${'A'.repeat(64)}": invalid checksum digest format`],
    [`reg/a@sha1:${'a'.repeat(40)}`, `invalid digest "sha1:${'a'.repeat(40)}": unsupported digest algorithm`],
    ['reg/a@sha256:../../x', 'invalid digest "sha256:../../x": invalid checksum digest length'],
    ['reg/a@x', 'invalid digest "x": invalid checksum digest format'],
    [`reg/a@a+b.c_d-e:${'a'.repeat(64)}`, `invalid digest "a+b.c_d-e:${'a'.repeat(64)}": unsupported digest algorithm`],
    ['reg/a@a..b:00', 'invalid digest "a..b:00": invalid checksum digest format'],
    ['reg/a@sha1::00', 'invalid digest "sha1::00": invalid checksum digest format'],
    ['reg/a@md5:0 0', 'invalid digest "md5:0 0": invalid checksum digest format'],
    ['/a:1', 'invalid registry ""'],
    ['user@reg/a:1', 'invalid registry "user@reg"'],
    ['reg:0/a:1', 'invalid registry "reg:0"'],
    ['reg:65536/a:1', 'invalid registry "reg:65536"'],
    ['re g/a:1', 'invalid registry "re g"'],
    ['https://reg/a:1', 'invalid registry "https:"'],
    ['[::1/a:1', 'invalid registry "[::1"'],
  ])('refuses %s', (text, fault) => {
    expect(faultOf(() => parseReference(text))).toBe(`${JSON.stringify(text)}: invalid reference: ${fault}${tail}`);
  });

  it('reads back what it was made of', () => {
    const part = fc.stringMatching(/^[a-z0-9]{1,8}$/);
    const name = fc
      .array(fc.tuple(part, fc.constantFrom('', '.', '_', '__', '-', '---')), { minLength: 1, maxLength: 4 })
      .map((parts) =>
        parts.map(([text, separator], index) => text + (index < parts.length - 1 ? separator : '')).join(''),
      );
    const tag = fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,40}$/);
    fc.assert(
      fc.property(fc.array(name, { minLength: 1, maxLength: 3 }), tag, (names, wanted) => {
        const repository = names.join('/');
        expect(parseReference(`h.example:1/${repository}:${wanted}`)).toEqual({
          registry: 'h.example:1',
          repository,
          tag: wanted,
        });
      }),
    );
  });

  it('agrees with the grammar of the specification on any short text', () => {
    const separated = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*';
    const grammar = new RegExp(`^${separated}(?:/${separated})*$`);
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', '0', '.', '_', '-', '/', 'A'), maxLength: 12 }), (text) => {
        expect(isRepositoryName(text)).toBe(grammar.test(text));
      }),
      { numRuns: 2000 },
    );
  });
});

describe('time', () => {
  const size = 64 * 1024;
  it.each([
    ['one long name', `reg/${'a'.repeat(size)}!`],
    ['separators', `reg/${'a-'.repeat(size / 2)}`],
    ['dashes', `reg/a${'-'.repeat(size)}`],
    ['underscores', `reg/${'a_'.repeat(size / 2)}!`],
    ['slashes', 'a/'.repeat(size / 2)],
    ['no slash', 'a'.repeat(size)],
    ['colons', `reg/a${':'.repeat(size)}`],
    ['brackets', `${'['.repeat(size)}/a`],
    ['dots', `${'.'.repeat(size)}/a`],
    ['at signs', `reg/a${'@'.repeat(size)}`],
  ])('refuses 64 KiB of %s without thinking long', (_, text) => {
    const started = performance.now();
    expect(() => parseReference(text)).toThrow(/badReference/);
    expect(() => parseLayoutReference(text)).toThrow(/badReference/);
    expect([isTag(text), isRegistryHost(text), isSignatureTag(text)]).toEqual([false, false, false]);
    expect(performance.now() - started).toBeLessThan(50);
  });
});

describe('parts', () => {
  it.each(['localhost', 'localhost:5000', 'a.b-c.d:1', '[fe80::1]', '10.0.0.1:443', 'under_score:80'])(
    'takes the host %s',
    (host) => {
      expect(parseRegistryHost(host)).toBe(host);
    },
  );

  it.each([
    '',
    ' ',
    'a b',
    'a/b',
    'a?',
    'a#',
    'a@b',
    'a:',
    'a:b',
    'a:1:2',
    '.a',
    'a.',
    '-a',
    '[::1',
    '[x]',
    '日本',
    'a%20',
    'a\nb',
    '256.1.1.1',
  ])('refuses the host %j', (host) => {
    expect(() => parseRegistryHost(host)).toThrow(/registry\.badHost/);
  });

  it('says what the reference says of a repository', () => {
    expect(parseRepositoryName('a/b')).toBe('a/b');
    expect(faultOf(() => parseRepositoryName('A'))).toBe('invalid repository "A"');
  });

  it('reads a tag or a digest and nothing else', () => {
    expect([parseTagOrDigest('1.0'), parseTagOrDigest(digest)]).toEqual(['1.0', digest]);
    for (const text of ['', '../x', 'a/b', 'a?b', 'sha256:x', `${digest}\n`])
      expect(() => parseTagOrDigest(text)).toThrow(/badReference/);
  });

  it.each([
    [`sha256-${hex}`, true],
    [`sha256-${hex}.sig`, true],
    [`sha256-${hex}.att`, true],
    [`sha256-${hex}.sbom`, true],
    [`sha512-${hex}`, true],
    [`sha256-${hex}.txt`, false],
    [`sha256-${hex.slice(1)}`, false],
    [`sha256-${hex}0`, false],
    [`sha1-${hex}`, false],
    ['latest', false],
  ])('tells whether %s holds signatures: %s', (tag, expected) => {
    expect(isSignatureTag(tag)).toBe(expected);
  });

  it('names the referrers tag', () => {
    expect(referrersTagOf(digest as Digest)).toBe(`sha256-${hex}`);
    expect(referrersTagOf(`sha512:${hex}${hex}` as Digest)).toBe(`sha512-${hex}`);
  });
});

describe('parseLayoutReference', () => {
  it.each([
    ['/tmp/lay:1.0', '/tmp/lay', '1.0'],
    [`/tmp/a@b@${digest}`, '/tmp/a@b', digest],
    ['C:\\lay:v1', 'C:\\lay', 'v1'],
    ['lay:a:b', 'lay:a', 'b'],
  ])('reads %s', (text, path, reference) => {
    expect(parseLayoutReference(text)).toEqual({ path, reference });
  });

  it.each([
    ['C:\\lay', 'missing tag or digest'],
    ['/lay', 'missing tag or digest'],
    ['/lay:', 'missing tag or digest'],
    [':1.0', 'missing oci-layout file path'],
  ])('refuses %s', (text, fault) => {
    const expected = `${JSON.stringify(text)}: invalid reference: ${fault}. Expecting <file_path>:<tag> or <file_path>@<digest>`;
    expect(faultOf(() => parseLayoutReference(text))).toBe(expected);
  });
});
