/** What a pasted text is about: a certificate, or the reference in it. */
export interface PastedText {
  readonly pem?: string;
  readonly reference?: string;
}

const pemStart = '-----BEGIN CERTIFICATE-----';
/** Flags of `notation` that take a value as the next word. */
const valueFlags = new Set([
  '-d',
  '-u',
  '-p',
  '-k',
  '-e',
  '-m',
  '-o',
  '-s',
  '--debug',
  '--username',
  '--password',
  '--key',
  '--id',
  '--plugin',
  '--plugin-config',
  '--expiry',
  '--user-metadata',
  '--output',
  '--scope',
  '--signature-format',
  '--max-signatures',
  '--timestamp-url',
  '--timestamp-root-cert',
]);
const switches = new Set(['-d', '--debug']);

/** Finds the reference in a `notation` command line, or the PEM, in what was pasted. */
export function readPastedText(text: string): PastedText {
  const trimmed = text.trim();
  if (trimmed.startsWith(pemStart)) return { pem: trimmed };
  const words = trimmed.split(/\s+/);
  if (words[0] !== 'notation') return words.length === 1 && trimmed !== '' ? { reference: trimmed } : {};
  const found = words.slice(1).find((word, index, all) => {
    const before = all[index - 1];
    const isValue = before !== undefined && valueFlags.has(before) && !switches.has(before);
    return !word.startsWith('-') && !isValue && /[/@:]/.test(word);
  });
  return found === undefined ? {} : { reference: found };
}
