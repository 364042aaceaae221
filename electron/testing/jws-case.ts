import { createTestChain, type TestChain } from './chain-factory.ts';
import { forgeJws, type JwsForgery, type JwsParts } from './jws-forge.ts';

/** An envelope, what decoding it must say, and how the reference differs. */
export interface JwsCase {
  readonly name: string;
  readonly text: () => string | Uint8Array;
  /** The whole fault but for the offset; absent: the envelope is accepted. */
  readonly fault?: string;
  /** Only where the reference says something else: it refuses in other words, or accepts what Inkan is too strict for. */
  readonly reference?: 'differs';
}

let chain: TestChain | undefined;
/** One chain for all cases. */
export function caseChain(): TestChain {
  chain ??= createTestChain({ length: 2 });
  return chain;
}

/** An envelope whose signature holds, with a forged header or payload. */
export function forged(name: string, forgery: JwsForgery, fault?: string, reference?: JwsCase['reference']): JwsCase {
  return {
    name,
    text: () => JSON.stringify(forgeJws(caseChain(), forgery)),
    ...(fault !== undefined && { fault }),
    ...(reference && { reference }),
  };
}

/** The right envelope with its members changed. */
export function changed(
  name: string,
  change: (parts: JwsParts) => unknown,
  fault?: string,
  reference?: JwsCase['reference'],
): JwsCase {
  return { ...forged(name, {}, fault, reference), text: () => JSON.stringify(change(forgeJws(caseChain()))) };
}

/** The right envelope with its text changed. */
export function written(
  name: string,
  write: (text: string) => string | Uint8Array,
  fault?: string,
  reference?: JwsCase['reference'],
): JwsCase {
  return { ...forged(name, {}, fault, reference), text: () => write(JSON.stringify(forgeJws(caseChain()))) };
}
