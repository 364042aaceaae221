import { expect, it } from 'vitest';
import { toRepositories } from './pasted-repositories.ts';

it.each([
  ['acme/web', ['acme/web']],
  [' acme/web \n acme/api,acme/web;\tbusybox ', ['acme/web', 'acme/api', 'busybox']],
  ['localhost:5000/acme/web:1.0', ['acme/web']],
  [`localhost:5000/acme/web@sha256:${'a'.repeat(64)}`, ['acme/web']],
  ['localhost:5000/acme/web:1.0@sha256:abc', ['acme/web']],
  ['other.example:443/acme/web:1.0', ['other.example:443/acme/web']],
  [' \n ', []],
])('reads repositories from %j', (text, expected) => {
  expect(toRepositories(text, 'localhost:5000')).toEqual(expected);
});

it('takes no more than a registry keeps', () => {
  const text = Array.from({ length: 1000 }, (_, index) => `r${index}`).join('\n');
  expect(toRepositories(text, 'h')).toHaveLength(200);
});
