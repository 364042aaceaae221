import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathOf } from '../interop/peers.ts';
import { keys, type Contestants } from './contestants.ts';
import { alternate, repeat, timeOf } from './measure.ts';
import { toRow, type Row } from './report.ts';

const rounds = 6;
const imagesOfJob = 200;
const signaturesOfOne = 100;
const pollMs = 4;
const execute = promisify(execFile);

/** Signing and verifying against a registry on loopback, one at a time and many at once. */
export async function measureRegistry(both: Contestants): Promise<Row[]> {
  const rows: Row[] = [];
  for (const [key, , shown] of keys) rows.push(...(await measureVerify(both, key, shown)));
  for (const [key, , shown] of keys) rows.push(...(await measureSign(both, key, shown)));
  rows.push(await measureManySignatures(both), ...(await measureJob(both)));
  return rows;
}

function imagesOf(key: string): 'images/bench-rsa' | 'images/bench-ec' {
  return key === 'bench-rsa' ? 'images/bench-rsa' : 'images/bench-ec';
}

/** Both load policy and trust stores each time, resolve the tag, list, fetch and judge. */
async function measureVerify(both: Contestants, key: string, shown: string): Promise<Row[]> {
  const repository = imagesOf(key);
  const { refs } = await both.fill(repository, imagesOfJob);
  await both.ask('sign', { refs, times: refs.length, ...both.keyFiles(key) });
  const times = 50;
  const verifyOnce = async (index: number) => {
    const place = { sourceId: both.sourceId, repository, reference: `v${index}` };
    const { verdict } = await both.engine.call('verify.verifyArtifact', place);
    if (verdict !== 'verified') throw new Error(`${repository}:v${index} is ${verdict}`);
  };
  const contest = await alternate(
    rounds,
    () => repeat(times, verifyOnce),
    () => both.ask('verify', { refs, times }),
  );
  return [
    toRow(`verify in a registry, ${shown}, p50`, contest, { aim: { of: 'ratio', atMost: 1 } }),
    toRow(`verify in a registry, ${shown}, p99`, contest, { part: 0.99 }),
  ];
}

/** Both load the key each time, resolve the tag, sign and push; each side has images of its own. */
async function measureSign(both: Contestants, key: string, shown: string): Promise<Row[]> {
  const times = 40;
  const { digests } = await both.fill('images/inkan', times);
  const { refs } = await both.fill('images/reference', times);
  const signOnce = async (index: number) => {
    const place = { sourceId: both.sourceId, repository: 'images/inkan', reference: `v${index}` };
    const { descriptor } = await both.engine.call('artifacts.resolveReference', place);
    if (descriptor.digest !== digests[index]) throw new Error(`v${index} is another image`);
    await both.engine.call('sign.signArtifact', { ...place, digest: descriptor.digest, keyName: key });
  };
  const contest = await alternate(
    rounds,
    () => repeat(times, signOnce),
    () => both.ask('sign', { refs, times, ...both.keyFiles(key) }),
  );
  return [
    toRow(`sign in a registry, ${shown}, p50`, contest),
    toRow(`sign in a registry, ${shown}, p99`, contest, { part: 0.99 }),
  ];
}

/** One image with many signatures: every one is listed, fetched, decoded and judged by both. */
async function measureManySignatures(both: Contestants): Promise<Row> {
  const { refs } = await both.fill('images/many', 1);
  await both.ask('sign', { refs, times: signaturesOfOne, ...both.keyFiles('bench-rsa') });
  const verifyOnce = async () => {
    const place = { sourceId: both.sourceId, repository: 'images/many', reference: 'v0' };
    const { signatures } = await both.engine.call('verify.verifyArtifact', {
      ...place,
      maxSignatures: signaturesOfOne,
    });
    const verified = signatures.filter(({ verdict }) => verdict === 'verified').length;
    if (verified !== signaturesOfOne) throw new Error(`${verified} of ${signaturesOfOne} signatures verified`);
  };
  const contest = await alternate(
    5,
    () => repeat(3, verifyOnce),
    () => both.ask('verifyAll', { refs, times: 3 }),
  );
  return toRow(`${signaturesOfOne} signatures on one image: list, decode, verify`, contest);
}

/** All images in one job, against a loop that starts one process for each and, to be fair, one process for all. */
async function measureJob(both: Contestants): Promise<Row[]> {
  const repository = 'images/bench-rsa';
  const references = Array.from({ length: imagesOfJob }, (_, index) => `v${index}`);
  const refs = references.map((reference) => `${both.scopeOf(repository)}:${reference}`);
  const artifacts = references.map((reference) => ({ sourceId: both.sourceId, repository, reference }));
  const runJob = async () => [await timeOf(() => verifyAsJob(both, artifacts))];
  const loop = [
    '-c',
    'program=$0; config=$1; shift; for ref in "$@"; do "$program" -config "$config" "$ref" || exit 1; done',
  ];
  const runLoop = async () => [
    await timeOf(() => execute('sh', [...loop, pathOf('reference-verify'), both.referenceConfigDir, ...refs])),
  ];
  const runInOne = async () => [await timeOf(() => both.ask('verify', { refs, times: refs.length }))];
  const againstLoop = await alternate(3, runJob, runLoop);
  const againstOne = await alternate(4, runJob, runInOne);
  return [
    toRow(`${imagesOfJob} images as one job, against a process each`, againstLoop, {
      aim: { of: 'ratio', atMost: 0.2 },
    }),
    toRow(`${imagesOfJob} images as one job, against one warm process`, againstOne),
  ];
}

async function verifyAsJob(
  { engine }: Contestants,
  artifacts: { sourceId: string; repository: string; reference: string }[],
): Promise<void> {
  const { jobId } = await engine.call('verify.verifyMany', { artifacts });
  for (;;) {
    const { jobs } = await engine.call('jobs.listJobs', {});
    const job = jobs.find(({ id }) => id === jobId);
    if (job?.state !== 'running') break;
    await sleep(pollMs);
  }
  const { reports } = await engine.call('verify.readReports', { jobId });
  const verified = reports.filter(({ report }) => report?.verdict === 'verified').length;
  if (verified !== artifacts.length) throw new Error(`${verified} of ${artifacts.length} images verified`);
}
