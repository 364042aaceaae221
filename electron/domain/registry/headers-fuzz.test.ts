import { expect, it } from 'vitest';
import { assertSound, fuzzParser } from '../../testing/fuzz-parser.ts';
import { mutateJsonDeep } from '../../testing/mutate-json.ts';
import { mutateText } from '../../testing/mutate-text.ts';
import { CodecError } from '../codec/codec-error.ts';
import { toUtf8 } from '../codec/utf8.ts';
import { credentialInFile, helperOf, parseCredentialFile } from './credential-file.ts';
import { parseChallenges } from './parse-challenge.ts';
import { parseNextLink } from './parse-link.ts';
import { parseRetryAfter } from './retry-after.ts';

const isFault = (error: unknown): boolean => error instanceof CodecError;

it('challenges: what is taken is written and read again as the same', async () => {
  const quote = (value: string): string => `"${value.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
  const result = await fuzzParser({
    seeds: [
      'Bearer realm="https://auth.example/token",service="a.example",scope="repository:a/b:pull,push"',
      String.raw`Basic realm="a \"b\" \\c", Bearer realm=x, , Negotiate`,
      'basic',
    ],
    mutate: mutateText,
    parse: parseChallenges,
    isFault,
    check: (challenges) => {
      const written = challenges.map(
        ({ scheme, parameters }) =>
          `${scheme} ${Array.from(parameters, ([name, value]) => `${name}=${quote(value)}`).join(',')}`,
      );
      expect(parseChallenges(written.join(', '))).toEqual(challenges);
    },
  });
  assertSound(result);
});

it('links: a target stands in the header between its brackets', async () => {
  const { findings } = await fuzzParser({
    seeds: ['</v2/_catalog?last=a&n=10>; rel="next"', '<a>; rel=prev, <b>; title="x,>"; rel="next"', ''],
    mutate: mutateText,
    parse: parseNextLink,
    isFault,
    check: (target, header) => {
      if (target !== undefined) expect(header).toContain(`<${target}>`);
    },
  });
  expect(findings).toEqual([]);
});

it('Retry-After: a time to wait is a number from 0 up', async () => {
  const { findings } = await fuzzParser({
    seeds: ['120', 'Wed, 21 Oct 2099 07:28:00 GMT', '0'],
    mutate: mutateText,
    parse: (header) => parseRetryAfter(header, new Date()),
    isFault,
    check: (waitMs) => expect(waitMs === undefined || (Number.isFinite(waitMs) && waitMs >= 0)).toBe(true),
  });
  expect(findings).toEqual([]);
});

it('credential files: what is taken answers for one host only', async () => {
  const auths = {
    'a.example': { auth: Buffer.from('me:word').toString('base64') },
    'https://b.example/v1/': { username: 'me', password: 'word' },
    'c.example:5000': { identitytoken: 'token' },
  };
  const file = { auths, credHelpers: { 'd.example': 'pass' }, credsStore: '', insecureRegistries: ['e.example'] };
  const result = await fuzzParser({
    seeds: [JSON.stringify(file)],
    mutate: (random, text, other) =>
      random.chance(0.7) ? mutateJsonDeep(random, text, ['"bWU6d29yZA=="', '"bWU="']) : mutateText(random, text, other),
    parse: (text) => {
      const parsed = parseCredentialFile(toUtf8(text));
      const hosts = ['a.example', 'b.example', 'c.example:5000', 'constructor'];
      return {
        strangers: helperOf(parsed, 'z.example') ?? '',
        found: hosts.map((host) => credentialInFile(parsed, host)),
      };
    },
    isFault,
    // A name that every object inherits answers only where the file has it as a host.
    check: ({ found }, text) => {
      if (!text.includes('constructor')) expect(found.at(-1)).toBeUndefined();
    },
  });
  assertSound(result);
});
