import { AppError } from '../../../shared/errors/app-error.ts';
import { CodecError } from '../codec/codec-error.ts';
import { DerError, DerReader } from './der-reader.ts';
import { parseCertificate } from './parse-certificate.ts';
import type { ParsedCertificate } from './parsed-certificate.ts';
import { parsePem } from './pem.ts';

const maxFileBytes = 4_194_304;
const maxCertificates = 1000;

function malformed(fault: string, cause?: unknown): AppError {
  return new AppError('certificate.malformed', { fault }, { cause });
}

function splitDer(bytes: Uint8Array): Uint8Array[] {
  const reader = new DerReader(bytes);
  const parts: Uint8Array[] = [];
  while (!reader.isAtEnd && parts.length <= maxCertificates) parts.push(reader.readAny().raw);
  return parts;
}

function splitFile(bytes: Uint8Array): Uint8Array[] {
  const text = Buffer.from(bytes).toString('latin1');
  try {
    const blocks = parsePem(text);
    return blocks.length > 0 ? blocks.map((block) => block.bytes) : splitDer(bytes);
  } catch (error) {
    if (error instanceof CodecError || error instanceof DerError) throw malformed(`x509: ${error.message}`, error);
    throw error;
  }
}

/**
 * The certificates of a file: PEM blocks of any label, as the reference reads them, or DER one after the other. An empty file has
 * none.
 *
 * @throws AppError `certificate.malformed`; one bad certificate refuses the file
 */
export function parseCertificates(bytes: Uint8Array): readonly ParsedCertificate[] {
  if (bytes.length > maxFileBytes) throw malformed('certificate file too large');
  const parts = splitFile(bytes);
  if (parts.length > maxCertificates) throw malformed('too many certificates in one file');
  return parts.map(parseCertificate);
}
