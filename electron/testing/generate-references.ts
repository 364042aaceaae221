import type { SeededRandom } from './seeded-random.ts';

const hosts = [
  'registry.example',
  'localhost',
  'localhost:5000',
  'A.b-c.example:443',
  '127.0.0.1:5000',
  '[::1]',
  '[::1]:5000',
  '[fe80::1%25eth0]',
  'under_score.example',
  '-a.example',
  'a-.example',
  'a..example',
  'example.',
  '.example',
  'user@registry.example',
  'user:word@registry.example',
  'registry.example:',
  'registry.example:0',
  'registry.example:99999',
  'registry.example:5000x',
  '',
  'é.example',
  '例え.example',
  'a%2fb',
  'a b',
];
const parts = [
  'acme',
  'web',
  'a',
  '0',
  'a.b',
  'a_b',
  'a__b',
  'a___b',
  'a-b',
  'a--b',
  'a._b',
  'a-',
  '_a',
  '.',
  '..',
  '',
];
const oddParts = [
  'Web',
  'wéb',
  'a b',
  '*',
  'a*',
  'a+b',
  'a%b',
  'a\\b',
  '\u0000',
  'a\n',
  '印鑑',
  'local',
  'x'.repeat(60),
];
const tags = [
  '1.0',
  'latest',
  'v1.0.0-rc.1',
  '_x',
  '-x',
  '.x',
  'a+b',
  '',
  'é',
  'x'.repeat(128),
  'x'.repeat(129),
  'a:b',
  'a/b',
];
const hex = [...'0123456789abcdef'];
const anything = [...'abzAZ09._-/:@*[]%#?&=+ \u0000\t\n"\\\'éß印🙂\u200b'];

function generateDigest(random: SeededRandom): string {
  const algorithm = random.pick([
    'sha256',
    'sha256',
    'sha256',
    'sha384',
    'sha512',
    'sha1',
    'SHA256',
    'md5',
    '',
    'a+b.c_d-e',
  ]);
  const length = random.pick([64, 64, 64, 96, 128, 63, 65, 40, 0]);
  const digits = random.text(hex, length);
  return `${algorithm}${random.pick([':', ':', ':', ':', '', '::'])}${random.chance(0.1) ? digits.toUpperCase() : digits}`;
}

function generatePath(random: SeededRandom): string {
  const list = random.several(random.chance(0.15) ? [...parts, ...oddParts] : parts.slice(0, 10), 4);
  return list.join(random.chance(0.03) ? '//' : '/');
}

/** Removes, doubles, swaps or puts in a few characters. */
export function scramble(random: SeededRandom, text: string): string {
  const characters = Array.from(text);
  for (let left = 1 + random.below(3); left > 0; left -= 1) {
    const at = random.below(characters.length + 1);
    const kept = characters[at];
    const put = random.pick([[], [random.pick(anything)], [random.pick(anything), ...(kept ? [kept] : [])]]);
    characters.splice(at, 1, ...put, ...(random.chance(0.1) && kept ? [kept, kept] : []));
  }
  return characters.join('');
}

/** A text that is nearly, and often enough exactly, a reference to an artifact in a registry. */
export function generateReference(random: SeededRandom): string {
  const host = random.pick(random.chance(0.7) ? hosts.slice(0, 5) : hosts);
  const tag = random.chance(0.5) ? `:${random.pick(random.chance(0.8) ? tags.slice(0, 4) : tags)}` : '';
  const digest = random.chance(0.4) ? `@${generateDigest(random)}` : '';
  const slash = random.chance(0.98) ? '/' : '';
  const text = `${host}${slash}${generatePath(random)}${tag}${digest}`;
  return random.chance(0.3) ? scramble(random, text) : text;
}

/** A text that is nearly, and often enough exactly, a registry scope of a trust policy. */
export function generateScope(random: SeededRandom): string {
  const host = random.pick(random.chance(0.7) ? [...hosts.slice(0, 5), 'local'] : hosts);
  const text = `${host}/${generatePath(random)}`;
  if (random.chance(0.05)) return text + random.pick(['/*', '*', ':1.0', '@', '/']);
  return random.chance(0.3) ? scramble(random, text) : text;
}
