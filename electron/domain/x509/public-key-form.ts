import { DerError, DerReader, derTag, parseDerBitString, parseDerInteger, parseDerOid } from './der-reader.ts';

const rsaEncryption = '1.2.840.113549.1.1.1';
/** An exponent of more bytes is refused: the reference reads it into a machine word. */
const maxExponentDigits = 16;

function isEven(hex: string): boolean {
  return Number.parseInt(hex.slice(-1), 16) % 2 === 0;
}

/** RSAPublicKey (RFC 8017, appendix A.1.1): two positive, odd integers and nothing else. */
function assertRsaKey(bytes: Uint8Array): void {
  const outer = new DerReader(bytes);
  const key = outer.enter(derTag.sequence, 'RSA public key');
  outer.assertAtEnd('the RSA public key');
  const modulus = parseDerInteger(key.readContent(derTag.integer, 'RSA modulus'), 'RSA modulus');
  const exponent = parseDerInteger(key.readContent(derTag.integer, 'RSA public exponent'), 'RSA public exponent');
  key.assertAtEnd('the RSA public key');
  if (isEven(modulus)) throw new DerError('invalid RSA modulus');
  if (isEven(exponent) || exponent.length > maxExponentDigits) throw new DerError('invalid RSA public exponent');
}

/**
 * Refuses a SubjectPublicKeyInfo (RFC 5280, section 4.1.2.7) that OpenSSL reads and the reference does not: RSA keys without NULL
 * parameters, or with integers that cannot be such a key's.
 *
 * @throws DerError
 */
export function assertPublicKeyForm(spki: Uint8Array): void {
  const reader = new DerReader(spki);
  const identifier = reader.enter(derTag.sequence, 'public key algorithm identifier');
  const oid = parseDerOid(identifier.readContent(derTag.oid, 'public key algorithm identifier'));
  const { bytes } = parseDerBitString(reader.readContent(derTag.bitString, 'subjectPublicKey'));
  reader.assertAtEnd('the public key');
  if (oid !== rsaEncryption) return;
  if (identifier.readOptional(derTag.null)?.length !== 0) throw new DerError('RSA key missing NULL parameters');
  assertRsaKey(bytes);
}
