import { useMemo } from 'react';
import { useCall } from '../../client/use-call.ts';
import { meaningsOf, toPrint } from './meanings.ts';

/** What a search looks for; certificates are those of signatures that were read since Inkan started. */
export function useMeanings(text: string): readonly string[] {
  const isPrint = toPrint(text) !== undefined;
  const signers = useCall('impact.listSigners', {}, { enabled: isPrint }).data?.signers;
  return useMemo(() => meaningsOf(text, signers ?? []), [text, signers]);
}
