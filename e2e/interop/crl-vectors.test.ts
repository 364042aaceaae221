import { describe, expect, test } from 'vitest';
import { parseCrl } from '../../electron/domain/revocation/parse-crl.ts';
import { parseCrlUrls } from '../../electron/domain/x509/certificate-extensions.ts';
import { DerReader, derTag, parseDerOid } from '../../electron/domain/x509/der-reader.ts';
import { readOf } from './modules.ts';
import { havePeers } from './peers.ts';

const freshestCrl = '2.5.29.46';

/** A file of the module that the peers are built with. */
function read(name: string): Buffer {
  return readOf('github.com/notaryproject/notation-core-go', 'revocation', 'crl', 'testdata', name);
}

/** The value of the extension in a PEM certificate whose other parts may be anything. */
function readFreshest(name: string): Uint8Array {
  const pem = read(name).toString('latin1');
  const der = Buffer.from(pem.replaceAll(/-----[A-Z ]+-----|\s/g, ''), 'base64');
  const tbs = new DerReader(der).enter(derTag.sequence, 'certificate').enter(derTag.sequence, 'tbs');
  let list: Uint8Array | undefined;
  while (!tbs.isAtEnd && list === undefined) {
    const { tag, content } = tbs.readAny();
    if (tag === 0xa3) list = content;
  }
  const extensions = new DerReader(list ?? new Uint8Array()).enter(derTag.sequence, 'extensions');
  while (!extensions.isAtEnd) {
    const extension = extensions.enter(derTag.sequence, 'extension');
    if (parseDerOid(extension.readContent(derTag.oid, 'oid')) !== freshestCrl) continue;
    extension.readOptional(derTag.boolean);
    return extension.readContent(derTag.octetString, 'value');
  }
  throw new Error(`${name} names no delta`);
}

describe.skipIf(!havePeers())('case T-07: lists and certificates of notation-core-go (Apache-2.0)', () => {
  test.each([
    ['certificateWithDeltaCRL.cer', 1],
    ['certificateWith2DeltaCRL.cer', 2],
    ['certificateWithZeroDeltaCRLURL.cer', 0],
    ['certificateWithNonURIDeltaCRL.cer', 0],
    ['certificateWithIncompleteFreshestCRL2.cer', 0],
  ])('%s names %i addresses of deltas', (name, count) => {
    const urls = parseCrlUrls(readFreshest(name));
    expect(urls).toHaveLength(count);
    expect(urls.every((url) => url.startsWith('http://localhost:80'))).toBe(true);
  });

  test('certificateWithIncompleteFreshestCRL.cer names them in a way that cannot be read', () => {
    expect(() => parseCrlUrls(readFreshest('certificateWithIncompleteFreshestCRL.cer'))).toThrow();
  });

  test('crlWithMultipleFreshestCRLs.crl is read, with the addresses of its deltas', () => {
    const crl = parseCrl(read('crlWithMultipleFreshestCRLs.crl'));
    const value = crl.extensions.find(({ oid }) => oid === freshestCrl)?.value ?? new Uint8Array();
    expect(parseCrlUrls(value).length).toBeGreaterThan(1);
  });

  test('delta.crl is read', () => {
    const crl = parseCrl(read('delta.crl'));
    expect(crl.nextUpdate).toBeDefined();
    expect(crl.algorithm).toBeDefined();
  });
});
