import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isAppError } from '../../shared/errors/app-error.ts';
import { parseCertificates } from '../../electron/domain/x509/certificate-file.ts';
import { parseCertificate } from '../../electron/domain/x509/parse-certificate.ts';
import type { ParsedCertificate } from '../../electron/domain/x509/parsed-certificate.ts';
import { der, derSequence } from '../../electron/domain/x509/der-writer.ts';
import { createTestChain, derExtension, issueCertificate, leafShape } from '../../electron/testing/chain-factory.ts';
import { generateUri } from '../../electron/testing/generate-uris.ts';
import { mutateDerOrBytes } from '../../electron/testing/mutate-der.ts';
import { createRichCertificate } from '../../electron/testing/rich-certificate.ts';
import { SeededRandom, seedOfRun } from '../../electron/testing/seeded-random.ts';
import { Allowlist } from './allowlist.ts';
import { folderOf } from './modules.ts';
import { mutantsInRun, unseenInRun } from './mutation-run.ts';
import { havePeers, Oracle } from './peers.ts';

const atOnce = 5000;
const toBase64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

interface Certificate {
  readonly sha256: string;
  readonly subject: string;
  readonly issuer: string;
  readonly notBefore: string;
  readonly notAfter: string;
}

/** What the allowlist calls a certificate that only the reference takes, by a part of the sentence that Inkan refuses it with. */
const kinds = ['trailing data', 'RSA', 'unsupported certificate or public key'];
const differenceOf = (fault: string): string =>
  `certificate: ${kinds.find((kind) => fault.includes(kind)) ?? 'loose DER'}`;

/** Certificates of real authorities, from the reference's tests. */
function realCertificates(): Uint8Array[] {
  const folder = path.join(
    folderOf('github.com/notaryproject/notation-go'),
    'verifier',
    'testdata',
    'truststore',
    'x509',
  );
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (name) => /\.(?:crt|cer|pem|der)$/.test(name) && !name.includes('SYMLINK'),
  );
  return files.flatMap((name) => parseCertificates(readFileSync(path.join(folder, name))).map(({ raw }) => raw));
}

function certificateNaming(uri: string): Uint8Array {
  const names = derSequence(der(0x86, Buffer.from(uri)));
  return issueCertificate({ ...leafShape, extraExtensions: [derExtension('2.5.29.17', false, names)] }).der;
}

function parse(der: Uint8Array): { certificate?: ParsedCertificate; fault?: string } {
  try {
    return { certificate: parseCertificate(der) };
  } catch (error) {
    if (isAppError(error, 'certificate.malformed')) return { fault: error.details.fault };
    throw error;
  }
}

describe.skipIf(!havePeers())(`${mutantsInRun} certificates with something wrong`, () => {
  let oracle: Oracle;
  let seeds: readonly Uint8Array[];
  const allowlist = new Allowlist('differential-certificates');
  beforeAll(() => {
    oracle = new Oracle();
    const rich = [createRichCertificate(), createRichCertificate('RSA-2048')];
    seeds = [...rich, ...rich, ...rich, ...createTestChain({ length: 3 }).ders, ...realCertificates()];
  });
  afterAll(() => oracle.stop());

  const mutate = (random: SeededRandom): Uint8Array => mutateDerOrBytes(random, random.pick(seeds), random.pick(seeds));

  function look(der: Uint8Array, theirs: Certificate | null, theirFault: string | undefined): void {
    const { certificate, fault } = parse(der);
    const example = [fault ?? '', theirFault ?? '', toBase64(der)];
    if (certificate && !theirs) allowlist.note('certificate: accepted', example);
    else if (!certificate && theirs) allowlist.note(differenceOf(fault ?? ''), example);
    else if (certificate && theirs) {
      const { sha256, subject, issuer, notBefore, notAfter } = certificate;
      const [from, to] = [new Date(theirs.notBefore), new Date(theirs.notAfter)];
      const isSame = sha256 === theirs.sha256 && subject === theirs.subject && issuer === theirs.issuer;
      if (!isSame || +notBefore !== +from || +notAfter !== +to)
        allowlist.note('certificate: read otherwise', [subject, theirs, ...example]);
    }
  }

  test('none is accepted that the reference refuses, and all else is read the same', async () => {
    const random = new SeededRandom(seedOfRun());
    for (let left = mutantsInRun; left > 0; left -= atOnce) {
      const ders = Array.from({ length: Math.min(left, atOnce) }, () => mutate(random));
      const answers = await oracle.askMany<Certificate>(
        'parseCertificate',
        ders.map((der) => ({ der: toBase64(der) })),
      );
      ders.forEach((der, index) => look(der, answers[index]?.result ?? null, answers[index]?.error?.message));
    }
    expect([...allowlist.refused, ...unseenInRun(allowlist)]).toEqual([]);
  });

  test('a URI among its names is taken where the reference takes it', async () => {
    const random = new SeededRandom(seedOfRun());
    const found: unknown[] = [];
    let accepted = 0;
    for (let left = mutantsInRun; left > 0; left -= atOnce) {
      const uris = Array.from({ length: Math.min(left, atOnce) }, () => generateUri(random));
      const ders = uris.map(certificateNaming);
      const answers = await oracle.askMany(
        'parseCertificate',
        ders.map((der) => ({ der: toBase64(der) })),
      );
      ders.forEach((der, index) => {
        const { fault } = parse(der);
        const theirs = answers[index]?.error?.message;
        if (fault === undefined) accepted += 1;
        if ((fault === undefined) !== (theirs === undefined)) found.push([uris[index], fault, theirs]);
      });
    }
    expect(found.slice(0, 20)).toEqual([]);
    expect(accepted).toBeGreaterThan(mutantsInRun / 10);
    expect(accepted).toBeLessThan(mutantsInRun / 2);
  });
});
