import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** The right to use this run of the host. */
export interface TokenGate {
  readonly token: string;
  /** Compares in constant time; counts wrong ones. */
  admits(offered: string | undefined): boolean;
}

const wrongTokenLimit = 10;

/**
 * A gate with a fresh token of 256 bits. Ten different wrong tokens are an attack; a page left open from an earlier run
 * that keeps offering its old one is not.
 */
export function createTokenGate(onLockout: () => void): TokenGate {
  const token = randomBytes(32).toString('base64url');
  const right = hash(token);
  const wrong = new Set<string>();
  return {
    token,
    admits: (offered) => {
      if (offered === undefined || wrong.size >= wrongTokenLimit) return false;
      const given = hash(offered);
      if (timingSafeEqual(given, right)) return true;
      wrong.add(given.toString('hex'));
      if (wrong.size === wrongTokenLimit) onLockout();
      return false;
    },
  };
}

function hash(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
