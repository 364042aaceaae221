import { afterEach } from 'vitest';
import { FakeRegistry, type FakeRegistryOptions } from './fake-registry.ts';

/** Starts fake registries, each with what `fill` puts there, and stops them after each test of the file. */
export function fakeRegistries(
  fill: (registry: FakeRegistry) => void,
): (options?: FakeRegistryOptions) => Promise<FakeRegistry> {
  const started: FakeRegistry[] = [];
  afterEach(async () => {
    await Promise.all(started.splice(0).map((registry) => registry.stop()));
  });
  return async (options = {}) => {
    const registry = await FakeRegistry.start(options);
    started.push(registry);
    fill(registry);
    return registry;
  };
}
