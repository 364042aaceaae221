import { mediaTypes } from '../../../shared/model/media-types.ts';
import { toSortedMap } from '../codec/go-text.ts';
import { toRfc3339 } from '../codec/rfc3339.ts';
import type { ParsedCertificate } from '../x509/parsed-certificate.ts';
import { toGoTime } from './go-time.ts';
import type { InspectedSignature, InspectedTimestamp } from './inspected-signature.ts';

interface Node {
  readonly text: string;
  readonly children: readonly Node[];
}

function leaf(text: string): Node {
  return { text, children: [] };
}

function toCertificates(chain: readonly ParsedCertificate[]): Node {
  return {
    text: 'certificates',
    children: chain.map(({ sha256, subject, issuer, notAfter }) => ({
      text: `SHA256 fingerprint: ${sha256}`,
      children: [
        leaf(`issued to: ${subject}`),
        leaf(`issued by: ${issuer}`),
        leaf(`expiry: ${toGoTime(toRfc3339(notAfter)).ansic}`),
      ],
    })),
  };
}

function toTimestamp(timestamp: InspectedTimestamp): Node {
  const text = 'timestamp signature';
  if ('error' in timestamp) return { text, children: [leaf(`error: ${timestamp.error}`)] };
  const [earliest, latest] = timestamp.range;
  return {
    text,
    children: [leaf(`timestamp: [${earliest.ansic}, ${latest.ansic}]`), toCertificates(timestamp.certificates)],
  };
}

function toSignature(signature: InspectedSignature): Node {
  const { expiry, signingAgent, timestamp, target, userMetadata = {} } = signature;
  const metadata = [...toSortedMap(userMetadata)].map(([name, value]) => leaf(`${name}: ${value}`));
  const signed = [
    leaf(`content type: ${signature.contentType}`),
    leaf(`signing scheme: ${signature.signingScheme}`),
    leaf(`signing time: ${signature.signingTime.ansic}`),
    ...(expiry ? [leaf(`expiry: ${expiry.ansic}`)] : []),
    ...signature.extendedAttributes.map(([name, value]) => leaf(`${name}: ${value}`)),
  ];
  const unsigned = [
    ...(signingAgent === undefined ? [] : [leaf(`signing agent: ${signingAgent}`)]),
    ...(timestamp ? [toTimestamp(timestamp)] : []),
  ];
  const artifact = [
    leaf(`media type: ${target.mediaType}`),
    leaf(`digest: ${target.digest}`),
    leaf(`size: ${target.size}`),
  ];
  return {
    text: signature.digest,
    children: [
      leaf(`signature algorithm: ${signature.algorithm}`),
      leaf(`signature envelope type: ${signature.envelopeType}`),
      { text: 'signed attributes', children: signed },
      { text: 'user defined attributes', children: metadata.length === 0 ? [leaf('(empty)')] : metadata },
      { text: 'unsigned attributes', children: unsigned },
      toCertificates(signature.certificates),
      { text: 'signed artifact', children: artifact },
    ],
  };
}

function toLines(children: readonly Node[], indent: string): string[] {
  return children.flatMap(({ text, children: below }, index) => {
    const isLast = index === children.length - 1;
    return [`${indent}${isLast ? '└── ' : '├── '}${text}`, ...toLines(below, `${indent}${isLast ? '    ' : '│   '}`)];
  });
}

/** What `notation inspect` prints. @param reference of the artifact, with its digest */
export function toInspectTree(reference: string, signatures: readonly InspectedSignature[]): string {
  if (signatures.length === 0) return `${reference} has no associated signature\n`;
  const root = { text: mediaTypes.notarySignature, children: signatures.map(toSignature) };
  return `${['Inspecting all signatures for signed artifact', reference, ...toLines([root], '')].join('\n')}\n`;
}

/** What `notation blob inspect` prints of a signature file. @param name of the file, as it was named on the command line */
export function toInspectFileTree(name: string, signature: InspectedSignature): string {
  return `${[name, ...toLines(toSignature(signature).children, '')].join('\n')}\n`;
}
