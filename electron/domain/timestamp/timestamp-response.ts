import { DerReader, derTag, parseDerBitString, parseDerInteger } from '../x509/der-reader.ts';
import { decodeDer, TimestampFault } from './timestamp-fault.ts';

/** What an authority answers (RFC 3161, section 2.4.2): the DER of a token, or why there is none. */
export type TimestampResponse =
  { readonly token: Uint8Array; readonly rejected?: never } | { readonly token?: never; readonly rejected: string };

const statusWords: Readonly<Record<number, string>> = {
  0: 'granted',
  1: 'granted with modifications',
  2: 'rejected',
  3: 'the request body part has not yet been processed, expect to hear more later',
  4: 'warning: a revocation is imminent',
  5: 'a revocation has occurred',
};
/** Bits of PKIFailureInfo. */
const failureWords: Readonly<Record<number, string>> = {
  0: 'unrecognized or unsupported Algorithm Identifier',
  2: 'transaction not permitted or supported',
  5: 'the data submitted has the wrong format',
  14: "the TSA's time source is not available",
  15: 'the requested TSA policy is not supported by the TSA',
  16: 'the requested extension is not supported by the TSA',
  17: 'the additional information requested could not be understood or is not available',
  25: 'the request cannot be handled due to system failure',
};
const maxTextLength = 300;

function readFailures(content: Uint8Array | undefined): string[] {
  if (content === undefined) return [];
  const { bytes } = parseDerBitString(content);
  return Object.entries(failureWords).flatMap(([bit, words]) =>
    ((bytes[Number(bit) >> 3] ?? 0) & (0x80 >> (Number(bit) & 7))) !== 0 ? [words] : [],
  );
}

/** The authority's own words, for display; anything may stand in them. */
function readTexts(content: Uint8Array | undefined): string {
  const reader = new DerReader(content ?? new Uint8Array());
  const texts: string[] = [];
  while (!reader.isAtEnd && texts.length < 8)
    texts.push(Buffer.from(reader.readContent(derTag.utf8String, 'status text')).toString('utf8'));
  return texts.join(' ').slice(0, maxTextLength);
}

/** Why nothing was granted, in the reference's words for status and failures, and the authority's own. */
function readRejection(info: DerReader): string | undefined {
  const status = Number.parseInt(parseDerInteger(info.readContent(derTag.integer, 'status'), 'status'), 16);
  const text = readTexts(info.readOptional(derTag.sequence));
  const failures = readFailures(info.readOptional(derTag.bitString));
  info.assertAtEnd('the status');
  if (status === 0 || status === 1) return undefined;
  const words = statusWords[status] ?? `unknown PKIStatus ${status}`;
  const more = failures.length === 0 ? '' : `. Failure info: ${failures.join('\n')}`;
  const said = text === '' ? '' : ` (${text})`;
  return `invalid timestamping response: invalid response with status code ${status}: ${words}${more}${said}`;
}

/**
 * Reads an answer. What the token says is checked by whoever asked.
 *
 * @throws TimestampFault
 */
export function parseTimestampResponse(bytes: Uint8Array): TimestampResponse {
  return decodeDer('invalid timestamping response', 'tokenMalformed', () => {
    const outer = new DerReader(bytes);
    const response = outer.enter(derTag.sequence, 'response');
    outer.assertAtEnd('the response');
    const rejected = readRejection(response.enter(derTag.sequence, 'status'));
    if (rejected !== undefined) return { rejected };
    if (response.isAtEnd) throw new TimestampFault('invalid timestamping response: no token in the response');
    const token = response.readElement(derTag.sequence, 'token').raw;
    response.assertAtEnd('the token');
    return { token };
  });
}
