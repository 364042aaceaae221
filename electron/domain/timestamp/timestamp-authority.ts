import { AppError, isAppError } from '../../../shared/errors/app-error.ts';
import { parseCertificates } from '../x509/certificate-file.ts';
import type { ParsedCertificate } from '../x509/parsed-certificate.ts';
import { anchorFault } from '../x509/trust-anchor.ts';

/** Whom to ask for a timestamp, and the root that the answer must lead to; both made by the functions below. */
export interface TimestampAuthority {
  readonly url: URL;
  readonly root: ParsedCertificate;
}

const maxUrlLength = 2048;

/**
 * The address of a timestamp authority: http or https with a host (audit A-23). A name and password in it are refused: they
 * would show in the copied command and in the settings.
 *
 * @throws AppError `timestamp.badUrl`
 */
export function parseAuthorityUrl(text: string): URL {
  const refuse = (fault: 'syntax' | 'scheme' | 'host' | 'credentials', shown = text): AppError =>
    new AppError('timestamp.badUrl', { url: shown.slice(0, 300), fault });
  if (text.length > maxUrlLength || !URL.canParse(text)) throw refuse('syntax');
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw refuse('scheme');
  if (url.username !== '' || url.password !== '') throw refuse('credentials', `${url.protocol}//${url.host}`);
  if (!/^https?:\/\/[^/]/i.test(text)) throw refuse('host');
  return url;
}

/**
 * The root that timestamps are trusted through when signing: exactly one certificate in PEM or DER, a self-signed root that is
 * valid now (signing workflow of the reference; validity told early by audit A-23).
 *
 * @param file names it in errors
 * @throws AppError `timestamp.badRoot`
 */
export function parseAuthorityRoot(bytes: Uint8Array, file: string, now: Date): ParsedCertificate {
  const [root, second] = readCertificates(bytes, file);
  if (root === undefined) throw new AppError('timestamp.badRoot', { fault: 'none', what: file });
  if (second !== undefined) throw new AppError('timestamp.badRoot', { fault: 'several', what: file });
  const fault = anchorFault(root, 'tsa');
  if (fault !== undefined) throw new AppError('timestamp.badRoot', { fault: 'notRoot', what: fault });
  if (now < root.notBefore || now > root.notAfter)
    throw new AppError('timestamp.badRoot', { fault: 'notValidNow', what: root.subject });
  return root;
}

function readCertificates(bytes: Uint8Array, file: string): readonly ParsedCertificate[] {
  try {
    return parseCertificates(bytes);
  } catch (error) {
    if (!isAppError(error, 'certificate.malformed')) throw error;
    throw new AppError('timestamp.badRoot', { fault: 'unreadable', what: `${file}: ${error.details.fault}` });
  }
}
