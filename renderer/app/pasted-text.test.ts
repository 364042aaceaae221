import { describe, expect, it } from 'vitest';
import { readPastedText } from './pasted-text.ts';

describe('readPastedText', () => {
  it.each([
    ['localhost:5000/busybox:1.37.0', { reference: 'localhost:5000/busybox:1.37.0' }],
    ['  ghcr.io/a/b@sha256:00 ', { reference: 'ghcr.io/a/b@sha256:00' }],
    ['notation verify localhost:5000/busybox:1', { reference: 'localhost:5000/busybox:1' }],
    ['notation sign --key k -m a=b:c -d --expiry 24h reg.io/x:1', { reference: 'reg.io/x:1' }],
    ['notation sign --signature-format cose reg.io/x@sha256:11', { reference: 'reg.io/x@sha256:11' }],
    ['notation key ls', {}],
    ['two words', {}],
    ['', {}],
  ])('%s', (text, expected) => {
    expect(readPastedText(text)).toEqual(expected);
  });

  it('takes a certificate as it is', () => {
    const pem = '-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----';
    expect(readPastedText(`\n${pem}\n`)).toEqual({ pem });
  });
});
