import { derExtension, issueCertificate, leafShape } from './chain-factory.ts';
import { der, derInteger, derOid, derSequence } from '../domain/x509/der-writer.ts';

const text = (tag: number, value: string): Uint8Array => der(tag, Buffer.from(value));
const subtree = (base: Uint8Array): Uint8Array => derSequence(base);
const address = [10, 0, 0, 0, 255, 0, 0, 0];

/** Every extension that the reference's parser looks into, well formed. */
const extensions: readonly Uint8Array[] = [
  derExtension('2.5.29.14', false, der(0x04, Uint8Array.of(1, 2, 3, 4))),
  derExtension('2.5.29.35', false, derSequence(der(0x80, Uint8Array.of(1, 2, 3, 4)))),
  derExtension(
    '2.5.29.17',
    false,
    derSequence(
      text(0x81, 'a@example.com'),
      text(0x82, 'www.example.com'),
      text(0x86, 'https://user@example.com:80/a%20b?c#d'),
      der(0x87, Uint8Array.of(127, 0, 0, 1)),
      der(0xa0, derOid('1.2.3.4'), der(0xa0, text(0x0c, 'x'))),
    ),
  ),
  derExtension(
    '2.5.29.30',
    true,
    derSequence(
      der(0xa0, subtree(text(0x82, '.example.com')), subtree(der(0x87, Uint8Array.from(address)))),
      der(
        0xa1,
        subtree(text(0x81, 'a@example.com')),
        subtree(text(0x81, 'example.com')),
        subtree(text(0x86, '.example.com')),
      ),
    ),
  ),
  derExtension('2.5.29.32', false, derSequence(derSequence(derOid('1.2.3.4')), derSequence(derOid('2.5.29.32.0')))),
  derExtension('2.5.29.33', false, derSequence(derSequence(derOid('1.2.3.4'), derOid('1.2.3.5')))),
  derExtension('2.5.29.36', true, derSequence(der(0x80, Uint8Array.of(0)), der(0x81, Uint8Array.of(3)))),
  derExtension('2.5.29.54', true, derInteger(Uint8Array.of(2))),
  derExtension('1.2.3.4.5', false, text(0x0c, 'unknown')),
];

/** A signing certificate with servers for revocation and one of every extension. */
export function createRichCertificate(key: 'EC-256' | 'RSA-2048' = 'EC-256'): Uint8Array {
  return issueCertificate({
    ...leafShape,
    key,
    basicConstraints: { ca: false },
    ocspUrls: ['http://ocsp.example'],
    crlUrls: ['http://crl.example/a', 'http://crl.example/b'],
    extraExtensions: extensions,
  }).der;
}
