import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TrustStoreType } from '../../../shared/model/trust-store.ts';
import type { ReasonCode } from '../../../shared/model/reasons.ts';
import { caShape, createTestChain, leafShape, type TestChain } from '../../testing/chain-factory.ts';
import { MemoryDirectory } from '../../testing/memory-directory.ts';
import { createTrustStoreReader, listTrustStores, readTrustStore } from './trust-store.ts';

let chain: TestChain;
let selfSigned: TestChain;
let directory: MemoryDirectory;
beforeAll(() => {
  chain = createTestChain({ length: 3 });
  selfSigned = createTestChain({ length: 1 });
});
beforeEach(() => {
  directory = new MemoryDirectory('/config');
});

const put = (type: TrustStoreType, file: string, content: string | Uint8Array): void =>
  directory.put(`truststore/x509/${type}/acme/${file}`, content);
const der = (of: TestChain, position: number): Uint8Array => of.ders[position] ?? new Uint8Array();

describe('readTrustStore', () => {
  it.each<[string, TrustStoreType, () => void, number]>([
    ['a root in DER', 'ca', () => put('ca', 'root', der(chain, 2)), 1],
    ['an intermediate', 'ca', () => put('ca', 'a.pem', der(chain, 1)), 1],
    ['a self-signed leaf', 'ca', () => put('ca', 'a.crt', der(selfSigned, 0)), 1],
    [
      'several in PEM',
      'signingAuthority',
      () => put('signingAuthority', 'a.txt', chain.chainPem.slice(chain.chainPem.indexOf('-----BEGIN', 10))),
      2,
    ],
    ['a root for timestamps', 'tsa', () => put('tsa', 'a.crt', der(chain, 2)), 1],
    ['two files', 'ca', () => (put('ca', 'b', der(chain, 2)), put('ca', 'a', der(selfSigned, 0))), 2],
  ])('takes %s', async (_, type, arrange, count) => {
    arrange();
    const store = await readTrustStore(directory, type, 'acme');
    expect(store.fault).toBeUndefined();
    expect(store.files.flatMap(({ certificates }) => certificates)).toHaveLength(count);
  });

  it.each<[string, TrustStoreType, () => void, ReasonCode, string, string]>([
    [
      'a store that is not there',
      'ca',
      () => void 0,
      'authenticity.storeMissing',
      'the trust store "acme" of type "ca" does not exist',
      "Use command 'notation cert add' to create and add trusted certificates to the trust store",
    ],
    [
      'a file for a store',
      'ca',
      () => directory.put('truststore/x509/ca/acme', 'x'),
      'authenticity.storeUnreadable',
      'the trust store acme of type ca with path /config/truststore/x509/ca/acme is not a regular directory (symlinks are not supported)',
      '%!w(<nil>)',
    ],
    [
      'a folder in a store',
      'ca',
      () => put('ca', 'more/a.crt', 'x'),
      'authenticity.fileNotRegular',
      'trusted certificate more in trust store acme of type ca is not a regular file (directories or symlinks are not supported)',
      '%!w(<nil>)',
    ],
    [
      'rubbish',
      'ca',
      () => put('ca', 'a.crt', 'rubbish'),
      'authenticity.fileUnreadable',
      'failed to read the trusted certificate a.crt in trust store acme of type ca',
      'x509: malformed certificate',
    ],
    [
      'an empty file',
      'ca',
      () => put('ca', 'a.crt', ''),
      'authenticity.fileUnreadable',
      'failed to validate the trusted certificate a.crt in trust store acme of type ca',
      'input certs cannot be empty',
    ],
    [
      'a leaf of a CA',
      'ca',
      () => put('ca', 'a.crt', der(chain, 0)),
      'authenticity.fileNotAnchor',
      'failed to validate the trusted certificate a.crt in trust store acme of type ca',
      'certificate with subject "CN=leaf,O=Notary,ST=WA,C=US" is not a CA certificate or self-signed signing certificate',
    ],
    [
      'an intermediate for timestamps',
      'tsa',
      () => put('tsa', 'a.crt', der(chain, 1)),
      'authenticity.fileNotAnchor',
      'trusted certificate a.crt in trust store acme of type tsa is invalid: certificate with subject "CN=intermediate,O=Notary,ST=WA,C=US" is not a root CA certificate: ',
      'certificate with subject "CN=intermediate,O=Notary,ST=WA,C=US" is not a root CA certificate: ',
    ],
  ])('refuses %s', async (_, type, arrange, code, message, rest) => {
    arrange();
    const { fault } = await readTrustStore(directory, type, 'acme');
    expect(fault?.reason.code).toBe(code);
    expect(fault?.reason.message?.startsWith(message)).toBe(true);
    expect(fault?.cliMessage).toContain(`. ${rest}`);
  });

  it('an empty store is a fault about certificates', async () => {
    put('ca', 'a.crt', 'x');
    await directory.remove('truststore/x509/ca/acme/a.crt');
    expect((await readTrustStore(directory, 'ca', 'acme')).fault).toMatchObject({
      about: 'certificate',
      reason: {
        code: 'authenticity.storeEmpty',
        message: 'no x509 certificates were found in trust store "acme" of type "ca"',
      },
    });
  });

  it('one bad file fails the store; it is named and hides none of the others', async () => {
    put('ca', 'a.crt', der(chain, 2));
    put('ca', 'b.crt', 'rubbish');
    put('ca', 'c.crt', der(selfSigned, 0));
    const store = await readTrustStore(directory, 'ca', 'acme');
    expect(store.fault?.reason.details['file']).toBe('b.crt');
    expect(
      store.files.map(({ file, certificates, fault }) => [file, certificates.length, fault !== undefined]),
    ).toEqual([
      ['a.crt', 1, false],
      ['b.crt', 0, true],
      ['c.crt', 1, false],
    ]);
  });

  it.each(['..', '.', '', 'a/b', '../ca/acme'])('never leaves its type for %j', async (name) => {
    put('ca', 'a.crt', der(chain, 2));
    expect((await readTrustStore(directory, 'ca', name)).fault?.reason.code).toBe('authenticity.storeMissing');
  });

  it('sees a file that was replaced', async () => {
    put('ca', 'a.crt', der(chain, 2));
    const before = await readTrustStore(directory, 'ca', 'acme');
    put('ca', 'a.crt', der(selfSigned, 0));
    const after = await readTrustStore(directory, 'ca', 'acme');
    expect(after.files[0]?.certificates[0]?.sha256).not.toBe(before.files[0]?.certificates[0]?.sha256);
  });

  it('case F-14: finds the bad one among 1,000 in time', async () => {
    for (let index = 0; index < 1000; index += 1)
      put('ca', `${String(index).padStart(4, '0')}.crt`, index === 500 ? 'rubbish' : der(chain, 2));
    const start = performance.now();
    const store = await readTrustStore(directory, 'ca', 'acme');
    expect(performance.now() - start).toBeLessThan(1000);
    expect(store.fault?.reason.details['file']).toBe('0500.crt');
  });
});

describe('listTrustStores', () => {
  it('lists all types, broken stores among them', async () => {
    put('ca', 'a.crt', der(chain, 2));
    put('tsa', 'a.crt', 'rubbish');
    directory.put('truststore/x509/ca/other/b.crt', der(createTestChain({ length: 2, root: caShape('other') }), 1));
    directory.put('truststore/x509/strange/x/b.crt', der(createTestChain({ leaf: leafShape }), 1));
    const stores = await listTrustStores(directory);
    expect(stores.map(({ type, name, fault }) => [`${type}:${name}`, fault === undefined])).toEqual([
      ['ca:acme', true],
      ['ca:other', true],
      ['tsa:acme', false],
    ]);
  });

  it('a reader keeps what it has read', async () => {
    put('ca', 'a.crt', der(chain, 2));
    const reader = createTrustStoreReader(directory);
    const first = await reader.read('ca', 'acme');
    put('ca', 'a.crt', 'rubbish');
    expect(await reader.read('ca', 'acme')).toBe(first);
    expect((await createTrustStoreReader(directory).read('ca', 'acme')).fault).toBeDefined();
  });
});
