import { describe, expect, it } from 'vitest';
import { mediaTypeFault } from './media-type.ts';
import { parseSignatureFileName, toSignatureFileName } from './signature-file-name.ts';

describe('parseSignatureFileName', () => {
  it.each([
    ['a.tar.gz.jws.sig', 'jws'],
    ['a.cose.sig', 'cose'],
    ['a.JWS.SIG', 'jws'],
    ['.jws.sig', 'jws'],
    ['a b.Cose.Sig', 'cose'],
  ])('reads the format out of %s', (name, format) => {
    expect(parseSignatureFileName(name)).toBe(format);
  });

  it.each([
    ['a.jws', 'invalid signature filename a.jws. The file extension must be .sig'],
    ['a', 'invalid signature filename a. The file extension must be .sig'],
    ['', 'invalid signature filename . The file extension must be .sig'],
    ['a.jws.sig ', 'invalid signature filename a.jws.sig . The file extension must be .sig'],
    [
      'jws.sig',
      'invalid signature filename jws.sig. A valid signature file name must contain signature format and .sig file extension',
    ],
    ['a.tar.sig', 'signature format "tar" not supported\nSupported signature envelope formats are "jws" and "cose"'],
    ['a..sig', 'signature format "" not supported\nSupported signature envelope formats are "jws" and "cose"'],
  ])('refuses %j', (name, fault) => {
    expect(() => parseSignatureFileName(name)).toThrow(
      expect.objectContaining({ code: 'blob.badSignatureName', details: { name, fault } }) as Error,
    );
  });

  it('reads what it writes', () => {
    expect(parseSignatureFileName(toSignatureFileName('app.tar.gz', 'cose'))).toBe('cose');
    expect(toSignatureFileName('app.tar.gz', 'jws')).toBe('app.tar.gz.jws.sig');
  });
});

describe('mediaTypeFault', () => {
  it.each([
    'application/octet-stream',
    'text',
    'Text/Plain; charset=utf-8',
    'text/plain;charset="utf-8"',
    'text/plain ; a = "b\\"c" ; d=e',
    'text/plain;',
    'text/plain; a=b;',
    'text/plain; a=b; A=b',
    'application/vnd.oci.image.layer.v1.tar+gzip',
    ' text/plain ',
  ])('takes %j', (text) => {
    expect(mediaTypeFault(text)).toBeUndefined();
  });

  it.each([
    ['', 'mime: no media type'],
    ['/plain', 'mime: no media type'],
    ['; a=b', 'mime: no media type'],
    ['テキスト', 'mime: no media type'],
    ['text plain', 'mime: expected slash after first token'],
    ['text/', 'mime: expected token after slash'],
    ['text//plain', 'mime: expected token after slash'],
    ['text/plain x', 'mime: unexpected content after media subtype'],
    ['text/plain/x', 'mime: unexpected content after media subtype'],
    ['text/plain; charset', 'mime: invalid media parameter'],
    ['text/plain; =x', 'mime: invalid media parameter'],
    ['text/plain; a="b', 'mime: invalid media parameter'],
    ['text/plain; a="b\nc"', 'mime: invalid media parameter'],
    ['text/plain; a=b; ; c=d', 'mime: invalid media parameter'],
    ['text/plain; a=b c', 'mime: invalid media parameter'],
    ['text/plain; a=b; a=c', 'mime: duplicate parameter name'],
  ])('refuses %j', (text, fault) => {
    expect(mediaTypeFault(text)).toBe(fault);
  });

  it('reads 64 KiB of the worst in no time', () => {
    const size = 65_536;
    for (const text of [
      'a/'.repeat(size / 2),
      `a/b;${' '.repeat(size)}`,
      `a/b;${'c=d;'.repeat(size / 4)}`,
      `a/b;c="${'\\'.repeat(size)}`,
    ]) {
      const start = performance.now();
      mediaTypeFault(text);
      expect(performance.now() - start).toBeLessThan(200);
    }
  });
});
