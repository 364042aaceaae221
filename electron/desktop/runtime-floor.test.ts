import { expect, it } from 'vitest';
import { isOutdatedRuntime } from './runtime-floor.ts';

it.each([
  ['45.4.1', false],
  ['44.0.0', false],
  ['43.4.1', false],
  ['43.4.0', true],
  ['43.10.0', false],
  ['42.9.2', false],
  ['42.9.1', true],
  ['41.10.6', false],
  ['41.9.9', true],
  ['40.99.0', true],
  ['33.2.1', true],
  ['', true],
  ['nightly', true],
])('%j is outdated: %j', (version, outdated) => {
  expect(isOutdatedRuntime(version)).toBe(outdated);
});
