import { describe, expect, it } from 'vitest';
import type { Digest } from '../../../shared/model/digest.ts';
import { caseChain } from '../../testing/jws-case.ts';
import { forgeCose } from '../../testing/cose-forge.ts';
import { forgeJws } from '../../testing/jws-forge.ts';
import { CborFloat, CborMap, CborTag } from '../codec/cbor-value.ts';
import { JsonNumber } from '../codec/strict-json.ts';
import { decodeCose } from '../envelope/decode-cose.ts';
import { decodeJws } from '../envelope/decode-jws.ts';
import { toGoSprint } from './go-sprint.ts';
import { toGoTime, toLocalGoTime } from './go-time.ts';
import { toInspectJson } from './inspect-json.ts';
import { toInspectTree } from './inspect-tree.ts';
import { inspectSignature } from './inspected-signature.ts';

const digest = `sha256:${'d'.repeat(64)}` as Digest;

describe('toGoTime', () => {
  it.each([
    ['2026-11-03T07:45:11Z', '2026-11-03T07:45:11Z', 'Tue Nov  3 07:45:11 2026'],
    ['2026-11-23T07:45:11+00:00', '2026-11-23T07:45:11Z', 'Mon Nov 23 07:45:11 2026'],
    ['2026-11-23T23:45:11.120300+09:00', '2026-11-23T23:45:11.1203+09:00', 'Mon Nov 23 23:45:11 2026'],
    ['2026-11-23T07:45:11.000-08:00', '2026-11-23T07:45:11-08:00', 'Mon Nov 23 07:45:11 2026'],
    ['2026-11-23T07:45:11.1234567899Z', '2026-11-23T07:45:11.123456789Z', 'Mon Nov 23 07:45:11 2026'],
  ])('%s', (text, rfc3339, ansic) => {
    expect(toGoTime(text)).toEqual({ rfc3339, ansic });
  });

  it('shows a moment in the zone of this machine', () => {
    const moment = new Date('2026-11-23T07:45:11Z');
    expect(new Date(toLocalGoTime(moment).rfc3339)).toEqual(moment);
  });
});

describe('toGoSprint', () => {
  it.each<[unknown, string]>([
    ['text', 'text'],
    [1, '1'],
    [true, 'true'],
    [null, '<nil>'],
    [[1, 'a', null], '[1 a <nil>]'],
    [Object.assign(Object.create(null) as object, { b: 1, a: 'x' }), 'map[a:x b:1]'],
    [new JsonNumber('1.5'), '1.5'],
    [new JsonNumber('1e21'), '1e+21'],
    [new JsonNumber('1e-7'), '1e-07'],
    [new CborFloat(2.5), '2.5'],
    [new CborMap([['k', Uint8Array.of(1, 2)]]), 'map[k:[1 2]]'],
    [new CborTag(99, 'x'), '{99 x}'],
  ])('%j', (value, printed) => {
    expect(toGoSprint(value)).toBe(printed);
  });
});

describe('an inspection', () => {
  const token = Uint8Array.of(0x30, 0);
  const jws = decodeJws(
    Buffer.from(
      JSON.stringify(
        forgeJws(caseChain(), { header: { 'io.cncf.notary.signingTime': '2026-11-23T07:45:11+08:00', x: ['<'] } }),
      ),
    ),
  );
  const cose = decodeCose(
    forgeCose(caseChain(), { unprotected: [['io.cncf.notary.timestampSignature', token]], header: [[99, 'n']] }),
  );
  const inspected = [
    inspectSignature(digest, 'application/jose+json', jws),
    inspectSignature(digest, 'application/cose', cose),
  ];

  it('in JSON keeps the signed zone, sorts attributes and says why a token cannot be read', () => {
    const text = toInspectJson('application/x', inspected);
    const report = JSON.parse(text) as { signatures: Record<string, Record<string, unknown>>[] };
    expect(Object.keys(report.signatures[0]?.['signedAttributes'] ?? {})).toEqual([
      'contentType',
      'signingScheme',
      'signingTime',
      'x',
    ]);
    expect(text).toContain('"signingTime": "2026-11-23T07:45:11+08:00"');
    expect(text).toContain('"x": "[\\u003c]"');
    expect(text).toContain('"userDefinedAttributes": null');
    expect(report.signatures[1]?.['signedAttributes']).toMatchObject({ '99': 'n' });
    expect(report.signatures[1]?.['unsignedAttributes']?.['timestampSignature']).toEqual({
      error: expect.stringMatching(/^failed to parse timestamp countersignature: /) as string,
    });
  });

  it('of nothing says so', () => {
    expect(toInspectJson('application/x', [])).toBe('{\n  "mediaType": "application/x",\n  "signatures": []\n}\n');
    expect(toInspectTree('r.io/x@sha256:1', [])).toBe('r.io/x@sha256:1 has no associated signature\n');
  });

  it('as a tree has a line for everything', () => {
    const lines = toInspectTree('r.io/x@sha256:1', inspected).split('\n');
    expect(lines.slice(0, 5)).toEqual([
      'Inspecting all signatures for signed artifact',
      'r.io/x@sha256:1',
      '└── application/vnd.cncf.notary.signature',
      `    ├── ${digest}`,
      '    │   ├── signature algorithm: ECDSA-SHA-256',
    ]);
    expect(lines).toContain('    │   │   ├── signing time: Mon Nov 23 07:45:11 2026');
    expect(lines).toContain('    │   │   └── (empty)');
    expect(lines.some((line) => line.startsWith('        │       └── error: failed to parse'))).toBe(true);
  });
});
