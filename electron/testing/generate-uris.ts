import { scramble } from './generate-references.ts';
import type { SeededRandom } from './seeded-random.ts';

const schemes = ['http:', 'https:', 'HTTPS:', 'ldap:', 'urn:', 'a+b.c-1:', '1a:', ':', '', '', 'a_b:', 'é:', 'a%20:'];
const users = ['', '', '', 'u@', 'u:p@', 'u:p:q@', '@', 'a@b@', 'a}@', 'a%20@', 'a%2@', ':%zz@', 'a b@', 'a/b@'];
const names = [
  ...[
    'example.com',
    'EXAMPLE',
    '',
    'a..b',
    '.a',
    'a.',
    'a_b~!$&',
    'a\\b',
    'a b',
    'a<b>"c',
    'a{b',
    'a%25b',
    'a%41',
    'a%C3%A9',
  ],
  ...['a%', 'a%2', 'a[b', '127.0.0.1', 'a^b', 'a`b', "a'b", '(a)', 'a*,;=', 'a\u0001', 'a\u007f', 'a\u00e9'],
];
const groups = ['1', '0', 'ffff', 'FEED', '12345', '', 'g', '1.2.3.4', '1.2.3', '01.2.3.4', '256.1.1.1', '0.0.0.0'];
const zones = ['', '', '', '%25en0', '%25', '%en0', '%25a%20b', '%25a%2fb', '%25%25', '%25a.', '%25a%C3', '%25a\\b'];
const ports = ['', '', '', ':', ':80', ':99999', ':a', ':1:2', '80', ':8%30', ':-1'];
const tails = [
  ...[
    '',
    '',
    '/',
    '/a/b',
    '/a%20b',
    '/a%2',
    '?',
    '?q',
    '?%zz',
    '??',
    '#',
    '#f',
    '#%zz',
    '#a\u0001',
    '/a?b#c',
    '/\u0001',
  ],
  ...['/a b', '\\a', ':a', '/:', '/%', '/é', '#%41#', '?#%', '*'],
];

function generateAddress(random: SeededRandom): string {
  if (random.chance(0.3))
    return random.pick(['::', '::1', 'fe80::1', '::ffff:1.2.3.4', '1:2:3:4:5:6:7:8', ':::', '1::2::3']);
  const list = Array.from({ length: random.pick([1, 6, 7, 7, 8, 8, 9]) }, () =>
    random.chance(0.9) ? random.pick(groups.slice(0, 4)) : random.pick(groups),
  );
  if (random.chance(0.4)) list.splice(random.below(list.length), 1, '', random.pick(groups));
  return list.join(':');
}

function generateHost(random: SeededRandom): string {
  if (random.chance(0.6)) return random.pick(names);
  const inside = generateAddress(random) + random.pick(zones);
  return random.pick(['[', '[', '[', '[', '[', '', '[[']) + inside + random.pick([']', ']', ']', ']', ']', '', ']]']);
}

/** What a certificate could name as a URI: often nearly one, in every part where programs differ about it. */
export function generateUri(random: SeededRandom): string {
  const authority = random.pick(users) + generateHost(random) + random.pick(ports);
  const text =
    random.pick(schemes) + random.pick(['//', '//', '//', '//', '', '/', '///']) + authority + random.pick(tails);
  return random.chance(0.2) ? scramble(random, text) : text;
}
