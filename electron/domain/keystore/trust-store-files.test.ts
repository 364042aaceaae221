import { describe, expect, it } from 'vitest';
import { caShape, createTestChain, issueCertificate } from '../../testing/chain-factory.ts';
import { MemoryDirectory } from '../../testing/memory-directory.ts';
import { parseCertificate } from '../x509/parse-certificate.ts';
import { toPem } from '../x509/pem.ts';
import { addStoreFile, deleteStore, deleteStoreFile } from './trust-store-files.ts';

const chain = createTestChain({ length: 3 });
const [leaf, intermediate, root] = chain.certificates;
const lone = createTestChain({ length: 1 }).certificates[0]!;
const bytesOf = (...pems: readonly string[]): Uint8Array => new TextEncoder().encode(pems.join(''));
const pemOf = (certificate: { readonly raw: Uint8Array }): string => toPem('CERTIFICATE', certificate.raw);
const acme = { type: 'ca', name: 'acme' } as const;
const folder = 'truststore/x509/ca/acme';

describe('adding', () => {
  it.each([
    ['PEM', bytesOf('# our root\n', pemOf(root!))],
    ['DER', root!.raw],
  ])('keeps %s byte for byte', async (_form, bytes) => {
    const directory = new MemoryDirectory('/c');
    await addStoreFile(directory, acme, 'Our root.crt', bytes, [root!.sha256]);
    expect(directory.files.get(`${folder}/Our root.crt`)).toEqual({ bytes, mode: 0o600 });
  });

  it.each([
    ['ca', root, true],
    ['ca', intermediate, true],
    ['ca', lone, true],
    ['ca', leaf, false],
    ['signingAuthority', intermediate, true],
    ['signingAuthority', leaf, false],
    ['tsa', root, true],
    ['tsa', intermediate, false],
  ] as const)('to %s by the rules of its type (case %#)', async (type, certificate, accepted) => {
    const directory = new MemoryDirectory('/c');
    const adding = addStoreFile(directory, { type, name: 'acme' }, 'a.crt', certificate!.raw, [certificate!.sha256]);
    if (accepted) await adding;
    else await expect(adding).rejects.toMatchObject({ code: 'trustStore.badCertificate' });
    expect(directory.files.size).toBe(accepted ? 1 : 0);
  });

  it.each([
    ['a store named ..', { ...acme, name: '..' }, 'a.crt', bytesOf(pemOf(root!)), 'trustStore.badName'],
    ['a store that is a path', { ...acme, name: 'a/b' }, 'a.crt', bytesOf(pemOf(root!)), 'trustStore.badName'],
    ['the case twin of a store', { ...acme, name: 'OLD' }, 'a.crt', bytesOf(pemOf(root!)), 'trustStore.badName'],
    ['a file that is a path', acme, '../a.crt', bytesOf(pemOf(root!)), 'file.badName'],
    ['a device', acme, 'nul.crt', bytesOf(pemOf(root!)), 'file.badName'],
    ['an existing file', { ...acme, name: 'old' }, 'ROOT.crt', bytesOf(pemOf(root!)), 'trustStore.fileExists'],
    ['nothing', acme, 'a.crt', new Uint8Array(), 'trustStore.noCertificate'],
    ['a key', acme, 'a.crt', bytesOf(chain.keyPem), 'certificate.malformed'],
    ['trailing bytes', acme, 'a.crt', Uint8Array.of(...root!.raw, 0), 'certificate.malformed'],
    ['one good and one bad', acme, 'a.crt', bytesOf(pemOf(root!), pemOf(leaf!)), 'trustStore.badCertificate'],
    ['one confirmed and one not', acme, 'a.crt', bytesOf(pemOf(root!), pemOf(lone)), 'trustStore.notConfirmed'],
  ])('refuses %s', async (_title, store, file, bytes, code) => {
    const directory = new MemoryDirectory('/c');
    directory.put('truststore/x509/ca/old/root.crt', 'x');
    await expect(addStoreFile(directory, store, file, bytes, [root!.sha256])).rejects.toMatchObject({ code });
    expect(directory.files.size).toBe(1);
  });

  it('needs the whole fingerprint', async () => {
    const adding = addStoreFile(new MemoryDirectory('/c'), acme, 'a.crt', root!.raw, [root!.sha256.slice(0, 63)]);
    await expect(adding).rejects.toMatchObject({ code: 'trustStore.notConfirmed', details: { sha256: root!.sha256 } });
  });

  it('takes a CA whose dates have passed, as the reference does', async () => {
    const past = { notBefore: new Date('2001-01-01T00:00:00Z'), notAfter: new Date('2002-01-01T00:00:00Z') };
    const old = parseCertificate(issueCertificate({ ...caShape('old'), ...past }, undefined, 'old').der);
    await addStoreFile(new MemoryDirectory('/c'), acme, 'a.crt', old.raw, [old.sha256]);
    expect(old.notAfter.getUTCFullYear()).toBe(2002);
  });
});

describe('deleting', () => {
  const filled = (): MemoryDirectory => {
    const directory = new MemoryDirectory('/c');
    for (const file of ['a.crt', '.DS_Store']) directory.put(`${folder}/${file}`, 'x');
    directory.put('truststore/x509/ca/other/a.crt', 'x');
    return directory;
  };

  it('takes one file, and the store with its last', async () => {
    const directory = filled();
    expect(await deleteStoreFile(directory, acme, 'a.crt')).toBe(false);
    expect(await deleteStoreFile(directory, acme, '.DS_Store')).toBe(true);
    expect(await directory.list('truststore/x509/ca')).toEqual(['other']);
    await expect(deleteStoreFile(directory, acme, 'a.crt')).rejects.toMatchObject({ code: 'trustStore.notFound' });
  });

  it('takes a store with exactly its files', async () => {
    const directory = filled();
    expect(await deleteStore(directory, acme)).toEqual(['.DS_Store', 'a.crt']);
    expect([...directory.files.keys()]).toEqual(['truststore/x509/ca/other/a.crt']);
  });

  it('leaves a store alone that has a folder in it', async () => {
    const directory = filled();
    directory.put(`${folder}/sub/b.crt`, 'x');
    await expect(deleteStore(directory, acme)).rejects.toMatchObject({ code: 'file.notRegular' });
    expect(directory.files.size).toBe(4);
  });

  it.each(['..', '.', 'a/b', '', '../../localkeys'])('never leaves the folder of its type: %j', async (name) => {
    const directory = filled();
    const store = { type: 'ca', name } as const;
    await expect(deleteStore(directory, store)).rejects.toMatchObject({ code: 'trustStore.badName' });
    await expect(deleteStoreFile(directory, store, 'a.crt')).rejects.toMatchObject({ code: 'trustStore.badName' });
    expect(directory.files.size).toBe(3);
  });

  it('knows no file by a path', async () => {
    const deleting = deleteStoreFile(filled(), acme, '../other/a.crt');
    await expect(deleting).rejects.toMatchObject({ code: 'trustStore.fileNotFound' });
  });
});
