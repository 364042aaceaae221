import { DerError, DerReader, derTag, parseDerBitString, parseDerInteger, parseDerOid } from './der-reader.ts';

const rsaEncryption = '1.2.840.113549.1.1.1';
const ecPublicKey = '1.2.840.10045.2.1';
/** How many bytes a coordinate has on the curves that the reference knows. */
const coordinateBytes: Readonly<Record<string, number>> = {
  '1.3.132.0.33': 28,
  '1.2.840.10045.3.1.7': 32,
  '1.3.132.0.34': 48,
  '1.3.132.0.35': 66,
};
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
 * ECParameters and ECPoint (RFC 5480, sections 2.1.1 and 2.2): a named curve, and a point with both coordinates. Node must never see
 * another: it ends the whole process when it is asked about a key that is the point at infinity.
 */
function assertEcKey(parameters: DerReader, point: Uint8Array): void {
  const curve = parseDerOid(parameters.readContent(derTag.oid, 'ECDSA parameters'));
  parameters.assertAtEnd('the ECDSA parameters');
  const bytes = Object.hasOwn(coordinateBytes, curve) ? coordinateBytes[curve] : undefined;
  if (bytes === undefined) throw new DerError('unsupported elliptic curve');
  if (point[0] !== 0x04 || point.length !== 1 + 2 * bytes) throw new DerError('invalid ECDSA public key');
}

/**
 * Refuses a SubjectPublicKeyInfo (RFC 5280, section 4.1.2.7) that OpenSSL reads and the reference does not: RSA keys without NULL
 * parameters, or with integers that cannot be such a key's; EC keys on other curves, or that are no uncompressed point.
 *
 * @throws DerError
 */
export function assertPublicKeyForm(spki: Uint8Array): void {
  const reader = new DerReader(spki);
  const identifier = reader.enter(derTag.sequence, 'public key algorithm identifier');
  const oid = parseDerOid(identifier.readContent(derTag.oid, 'public key algorithm identifier'));
  const { bytes, unusedBits } = parseDerBitString(reader.readContent(derTag.bitString, 'subjectPublicKey'));
  reader.assertAtEnd('the public key');
  if (unusedBits > 0) throw new DerError('malformed subjectPublicKey');
  if (oid === ecPublicKey) assertEcKey(identifier, bytes);
  if (oid !== rsaEncryption) return;
  if (identifier.readOptional(derTag.null)?.length !== 0) throw new DerError('RSA key missing NULL parameters');
  assertRsaKey(bytes);
}
