import { describe, expect, it } from 'vitest';
import { issueCertificate, type TestName } from '../../testing/chain-factory.ts';
import { der } from './der-writer.ts';
import { commonNameOf } from './distinguished-name.ts';
import { parseCertificate } from './parse-certificate.ts';

describe('names as Go prints them', () => {
  it.each<[string, TestName, string]>([
    ['no attributes', [], ''],
    [
      'its own order',
      [
        ['CN', 'c'],
        ['C', 'US'],
        ['O', 'o'],
      ],
      'CN=c,O=o,C=US',
    ],
    [
      'every known type',
      [
        ['C', 'a'],
        ['ST', 'b'],
        ['L', 'c'],
        ['2.5.4.9', 'd'],
        ['2.5.4.17', 'e'],
        ['O', 'f'],
        ['OU', 'g'],
        ['CN', 'h'],
        ['2.5.4.5', 'i'],
      ],
      'SERIALNUMBER=i,CN=h,OU=g,O=f,POSTALCODE=e,STREET=d,L=c,ST=b,C=a',
    ],
    [
      'several values',
      [
        ['OU', 'a'],
        ['O', 'x'],
        ['OU', 'b'],
      ],
      'OU=a+OU=b,O=x',
    ],
    [
      'the last of two common names',
      [
        ['CN', 'a'],
        ['CN', 'b'],
      ],
      'CN=b',
    ],
    ['special characters', [['O', 'a,b+c"d\\e<f>g;h=i#']], 'O=a\\,b\\+c\\"d\\\\e\\<f\\>g\\;h=i#'],
    ['spaces at the edges', [['O', ' a  b ']], 'O=\\ a  b\\ '],
    ['a lone space', [['O', ' ']], 'O=\\ '],
    ['a number sign at the start', [['O', '#a']], 'O=\\#a'],
    ['other scripts', [['O', '印鑑']], 'O=印鑑'],
    [
      'unknown types',
      [
        ['1.2.840.113549.1.9.1', der(0x16, Buffer.from('a@b'))],
        ['0.9.2342.19200300.100.1.25', 'example'],
        ['CN', 'c'],
      ],
      'CN=c,0.9.2342.19200300.100.1.25=#13076578616d706c65,1.2.840.113549.1.9.1=#0c03614062',
    ],
    ['a long value of an unknown type', [['1.2.3.4', 'a'.repeat(300)]], `1.2.3.4=#1382012c${'61'.repeat(300)}`],
    ['BMPString', [['O', der(0x1e, Uint8Array.of(0x53, 0x70, 0x00, 0x61))]], 'O=印a'],
    ['T61String as Latin-1', [['O', der(0x14, Uint8Array.of(0xe9))]], 'O=é'],
    ['NumericString', [['O', der(0x12, Buffer.from('12 3'))]], 'O=12 3'],
    [
      'an empty value',
      [
        ['O', ''],
        ['CN', ''],
      ],
      'O=',
    ],
  ])('%s', (_name, subject, printed) => {
    expect(parseCertificate(issueCertificate({ subject }).der).subject).toBe(printed);
  });

  it('keeps the attributes as they were encoded', () => {
    const parsed = parseCertificate(
      issueCertificate({
        subject: [
          ['CN', 'a,b'],
          ['1.2.3.4', 'x'],
          ['CN', 'c'],
        ],
      }).der,
    );
    expect(parsed.subjectAttributes).toEqual([
      { oid: '2.5.4.3', type: 'CN', value: 'a,b' },
      { oid: '1.2.3.4', type: '1.2.3.4', value: 'x' },
      { oid: '2.5.4.3', type: 'CN', value: 'c' },
    ]);
    expect(commonNameOf(parsed.subjectAttributes)).toBe('c');
    expect(commonNameOf([])).toBeUndefined();
  });

  it('prints long values in no time', () => {
    const name = issueCertificate({ subject: [['O', ' ,'.repeat(32_768)]] }).der;
    // The processor's time, which other processes do not take from us.
    const start = process.cpuUsage();
    expect(parseCertificate(name).subject).toHaveLength(2 + 32_768 * 3 + 1);
    expect(process.cpuUsage(start).user / 1000).toBeLessThan(500);
  });
});
