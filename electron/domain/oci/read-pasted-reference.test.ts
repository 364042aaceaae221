import { expect, it } from 'vitest';
import { readPastedReference } from './read-pasted-reference.ts';

const digest = `sha256:${'b'.repeat(64)}`;

it.each([
  [` ${digest}\n`, { kind: 'digest', digest }],
  ['localhost:5000/a:1', { kind: 'registry', registry: 'localhost:5000', repository: 'a', reference: '1' }],
  ['docker://reg.example/a:1', { kind: 'registry', registry: 'reg.example', repository: 'a', reference: '1' }],
  ['reg.example/a', { kind: 'registry', registry: 'reg.example', repository: 'a' }],
  [`notation verify -d reg/a@${digest}`, { kind: 'registry', registry: 'reg', repository: 'a', reference: digest }],
  [
    `notation sign --key "my key" -m 'a=b c' --insecure-registry reg:5000/a:1 ignored`,
    { kind: 'registry', registry: 'reg:5000', repository: 'a', reference: '1' },
  ],
  [
    `notation verify --oci-layout --scope local/x /tmp/lay@${digest}`,
    { kind: 'layout', path: '/tmp/lay', reference: digest },
  ],
  ['/tmp/lay:1.0', { kind: 'layout', path: '/tmp/lay', reference: '1.0' }],
])('reads %j', (text, expected) => {
  expect(readPastedReference(text)).toEqual(expected);
});

it.each(['busybox', '', 'notation', 'notation key ls', 'notation verify -u', 'two words/a:1', '"unclosed'])(
  'says why %j is no reference',
  (text) => {
    const read = readPastedReference(text);
    expect(read).toMatchObject({ kind: 'unknown' });
    expect(read.kind === 'unknown' && read.fault).toContain('invalid reference');
  },
);

it('reads 64 KiB quickly', () => {
  const started = performance.now();
  for (const text of ['"'.repeat(65_536), ' a'.repeat(32_768), `notation ${'-u '.repeat(20_000)}`])
    readPastedReference(text);
  expect(performance.now() - started).toBeLessThan(100);
});
