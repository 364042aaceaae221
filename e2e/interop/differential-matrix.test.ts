import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Descriptor } from '../../shared/model/descriptor.ts';
import type { Digest } from '../../shared/model/digest.ts';
import { mediaTypes } from '../../shared/model/media-types.ts';
import type { SignatureFormat } from '../../shared/model/signature-format.ts';
import type { KeyAlgorithm } from '../../shared/model/signing-key.ts';
import { createLocalSigner } from '../../electron/domain/sign/local-signer.ts';
import { signTarget } from '../../electron/domain/sign/sign-target.ts';
import { systemClock } from '../../electron/infra/system-clock.ts';
import { createTestChain, type TestChain } from '../../electron/testing/chain-factory.ts';
import { SeededRandom, seedOfRun } from '../../electron/testing/seeded-random.ts';
import { havePeers } from './peers.ts';
import { isAccepted, TwoJudges, wideStatement, type EnvelopeCase, type TwoVerdicts } from './two-judges.ts';
import { algorithms } from './workbench.ts';

const formats: readonly SignatureFormat[] = ['jws', 'cose'];
const lengths = [1, 2, 3] as const;
const artifactsACell = 20;
const cells = formats.flatMap((format) =>
  algorithms.flatMap(([algorithm]) => lengths.map((length) => [format, algorithm, length] as const)),
);

interface Artifact {
  readonly descriptor: Descriptor;
  readonly userMetadata: Record<string, string>;
  readonly expirySeconds: number;
}

const texts = ['1', '', 'a b', '<&>', '印鑑', '"', '\\', '\u2028', '\u{1f642}', '\u0001', 'x'.repeat(2000)];

function generateArtifact(random: SeededRandom): Artifact {
  const algorithm = random.pick(['sha256', 'sha256', 'sha384', 'sha512']);
  const digest = createHash(algorithm).update(random.bytes(8)).digest('hex');
  const pairs = Array.from(
    { length: random.below(4) },
    (_, index) => [`key-${index}${random.pick(texts)}`, random.pick(texts)] as const,
  );
  return {
    descriptor: {
      mediaType: random.pick([
        mediaTypes.ociManifest,
        mediaTypes.ociIndex,
        'application/x',
        'text/plain; charset=utf-8',
      ]),
      digest: `${algorithm}:${digest}` as Digest,
      size: random.pick([0, 1, random.below(1e6), Number.MAX_SAFE_INTEGER]),
    },
    userMetadata: Object.fromEntries(pairs),
    expirySeconds: random.chance(0.5) ? 0 : 60 + random.below(1e8),
  };
}

describe.skipIf(!havePeers())(
  `${cells.length} cells of format, algorithm and chain length, ${artifactsACell} artifacts each way`,
  () => {
    let judges: TwoJudges;
    beforeAll(async () => {
      judges = await TwoJudges.open();
    });
    afterAll(() => judges.close());

    async function prepare(
      algorithm: KeyAlgorithm,
      length: 1 | 2 | 3,
    ): Promise<{ chain: TestChain; store: string; paths: { keyPath: string; certPath: string } }> {
      const chain = createTestChain({ algorithm, length });
      const store = `${algorithm}-${length}`;
      await judges.trust(chain, store);
      const folder = path.join(judges.home, 'keys', store);
      const paths = { keyPath: path.join(folder, 'key'), certPath: path.join(folder, 'crt') };
      await mkdir(folder, { recursive: true });
      await writeFile(paths.keyPath, chain.keyPem, { mode: 0o600 });
      await writeFile(paths.certPath, chain.chainPem);
      return { chain, store, paths };
    }

    function expectAgreement(verdicts: readonly TwoVerdicts[], artifacts: readonly Artifact[]): void {
      verdicts.forEach(({ mine, theirs, theirError }, index) => {
        const wanted = artifacts[index]?.userMetadata ?? {};
        expect([mine?.checks[0]?.reason.message, mine?.fatal, theirs?.error, theirError]).toEqual([
          undefined,
          [],
          null,
          undefined,
        ]);
        expect(isAccepted(mine)).toBe(true);
        expect(mine?.userMetadata).toEqual(wanted);
        expect(theirs?.userMetadata ?? {}).toEqual(wanted);
      });
    }

    test.each(cells)('%s, %s, %i in the chain', async (format, algorithm, length) => {
      const random = new SeededRandom(
        seedOfRun() + cells.findIndex((cell) => cell[0] === format && cell[1] === algorithm && cell[2] === length),
      );
      const { chain, store, paths } = await prepare(algorithm, length);
      const signer = createLocalSigner(chain.keyPem, chain.certificates);
      const artifacts = Array.from({ length: artifactsACell }, () => generateArtifact(random));
      const toCase = (artifact: Artifact, envelope: Uint8Array): EnvelopeCase => ({
        mediaType: mediaTypes[format],
        envelope,
        artifact: artifact.descriptor,
        statement: wideStatement(store),
        userMetadata: artifact.userMetadata,
      });

      const made = [];
      for (const artifact of artifacts) {
        const { descriptor: target, userMetadata, expirySeconds } = artifact;
        const { signal } = new AbortController();
        const request = {
          target,
          userMetadata,
          expirySeconds,
          signer,
          format,
          clock: systemClock,
          version: '1',
          signal,
        };
        made.push(toCase(artifact, (await signTarget(request)).envelope));
      }
      expectAgreement(await judges.judge(made), artifacts);

      const answers = await judges.oracle.askMany<{ envelope: string }>(
        'signEnvelope',
        artifacts.map(({ descriptor, userMetadata: annotations, expirySeconds }) => ({
          ...paths,
          format,
          expirySeconds,
          descriptor: { ...descriptor, annotations },
        })),
      );
      const received = artifacts.map((artifact, index) => {
        const { result, error } = answers[index] ?? { result: null };
        expect(error).toBeUndefined();
        return toCase(artifact, Buffer.from(result?.envelope ?? '', 'base64'));
      });
      expectAgreement(await judges.judge(received), artifacts);
    });
  },
);
