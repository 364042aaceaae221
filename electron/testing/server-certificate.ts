import { toPem } from '../domain/x509/pem.ts';
import { derExtension, issueCertificate, type CertificateShape } from './chain-factory.ts';
import { der, derSequence } from '../domain/x509/der-writer.ts';

/** The alternative name of a server at 127.0.0.1 (RFC 5280, 4.2.1.6). */
export const thisMachine = der(0x87, Uint8Array.of(127, 0, 0, 1));

/** A self-signed server certificate for an alternative name, with its key, both in PEM. */
export function createServerCertificate(name: Uint8Array, shape: CertificateShape = {}): { key: string; cert: string } {
  const alternativeName = derExtension('2.5.29.17', false, derSequence(name));
  const { der: bytes, privateKey } = issueCertificate({
    subject: [['CN', 'fake registry']],
    extraExtensions: [alternativeName],
    ...shape,
  });
  return { key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), cert: toPem('CERTIFICATE', bytes) };
}
