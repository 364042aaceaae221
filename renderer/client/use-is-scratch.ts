import type { OutputOf } from '../../shared/contract/contract.ts';
import { useCall } from './use-call.ts';

/** Whether the notation command would not find this configuration by itself. */
export function isScratch({
  choice,
  fixedByEnvironment,
}: Pick<OutputOf<'app.describeHost'>['configuration'], 'choice' | 'fixedByEnvironment'>): boolean {
  return choice !== 'notation' && !fixedByEnvironment;
}

/** Whether Inkan works in its scratch configuration. */
export function useIsScratch(): boolean {
  const host = useCall('app.describeHost', {}).data;
  return host !== undefined && isScratch(host.configuration);
}
