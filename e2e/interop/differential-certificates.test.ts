import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isAppError } from '../../shared/errors/app-error.ts';
import { parseCertificates } from '../../electron/domain/x509/certificate-file.ts';
import { parseCertificate } from '../../electron/domain/x509/parse-certificate.ts';
import type { ParsedCertificate } from '../../electron/domain/x509/parsed-certificate.ts';
import { createTestChain } from '../../electron/testing/chain-factory.ts';
import { mutateBytes } from '../../electron/testing/mutate-bytes.ts';
import { mutateDer } from '../../electron/testing/mutate-der.ts';
import { createRichCertificate } from '../../electron/testing/rich-certificate.ts';
import { SeededRandom, seedOfRun } from '../../electron/testing/seeded-random.ts';
import { Allowlist } from './allowlist.ts';
import { folderOf } from './modules.ts';
import { mutantsInRun, unseenInRun } from './mutation-run.ts';
import { havePeers, Oracle } from './peers.ts';

const atOnce = 5000;

interface Certificate {
  readonly sha256: string;
  readonly subject: string;
  readonly issuer: string;
  readonly notBefore: string;
  readonly notAfter: string;
}

/** What the allowlist calls a certificate that only the reference takes, by a part of the sentence that Inkan refuses it with. */
const kinds = ['trailing data', 'URI', 'RSA', 'unsupported certificate or public key'];
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

  function mutate(random: SeededRandom): Uint8Array {
    const seed = random.pick(seeds);
    return random.chance(0.8) ? mutateDer(random, seed) : mutateBytes(random, seed, random.pick(seeds));
  }

  function look(der: Uint8Array, theirs: Certificate | null, theirFault: string | undefined): void {
    const { certificate, fault } = parse(der);
    const example = [fault ?? '', theirFault ?? '', Buffer.from(der).toString('base64')];
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
        ders.map((der) => ({ der: Buffer.from(der).toString('base64') })),
      );
      ders.forEach((der, index) => look(der, answers[index]?.result ?? null, answers[index]?.error?.message));
    }
    expect([...allowlist.refused, ...unseenInRun(allowlist)]).toEqual([]);
  });
});
