import { useEffect } from 'react';
import { useCall } from '../../client/use-call.ts';
import { useFiles } from './files-store.ts';

/** In a browser: asks before the page is left while a signature that was made here is saved nowhere. */
export function useUnsavedGuard(): void {
  const host = useCall('app.describeHost', {}).data;
  const isBrowser = host !== undefined && !host.capabilities.includes('nativeDialog');
  const hasUnsaved = useFiles(({ entries }) => entries.some(({ unsaved }) => unsaved));
  const isNeeded = isBrowser && hasUnsaved;
  useEffect(() => {
    if (!isNeeded) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, [isNeeded]);
}
