import { DerError } from '../x509/der-reader.ts';

/** At which step a token or an answer falls; with `timestamp.` before it, the code of the verification's reason. */
export type TimestampFaultCode =
  | 'tokenMalformed'
  | 'infoMalformed'
  | 'otherSignature'
  | 'tokenInvalid'
  | 'chainNotTrusted'
  | 'chainInvalid'
  | 'beforeCertificate'
  | 'afterCertificate';

/** Says why a timestamp token or answer is not what it must be, in the reference's words where it has some. */
export class TimestampFault extends Error {
  override readonly name = 'TimestampFault';
  readonly code: TimestampFaultCode;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(
    message: string,
    options: { code?: TimestampFaultCode; details?: Readonly<Record<string, unknown>>; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.code = options.code ?? 'tokenMalformed';
    this.details = options.details ?? {};
  }
}

/** Runs a decoder of untrusted DER; its complaints become a fault that begins with `prefix`. @throws TimestampFault */
export function decodeDer<T>(prefix: string, code: TimestampFaultCode, decode: () => T): T {
  try {
    return decode();
  } catch (error) {
    if (error instanceof DerError) throw new TimestampFault(`${prefix}: ${error.message}`, { code, cause: error });
    throw error;
  }
}
