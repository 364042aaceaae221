import { forgeCose, type CoseForgery } from './cose-forge.ts';
import { caseChain } from './jws-case.ts';

/** An envelope, what decoding it must say, and how the reference differs. */
export interface CoseCase {
  readonly name: string;
  readonly bytes: () => Uint8Array;
  /** The whole fault but for the offset; absent: the envelope is accepted. */
  readonly fault?: string;
  /** Only where the reference differs. `accepts`: we are stricter, by rule O-05 or the specification. `refuses otherwise`: in other words. */
  readonly reference?: 'accepts' | 'refuses otherwise';
}

/** An envelope whose signature holds, with a forged part. */
export function forgedCose(
  name: string,
  forgery: CoseForgery,
  fault?: string,
  reference?: CoseCase['reference'],
): CoseCase {
  return writtenCose(name, () => forgeCose(caseChain(), forgery), fault, reference);
}

/** An envelope whose bytes are made by hand. */
export function writtenCose(
  name: string,
  bytes: () => Uint8Array,
  fault?: string,
  reference?: CoseCase['reference'],
): CoseCase {
  return { name, bytes, ...(fault !== undefined && { fault }), ...(reference && { reference }) };
}
