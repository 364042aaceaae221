import { mkdir, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { measureAttachments } from './attachments-rows.ts';
import { measureCertificates } from './certificates-rows.ts';
import { Contestants } from './contestants.ts';
import { measureDesktop } from './desktop-rows.ts';
import { measureEngine } from './engine-rows.ts';
import { measureRegistry } from './registry-rows.ts';
import { measureRevocation } from './revocation-rows.ts';
import { toTable, type Row } from './report.ts';
import { measureSize } from './size-rows.ts';
import { measureTags } from './tags-rows.ts';

const output = path.resolve(import.meta.dirname, '..', '..', 'dist', 'bench.json');

async function withContestants(measure: (both: Contestants) => Promise<Row[]>): Promise<Row[]> {
  const both = await Contestants.open();
  try {
    return await measure(both);
  } finally {
    await both.close();
  }
}

const groups: Readonly<Record<string, () => Promise<Row[]>>> = {
  engine: () => withContestants(measureEngine),
  revocation: () => withContestants(measureRevocation),
  registry: () => withContestants(measureRegistry),
  tags: measureTags,
  attachments: measureAttachments,
  certificates: () => withContestants(measureCertificates),
  desktop: measureDesktop,
  size: measureSize,
};

async function main(names: readonly string[]): Promise<void> {
  const rows: Row[] = [];
  const started = performance.now();
  for (const name of names) {
    console.error(`measuring: ${name}`);
    rows.push(...((await groups[name]?.()) ?? []));
  }
  const machine = { cpus: os.cpus().map(({ model }) => model), node: process.version, load: os.loadavg() };
  await mkdir(path.dirname(output), { recursive: true });
  await writeFile(output, `${JSON.stringify({ measuredAt: new Date().toISOString(), machine, rows }, undefined, 2)}\n`);
  console.log(`\n${toTable(rows)}\n`);
  console.log('Medians unless p99; ratio = Inkan / reference, below 1 is faster or smaller; "by round" is its range.');
  console.log(
    `${machine.cpus.length} cores, load ${machine.load[0]?.toFixed(1)}, Node ${machine.node}, ${((performance.now() - started) / 1000).toFixed(0)} s`,
  );
}

await main(process.argv.slice(2));
