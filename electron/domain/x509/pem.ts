import { CodecError } from '../codec/codec-error.ts';
import { parseBase64, toBase64 } from '../codec/base64.ts';

/** One block of a PEM text (RFC 7468, with the headers of RFC 1421). */
export interface PemBlock {
  readonly label: string;
  /** `Name: value` lines before the data, as encrypted PKCS#1 keys have them. */
  readonly headers: readonly string[];
  readonly bytes: Uint8Array;
}

const begin = '-----BEGIN ';
const end = '-----END ';
const dashes = '-----';

function labelOf(line: string, beginning: string): string | undefined {
  const trimmed = line.trimEnd();
  const isMarker =
    trimmed.startsWith(beginning) && trimmed.endsWith(dashes) && trimmed.length > beginning.length + dashes.length - 1;
  return isMarker ? trimmed.slice(beginning.length, -dashes.length) : undefined;
}

function toBlock(label: string, lines: readonly string[]): PemBlock {
  const headers = lines.filter((line) => line.includes(':'));
  const data = lines
    .filter((line) => !line.includes(':'))
    .join('')
    .replaceAll(/[ \t]/g, '');
  return { label, headers, bytes: parseBase64(data) };
}

/**
 * The blocks of a PEM text in order; text between them is skipped.
 *
 * @throws CodecError when a block does not end or is not base64
 */
export function parsePem(text: string): readonly PemBlock[] {
  const blocks: PemBlock[] = [];
  let label: string | undefined;
  let lines: string[] = [];
  for (const line of text.split(/\r?\n/)) {
    if (label === undefined) {
      label = labelOf(line, begin);
      lines = [];
    } else if (labelOf(line, end) !== undefined) {
      if (labelOf(line, end) !== label) throw new CodecError('a PEM block ends as another');
      blocks.push(toBlock(label, lines));
      label = undefined;
    } else {
      lines.push(line);
    }
  }
  if (label !== undefined) throw new CodecError('a PEM block has no end');
  return blocks;
}

/** One PEM block with lines of 64 characters. */
export function toPem(label: string, bytes: Uint8Array): string {
  const lines = toBase64(bytes).match(/.{1,64}/g) ?? [];
  return `${begin}${label}${dashes}\n${lines.map((line) => `${line}\n`).join('')}${end}${label}${dashes}\n`;
}
