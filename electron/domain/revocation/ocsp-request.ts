import { createHash } from 'node:crypto';
import { DerReader, derTag, parseDerBitString } from '../x509/der-reader.ts';
import { der, derInteger, derNull, derOid, derSequence } from '../x509/der-writer.ts';
import type { ParsedCertificate } from '../x509/parsed-certificate.ts';

const sha1Oid = '1.3.14.3.2.26';
const maxGetLength = 255;

interface IssuerHashes {
  readonly name: Uint8Array;
  readonly key: Uint8Array;
}

/** By hash; an issuer is asked about again and again. */
const known = new WeakMap<ParsedCertificate, Map<string, IssuerHashes>>();

/** Hashes of an issuer's name and key (RFC 6960, section 4.1.1); the key without its algorithm. */
export function hashIssuer(issuer: ParsedCertificate, hash: string): IssuerHashes {
  const hashes = known.get(issuer) ?? new Map<string, IssuerHashes>();
  known.set(issuer, hashes);
  const made = hashes.get(hash) ?? makeHashes(issuer, hash);
  hashes.set(hash, made);
  return made;
}

function makeHashes(issuer: ParsedCertificate, hash: string): IssuerHashes {
  const encoded = issuer.publicKey.export({ type: 'spki', format: 'der' });
  const spki = new DerReader(encoded).enter(derTag.sequence, 'public key');
  spki.readContent(derTag.sequence, 'public key algorithm identifier');
  const { bytes } = parseDerBitString(spki.readContent(derTag.bitString, 'public key'));
  const digest = (content: Uint8Array): Uint8Array => createHash(hash).update(content).digest();
  return { name: digest(issuer.rawSubject), key: digest(bytes) };
}

/** An OCSP request for one certificate, named by SHA-1 hashes as with the reference: some responders know no others. */
export function encodeOcspRequest(certificate: ParsedCertificate, issuer: ParsedCertificate): Uint8Array {
  const { name, key } = hashIssuer(issuer, 'sha1');
  const serial = derInteger(Buffer.from(certificate.serialNumber, 'hex'));
  const algorithm = derSequence(derOid(sha1Oid), derNull());
  const id = derSequence(algorithm, der(derTag.octetString, name), der(derTag.octetString, key), serial);
  // OCSPRequest, TBSRequest, requestList, Request
  return derSequence(derSequence(derSequence(derSequence(id))));
}

/** Where and how an OCSP request is sent (RFC 6960, appendix A.1): in the address while that stays short, else in the body. */
export function placeOcspRequest(server: string, request: Uint8Array): { url: string; body?: Uint8Array } {
  const encoded = Buffer.from(request).toString('base64');
  const escaped = encodeURIComponent(encoded);
  if (encoded.length >= maxGetLength || escaped.length >= maxGetLength) return { url: server, body: request };
  const url = new URL(server);
  url.pathname = `${url.pathname.replace(/\/$/, '')}/${escaped}`;
  return { url: url.href };
}
