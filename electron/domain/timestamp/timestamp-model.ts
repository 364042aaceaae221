import type { VerifiedTimestamp } from '../../../shared/model/timestamp.ts';
import { hashOf } from './hash-algorithms.ts';
import type { TstInfo } from './tst-info.ts';
import { accuracyOf } from './verify-token.ts';

const nsPerMs = 1_000_000n;

/** A moment in UTC with its fraction of a second, without trailing zeros. */
export function toFineTime(ns: bigint): string {
  const ms = ns >= 0n ? ns / nsPerMs : (ns - nsPerMs + 1n) / nsPerMs;
  const seconds = new Date(Number(ms)).toISOString();
  const fraction = `${seconds.slice(20, 23)}${String(ns - ms * nsPerMs).padStart(6, '0')}`.replace(/0+$/, '');
  return `${seconds.slice(0, 19)}${fraction === '' ? '' : `.${fraction}`}Z`;
}

/** What a token says, as the screens show it. */
export function toTimestampModel(info: TstInfo): Omit<VerifiedTimestamp, 'signer' | 'store' | 'revocation'> {
  const accuracyNs = accuracyOf(info);
  return {
    time: toFineTime(info.genTimeNs),
    earliest: toFineTime(info.genTimeNs - accuracyNs),
    latest: toFineTime(info.genTimeNs + accuracyNs),
    accuracyMs: Number(accuracyNs) / 1e6,
    policy: info.policy,
    serialNumber: info.serialNumber,
    ...(info.nonce !== undefined && { nonce: info.nonce }),
    hashAlgorithm: hashOf(info.hashAlgorithm)?.replace('sha', 'SHA-') ?? info.hashAlgorithm,
    ...(info.tsa !== undefined && { tsa: info.tsa }),
  };
}
