import type { Certificate } from '../../../shared/model/certificate.ts';

/** Fewer digits would mean too many certificates. */
const shortestPrint = 6;

/** The digits of what may be the beginning of a fingerprint, with colons or without. */
export function toPrint(text: string): string | undefined {
  const digits = text.trim().toLowerCase().replaceAll(':', '');
  return digits.length >= shortestPrint && /^[0-9a-f]{6,64}$/.test(digits) ? digits : undefined;
}

/**
 * What a search looks for: the text, and when that may be a fingerprint, the subjects of those whose chain has the certificate. In lower
 * case; nothing for an empty text.
 */
export function meaningsOf(
  text: string,
  signers: readonly { readonly chain: readonly Pick<Certificate, 'subject' | 'sha256'>[] }[],
): readonly string[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return [];
  const print = toPrint(text);
  if (print === undefined) return [wanted];
  const subjects = signers.flatMap(({ chain: [leaf, ...issuers] }) => {
    const isMeant = leaf && [leaf, ...issuers].some(({ sha256 }) => sha256.startsWith(print));
    return isMeant ? [leaf.subject.toLowerCase()] : [];
  });
  return [...new Set([wanted, ...subjects])];
}
