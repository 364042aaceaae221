import { useQueryClient } from '@tanstack/react-query';
import type { InputOf } from '../../shared/contract/contract.ts';
import type { Settings } from '../../shared/model/settings.ts';
import { useCall, useCommand } from './use-call.ts';

/** What counts until the host has told the settings. */
const initial: Settings = {
  language: 'system',
  theme: 'system',
  timeZone: 'local',
  configuration: 'unset',
  maxSignatures: 100,
  revocationOnline: true,
  revocationPrivateAddresses: false,
  ocspTimeoutSeconds: 2,
  crlTimeoutSeconds: 5,
  verificationPlugins: [],
  timestampAuthorities: [],
};

/** The settings; undefined until the host has told them. */
export function useKnownSettings(): Settings | undefined {
  return useCall('app.readSettings', {}, { staleTimeMs: Infinity }).data;
}

export function useSettings(): Settings {
  return useKnownSettings() ?? initial;
}

/** Changes settings; what the host gives back counts at once. */
export function useUpdateSettings(): (
  changes: InputOf<'app.updateSettings'>,
  onError?: (error: Error) => void,
) => void {
  const queries = useQueryClient();
  const update = useCommand('app.updateSettings');
  return (changes, onError) =>
    update.mutate(changes, {
      onSuccess: (settings) => queries.setQueryData(['app.readSettings', {}], settings),
      ...(onError ? { onError } : {}),
    });
}
