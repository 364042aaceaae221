import { AppError } from '../../../shared/errors/app-error.ts';
import { signatureFormatSchema, type SignatureFormat } from '../../../shared/model/signature-format.ts';

/** The name that a signature of a file gets, as with the reference. */
export function toSignatureFileName(name: string, format: SignatureFormat): string {
  return `${name}.${format}.sig`;
}

/**
 * The envelope format that the name of a signature file tells: the part before the last, `.sig`, both in any case of letters.
 * @throws AppError `blob.badSignatureName` with the reference's sentence
 */
export function parseSignatureFileName(name: string): SignatureFormat {
  const parts = name.split('.');
  const refuse = (fault: string) => new AppError('blob.badSignatureName', { name, fault });
  if (parts.length < 2 || parts.at(-1)?.toLowerCase() !== 'sig')
    throw refuse(`invalid signature filename ${name}. The file extension must be .sig`);
  if (parts.length < 3)
    throw refuse(
      `invalid signature filename ${name}. A valid signature file name must contain signature format and .sig file extension`,
    );
  const format = signatureFormatSchema.safeParse(parts.at(-2)?.toLowerCase());
  if (format.success) return format.data;
  throw refuse(
    `signature format "${parts.at(-2)?.toLowerCase() ?? ''}" not supported\nSupported signature envelope formats are "jws" and "cose"`,
  );
}
