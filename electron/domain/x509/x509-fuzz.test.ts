import { X509Certificate } from 'node:crypto';
import { expect, it } from 'vitest';
import { isAppError } from '../../../shared/errors/app-error.ts';
import { createTestChain } from '../../testing/chain-factory.ts';
import { assertSound, fuzzParser } from '../../testing/fuzz-parser.ts';
import { mutateBytes } from '../../testing/mutate-bytes.ts';
import { mutateDerOrBytes } from '../../testing/mutate-der.ts';
import { mutateText } from '../../testing/mutate-text.ts';
import { createRichCertificate } from '../../testing/rich-certificate.ts';
import { parseCertificates } from './certificate-file.ts';
import { DerError, DerReader } from './der-reader.ts';
import { der } from './der-writer.ts';
import { parseCertificate } from './parse-certificate.ts';
import { toPem } from './pem.ts';
import { parsePrivateKey } from './private-key.ts';

const chain = createTestChain({ length: 3 });
const certificates = [createRichCertificate(), createRichCertificate('RSA-2048'), ...chain.ders];
it('DER: elements that are taken are the bytes that were given', async () => {
  const result = await fuzzParser({
    seeds: certificates,
    mutate: mutateBytes,
    parse: (bytes) => {
      const reader = new DerReader(bytes);
      const elements = [];
      while (!reader.isAtEnd) elements.push(reader.readAny());
      return elements;
    },
    isFault: (error) => error instanceof DerError,
    check: (elements, bytes) => {
      const written = elements.map(({ tag, content }) => der(tag, content));
      expect(Buffer.concat(written)).toEqual(Buffer.from(bytes));
    },
  });
  assertSound(result);
});

it('certificates: one that is taken is the one that Node reads', async () => {
  const result = await fuzzParser({
    seeds: certificates,
    mutate: mutateDerOrBytes,
    parse: parseCertificate,
    isFault: (error) => isAppError(error, 'certificate.malformed'),
    check: ({ raw, serialNumber, sha256 }, bytes) => {
      expect(raw).toEqual(Uint8Array.from(bytes));
      const node = new X509Certificate(bytes);
      expect(node.fingerprint256.replaceAll(':', '').toLowerCase()).toBe(sha256);
      expect(BigInt(`0x${serialNumber}`)).toBe(BigInt(`0x${node.serialNumber.replace('-', '')}`));
    },
  });
  assertSound(result);
});

it('certificate files: what is taken is whole certificates', async () => {
  const result = await fuzzParser({
    seeds: [
      Buffer.from(chain.chainPem),
      Buffer.concat(chain.ders),
      Buffer.from(`a\r\n${toPem('X', certificates[0] ?? new Uint8Array())}b`),
    ],
    mutate: mutateBytes,
    parse: parseCertificates,
    isFault: (error) => isAppError(error, 'certificate.malformed'),
    check: (list) => expect(list.every(({ raw }) => parseCertificate(raw).raw.length === raw.length)).toBe(true),
  });
  assertSound(result);
});

it('private keys: nothing of the text is in an error', async () => {
  const seeds = (['pkcs8', 'sec1'] as const).map((type) => chain.privateKey.export({ type, format: 'pem' }).toString());
  const result = await fuzzParser({
    seeds: [...seeds, chain.keyPem],
    mutate: mutateText,
    parse: parsePrivateKey,
    isFault: (error) =>
      ['key.malformed', 'key.encrypted', 'key.unsupported'].includes(isAppError(error) ? error.code : '') &&
      !seeds.some((seed) => String((error as Error).stack).includes(seed.split('\n')[1] ?? '')),
  });
  assertSound(result);
});
