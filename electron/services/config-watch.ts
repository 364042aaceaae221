import type { Publish } from '../../shared/contract/contract.ts';
import type { PayloadOf } from '../../shared/contract/contract.ts';
import type { Directory } from '../domain/ports.ts';
import type { ConfigurationProvider } from './configuration.ts';
import { settingsFile } from './settings-file.ts';

type Area = PayloadOf<'config.changed'>['area'];

const areas: readonly (readonly [RegExp, Area])[] = [
  [/^(?:signingkeys\.json|localkeys\/)/, 'keys'],
  [/^truststore\//, 'trustStores'],
  [/^trustpolicy(?:\.\w+)?\.json$/, 'policies'],
  [/^config\.json$/, 'credentials'],
];

export interface ConfigWatchOptions {
  readonly configuration: ConfigurationProvider;
  /** Inkan's own directory: another window or host may change the settings. */
  readonly inkan: Directory;
  readonly publish: Publish;
  /** Called for every change of a policy file, and for another directory. */
  readonly onPolicies: () => void;
}

/** Publishes `config.changed` for every change in the directory in use, whoever made it, until stopped. */
export function createConfigWatch({ configuration, inkan, publish, onPolicies }: ConfigWatchOptions): { stop(): void } {
  const watchCurrent = (directory: Directory): { stop(): void } =>
    directory.watch((path) => {
      const area = areas.find(([pattern]) => pattern.test(path))?.[1];
      if (area) publish('config.changed', { area });
      if (area === 'policies') onPolicies();
    });
  let watch = watchCurrent(configuration.current());
  const settingsWatch = inkan.watch((path) => {
    if (path === settingsFile) publish('config.changed', { area: 'settings' });
  });
  const unsubscribe = configuration.subscribe((directory) => {
    watch.stop();
    watch = watchCurrent(directory);
    for (const area of ['keys', 'trustStores', 'policies', 'credentials'] as const) publish('config.changed', { area });
    onPolicies();
  });
  return {
    stop() {
      unsubscribe();
      watch.stop();
      settingsWatch.stop();
    },
  };
}
