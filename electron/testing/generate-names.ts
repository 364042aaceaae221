import { escapeValue } from '../../shared/model/distinguished-name.ts';
import type { TestName } from './chain-factory.ts';
import { scramble } from './generate-references.ts';
import type { SeededRandom } from './seeded-random.ts';

const types = ['C', 'ST', 'L', 'O', 'OU', 'CN', '2.5.4.9', '2.5.4.17', '2.5.4.5', '1.2.840.113549.1.9.1', '1.2.3.4'];
const printedTypes: Readonly<Record<string, string>> = {
  '2.5.4.9': 'STREET',
  '2.5.4.17': 'POSTALCODE',
  '2.5.4.5': 'SERIALNUMBER',
};
const values = [
  'US',
  'WA',
  'Notary',
  'Acme, Inc.',
  'a+b',
  'a\\b',
  '"quoted"',
  ' edge ',
  '#start',
  'mid#dle',
  'a=b',
  'a=#b',
  '<tag>;',
  '印鑑',
  'é',
  '\u{1f642}',
  '',
  '\u0000',
  'a\nb',
  '__proto__',
  'constructor',
  'CN=x',
  'notary',
  'x'.repeat(300),
];

/** A subject that nearly always has what Notation asks for, and now and then something odd beside it. */
export function generateSubject(random: SeededRandom): TestName {
  const name: [string, string][] = [
    ['C', random.pick(['US', 'JP'])],
    ['ST', random.pick(['WA', 'Tokyo', ...values.slice(3, 8)])],
    ['O', random.pick(['Notary', 'Acme', ...values])],
  ];
  for (let left = random.below(4); left > 0; left -= 1) name.push([random.pick(types), random.pick(values)]);
  if (random.chance(0.05)) name.splice(random.below(3), 1);
  if (random.chance(0.2)) name.reverse();
  return name;
}

type Part = readonly [type: string, value: string];

/** The parts an identity would name, with a change now and then. */
function generateParts(random: SeededRandom, subject: TestName): Part[] {
  const parts = subject.flatMap(([type, value]): Part[] => {
    const isNeeded = type === 'C' || type === 'ST' || type === 'O';
    if (typeof value !== 'string' || (!isNeeded && random.chance(0.4))) return [];
    return [[printedTypes[type] ?? type, value]];
  });
  if (random.chance(0.25)) {
    const at = random.below(parts.length);
    const [type = 'C', value = ''] = parts[at] ?? [];
    parts[at] = random.pick<Part>([
      [type, random.pick(values)],
      [type.toLowerCase(), value],
      ['__proto__', value],
      [type === 'ST' ? 'S' : type, value],
    ]);
  }
  if (random.chance(0.05)) parts.push(random.pick(parts.length > 0 ? parts : [['C', 'US']]));
  return random.chance(0.3) ? parts.reverse() : parts;
}

/** A trusted identity that often names a subject, often only nearly. */
export function generateIdentity(random: SeededRandom, subject: TestName): string {
  const separator = random.pick([', ', ',', ' , ', ';', ', ']);
  const text = generateParts(random, subject)
    .map(([type, value]) => `${type}=${random.chance(0.95) ? escapeValue(value) : value}`)
    .join(random.chance(0.03) ? '+' : separator);
  const prefix = random.chance(0.95) ? 'x509.subject:' : random.pick(['x509.subject', 'X509.subject:', 'arn:', '']);
  return `${prefix}${random.chance(0.5) ? ' ' : ''}${random.chance(0.15) ? scramble(random, text) : text}`;
}
