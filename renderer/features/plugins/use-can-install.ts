import { useCall } from '../../client/use-call.ts';

/** Whether this host installs and removes plugins; one that a page in a browser asks does not. */
export function useCanInstall(): boolean {
  return useCall('app.describeHost', {}).data?.capabilities.includes('pluginInstall') ?? false;
}
