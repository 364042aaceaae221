import type { TimestampChoice } from '../../../shared/model/timestamp.ts';
import { useSettings, useUpdateSettings } from '../../client/use-settings.ts';
import { remembering } from './sign-draft.ts';

/** Remembers the timestamp authority that answered, so that it is offered the next time. */
export function useRememberedAuthority(): (timestamp: TimestampChoice | undefined) => void {
  const { timestampAuthorities } = useSettings();
  const updateSettings = useUpdateSettings();
  return (timestamp) => {
    if (timestamp) updateSettings({ timestampAuthorities: remembering(timestamp, timestampAuthorities) });
  };
}
