import { useMemo } from 'react';
import { useCall } from './use-call.ts';

/** How many signatures that were seen since Inkan started have a certificate in their chain, by its SHA-256. */
export function useSeenSignatures(): ReadonlyMap<string, number> {
  const signers = useCall('impact.listSigners', {}).data?.signers;
  return useMemo(() => {
    const counts = new Map<string, number>();
    for (const { chain, signatures } of signers ?? [])
      for (const { sha256 } of chain) counts.set(sha256, (counts.get(sha256) ?? 0) + signatures);
    return counts;
  }, [signers]);
}
