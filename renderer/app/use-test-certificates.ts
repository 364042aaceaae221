import { useMemo } from 'react';
import { useCall } from '../client/use-call.ts';

/** Fingerprints of the certificates that test keys have. */
export function useTestCertificates(): ReadonlySet<string> {
  const keys = useCall('keys.listKeys', {}).data?.keys;
  return useMemo(
    () => new Set(keys?.flatMap(({ isTest, chain }) => (isTest ? chain.map(({ sha256 }) => sha256) : []))),
    [keys],
  );
}
