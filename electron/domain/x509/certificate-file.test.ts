import { describe, expect, it } from 'vitest';
import { createTestChain } from '../../testing/chain-factory.ts';
import { parseCertificates } from './certificate-file.ts';
import { toPem } from './pem.ts';

const { ders, chainPem, certificates } = createTestChain({ length: 3 });
const [leaf = new Uint8Array()] = ders;
const pem = toPem('CERTIFICATE', leaf);

describe('parseCertificates', () => {
  it.each<[string, Uint8Array, number]>([
    ['several PEM blocks', Buffer.from(chainPem), 3],
    ['Windows line ends', Buffer.from(chainPem.replaceAll('\n', '\r\n')), 3],
    ['text around the blocks', Buffer.from(`subject=é\n${pem}-----\nmore ${chainPem}\nend`, 'latin1'), 3],
    ['any label', Buffer.from(toPem('X509 ANYTHING', leaf)), 1],
    [
      'one line of base64',
      Buffer.from(`-----BEGIN A-----\n${Buffer.from(leaf).toString('base64')}\n-----END A-----`),
      1,
    ],
    ['DER', leaf, 1],
    ['DER one after the other', Buffer.concat(ders), 3],
    ['nothing', new Uint8Array(), 0],
  ])('reads %s', (_name, bytes, count) => {
    expect(parseCertificates(bytes)).toEqual(certificates.slice(0, count));
  });

  it.each<[string, Uint8Array]>([
    ['text', Buffer.from('hello')],
    ['a broken block', Buffer.from(`${chainPem}${pem.replace('MI', 'M!')}`)],
    ['a block without an end', Buffer.from(pem.slice(0, -10))],
    ['a block that ends as another', Buffer.from(pem.replace('END CERTIFICATE', 'END KEY'))],
    ['a block that is no certificate', Buffer.from(toPem('CERTIFICATE', Uint8Array.of(1, 2)))],
    ['DER with a byte after it', Uint8Array.of(...leaf, 0)],
    ['more than 4 MiB', new Uint8Array(4_194_305)],
    ['too many', Buffer.from(pem.repeat(1001))],
  ])('refuses %s', (_name, bytes) => {
    expect(() => parseCertificates(bytes)).toThrow(expect.objectContaining({ code: 'certificate.malformed' }) as Error);
  });
});
