import type { ContentDocument } from '../../../shared/model/content.ts';
import type { Digest } from '../../../shared/model/digest.ts';
import { isAppError } from '../../../shared/errors/app-error.ts';
import { parseBase64 } from '../codec/base64.ts';
import { CodecError } from '../codec/codec-error.ts';
import { toRfc3339 } from '../codec/rfc3339.ts';
import { parseStrictJson, isJsonObject, type JsonObject, type JsonValue } from '../codec/strict-json.ts';
import { parseCertificate } from '../x509/parse-certificate.ts';
import { parsePem } from '../x509/pem.ts';
import { isAbout, listOf, objectOf, textOf, toDocument, toList, type Facts } from './document.ts';

const maxCertificateBytes = 64 * 1024;
const maxAnnotationBytes = 256 * 1024;

/** cosign's annotations on the layer of a signature. */
const annotations = {
  signature: 'dev.cosignproject.cosign/signature',
  certificate: 'dev.sigstore.cosign/certificate',
  bundle: 'dev.sigstore.cosign/bundle',
} as const;

/** Whom a certificate of Sigstore names. It is shown, and trusted by nobody here. */
function certificateFacts(der: Uint8Array): Facts {
  try {
    const { x509, subject, issuer, notBefore, notAfter, sha256 } = parseCertificate(der);
    return [
      ['identity', x509.subjectAltName ?? subject],
      ['issuer', issuer],
      ['validFrom', toRfc3339(notBefore)],
      ['validTo', toRfc3339(notAfter)],
      ['fingerprint', sha256],
    ];
  } catch (error) {
    if (isAppError(error)) return [];
    throw error;
  }
}

function fromPem(pem: string | undefined): Facts {
  if (pem === undefined || pem.length > maxCertificateBytes) return [];
  try {
    const [block] = parsePem(pem);
    return block?.label === 'CERTIFICATE' ? certificateFacts(block.bytes) : [];
  } catch (error) {
    if (isAppError(error) || error instanceof CodecError) return [];
    throw error;
  }
}

function fromBase64(text: JsonValue | undefined): Uint8Array | undefined {
  if (typeof text !== 'string' || text.length > maxCertificateBytes * 2) return undefined;
  try {
    return parseBase64(text);
  } catch (error) {
    if (error instanceof CodecError) return undefined;
    throw error;
  }
}

/** Seconds since 1970 as a time. */
function toTime(seconds: string | undefined): string | undefined {
  if (seconds === undefined || !/^\d{1,11}$/.test(seconds)) return undefined;
  return toRfc3339(new Date(Number(seconds) * 1000));
}

function logFacts(bundle: string | undefined): Facts {
  if (bundle === undefined) return [];
  try {
    const payload = objectOf(parseStrictJson(bundle, { maxBytes: maxAnnotationBytes }), 'Payload');
    return [
      ['logIndex', textOf(payload, 'logIndex')],
      ['logTime', toTime(textOf(payload, 'integratedTime'))],
    ];
  } catch (error) {
    if (error instanceof CodecError) return [];
    throw error;
  }
}

/**
 * The payload of cosign's older signatures, "simple signing", with what its layer's annotations add: signature, certificate, entry in
 * the transparency log. Undefined when it is none.
 */
export function readSimpleSigning(
  object: JsonObject,
  notes: Readonly<Record<string, string>>,
  subject: Digest | undefined,
  text?: string,
): ContentDocument | undefined {
  const critical = objectOf(object, 'critical');
  const digest = textOf(objectOf(critical, 'image'), 'docker-manifest-digest');
  if (digest === undefined) return undefined;
  return toDocument('simpleSigning', {
    facts: [
      ['reference', textOf(objectOf(critical, 'identity'), 'docker-reference')],
      ['digest', digest],
      ...fromPem(notes[annotations.certificate]),
      ...logFacts(notes[annotations.bundle]),
      ['signature', notes[annotations.signature]],
    ],
    about: isAbout([digest], subject),
    text,
  });
}

/** A Sigstore bundle (`application/vnd.dev.sigstore.bundle`), without the envelope in it; undefined when it is none. */
export function readBundle(object: JsonObject, text?: string): ContentDocument | undefined {
  const mediaType = textOf(object, 'mediaType');
  if (mediaType?.startsWith('application/vnd.dev.sigstore.bundle') !== true) return undefined;
  const material = objectOf(object, 'verificationMaterial');
  const [chained] = listOf(objectOf(material, 'x509CertificateChain'), 'certificates');
  const single = objectOf(material, 'certificate');
  const der = fromBase64(single['rawBytes'] ?? (isJsonObject(chained) ? chained['rawBytes'] : undefined));
  const [entry] = listOf(material, 'tlogEntries');
  const timestamps = listOf(objectOf(material, 'timestampVerificationData'), 'rfc3161Timestamps');
  return toDocument('sigstoreBundle', {
    facts: [
      ['mediaType', mediaType],
      ...(der ? certificateFacts(der) : []),
      ['keyHint', textOf(objectOf(material, 'publicKey'), 'hint')],
      ['logIndex', textOf(entry, 'logIndex')],
      ['logTime', toTime(textOf(entry, 'integratedTime'))],
      ['timestamp', timestamps.length > 0 ? String(timestamps.length) : undefined],
      ['signature', textOf(objectOf(object, 'messageSignature'), 'signature')],
    ],
    text,
  });
}

/** A DSSE envelope (Dead Simple Signing Envelope), without what it carries; undefined when it is none. */
export function readEnvelope(object: JsonObject, text?: string): ContentDocument | undefined {
  const payloadType = textOf(object, 'payloadType');
  if (payloadType === undefined || typeof object['payload'] !== 'string') return undefined;
  return toDocument('dsse', {
    facts: [['payloadType', payloadType]],
    lists: [
      toList('signatures', listOf(object, 'signatures'), (entry) => ({
        name: textOf(entry, 'keyid'),
        note: textOf(entry, 'sig')?.slice(0, 40),
      })),
    ],
    text,
  });
}
