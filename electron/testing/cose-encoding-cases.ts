import { CborFloat, CborTag, type CborValue } from '../domain/codec/cbor-value.ts';
import { toCbor } from '../domain/codec/cbor-writer.ts';
import { forgedCose, writtenCose, type CoseCase } from './cose-case.ts';
import { forgeCose, forgeCoseParts, type CoseParts } from './cose-forge.ts';
import { caseChain } from './jws-case.ts';

const refused: CoseCase['reference'] = 'refuses otherwise';
const fiftyThousand: readonly CborValue[] = new Array<number>(50_000).fill(1);
const untagged = 'cbor: invalid COSE_Sign1_Tagged object';

/** The members of a good envelope, put together by hand. */
function written(name: string, write: (parts: readonly Buffer[]) => readonly Uint8Array[], fault?: string): CoseCase {
  const bytes = (): Uint8Array => {
    const parts: CoseParts = forgeCoseParts(caseChain());
    return Buffer.concat(write(parts.map((part) => Buffer.from(toCbor(part)))));
  };
  return writtenCose(name, bytes, fault, fault === undefined ? undefined : refused);
}

function nested(depth: number): CborValue {
  let value: CborValue = 1;
  for (let index = 0; index < depth; index += 1) value = [value];
  return value;
}

const deep = (depth: number): Uint8Array => forgeCose(caseChain(), { unprotected: [['x', nested(depth)]] });
const [tag, four] = [Buffer.of(0xd2), Buffer.of(0x84)];

/** Case E-09 and what else can be wrong below the meaning: the reference refuses or accepts likewise, but where a case says that it accepts. */
export const coseEncodingCases: readonly CoseCase[] = [
  writtenCose('nothing', () => new Uint8Array(), untagged, refused),
  writtenCose('a JWS', () => Buffer.from('{"payload":""}'), untagged),
  writtenCose('no tag', () => forgeCose(caseChain()).subarray(1), untagged),
  writtenCose('the tag of several signers', () => toCbor(new CborTag(98, [...forgeCoseParts(caseChain())])), untagged),
  written('the tag written longer', (parts) => [Buffer.of(0xd8, 0x12), four, ...parts].slice(0), untagged),
  written('the list written longer', (parts) => [tag, Buffer.of(0x98, 0x04), ...parts], untagged),
  written('a list of three', (parts) => [tag, Buffer.of(0x83), ...parts.slice(0, 3)], untagged),
  written('a list without an end', (parts) => [tag, Buffer.of(0x9f), ...parts, Buffer.of(0xff)], untagged),
  written('a byte after it', (parts) => [tag, four, ...parts, Buffer.of(0)], 'cbor: bytes after the CBOR value'),
  written(
    'the last byte missing',
    (parts) => [Buffer.concat([tag, four, ...parts]).subarray(0, -1)],
    'cbor: ends too early, value',
  ),
  written(
    'a header without an end',
    ([a, , c, d]) => [tag, four, ...some(a), Buffer.of(0xbf, 0xff), ...some(c, d)],
    'cbor: indefinite length',
  ),
  written(
    'a payload in pieces',
    ([a, b, , d]) => [tag, four, ...some(a, b), Buffer.of(0x5f, 0x41, 0x7b, 0xff), ...some(d)],
    'cbor: indefinite length',
  ),
  written(
    'a text that is no text',
    ([a, , c, d]) => [tag, four, ...some(a), Buffer.of(0xa1, 0x61, 0xff, 0x01), ...some(c, d)],
    'cbor: text not valid UTF-8',
  ),
  written(
    'a label twice',
    ([a, , c, d]) => [tag, four, ...some(a), Buffer.of(0xa2, 0x61, 0x78, 0x01, 0x61, 0x78, 0x01), ...some(c, d)],
    'cbor: duplicate map key',
  ),
  written(
    'a reserved length',
    ([a, , c, d]) => [tag, four, ...some(a), Buffer.of(0xa1, 0x01, 0x1c), ...some(c, d)],
    'cbor: reserved length',
  ),
  written(
    'a simple value written wrong',
    ([a, , c, d]) => [tag, four, ...some(a), Buffer.of(0xa1, 0x18, 0x63, 0xf8, 0x10), ...some(c, d)],
    'cbor: malformed simple value',
  ),
  written(
    'an integer above 2^63',
    ([a, , c, d]) => [tag, four, ...some(a), Buffer.from('a118631bffffffffffffffff', 'hex'), ...some(c, d)],
    'cbor: integer above 2^63 - 1',
  ),
  written(
    'a claim of 4 GiB',
    ([a, b]) => [tag, four, ...some(a, b), Buffer.from('5affffffff00', 'hex')],
    'cbor: ends too early, value',
  ),
  written(
    'a claim of 2^63 bytes',
    ([a, b]) => [tag, four, ...some(a, b), Buffer.from('5b7fffffffffffffff00', 'hex')],
    'cbor: ends too early, value',
  ),
  written(
    'a list of 2^32',
    ([a]) => [tag, four, ...some(a), Buffer.from('a118639affffffff00', 'hex')],
    'cbor: ends too early, value',
  ),
  written(
    'a map of 2^32',
    ([a]) => [tag, four, ...some(a), Buffer.from('baffffffff00', 'hex')],
    'cbor: ends too early, value',
  ),
  written(
    '5,000 lists in each other',
    ([a]) => [tag, four, ...some(a), Buffer.from('a11863', 'hex'), Buffer.alloc(5000, 0x81)],
    'cbor: nested deeper than 32',
  ),
  written(
    '5,000 tags in each other',
    ([a]) => [tag, four, ...some(a), Buffer.from('a11863', 'hex'), Buffer.alloc(5000, 0xc1)],
    'cbor: tag where none may be',
  ),
  writtenCose('as deep as may be', () => deep(30)),
  writtenCose('one deeper', () => deep(31), 'cbor: nested deeper than 32', refused),
  writtenCose(
    'four million numbers',
    () =>
      Buffer.concat([
        tag,
        four,
        Buffer.from('40a118639a003d0900', 'hex'),
        Buffer.alloc(4_000_000, 1),
        Buffer.from('4040', 'hex'),
      ]),
    'cbor: too many values',
    refused,
  ),
  forgedCose(
    '150,000 numbers in three lists',
    { unprotected: [['x', [fiftyThousand, fiftyThousand, fiftyThousand]]] },
    'cbor: too many values',
    'accepts',
  ),
  forgedCose(
    'a text with a byte order mark',
    { unprotected: [['io.cncf.notary.signingAgent', '\ufeffagent']] },
    'cbor: text starts with a byte order mark',
    'accepts',
  ),
  forgedCose(
    'an expiry that is no number',
    {
      header: [
        ['io.cncf.notary.expiry', new CborTag(1, new CborFloat(NaN))],
        [2, ['io.cncf.notary.signingScheme', 'io.cncf.notary.expiry']],
      ],
    },
    'invalid expiry: not a whole number of seconds',
    'accepts',
  ),
];

function some(...parts: readonly (Buffer | undefined)[]): Buffer[] {
  return parts.filter((part) => part !== undefined);
}
