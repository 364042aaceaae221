import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Digest } from '../../shared/model/digest.ts';
import { labDrills, labScope, labSourceId, labTag } from '../../shared/model/lab.ts';
import { havePeers } from './peers.ts';
import { Workbench, type ReferenceVerdict } from './workbench.ts';

/** What the test lab makes, held to the reference: the example verifies there, and each drill fails there at the same check. */
describe.skipIf(!havePeers())('the test lab and the reference', () => {
  let bench: Workbench;
  let digest: Digest;
  beforeAll(async () => {
    bench = await Workbench.open();
    digest = (await bench.engine.call('lab.makeExample', { intermediate: true })).lab.digest;
  });
  afterAll(() => bench.close());

  const judge = (tag: string): Promise<ReferenceVerdict> => {
    const layout = path.join(bench.home, 'inkan', labSourceId);
    const oracle = { layout, ref: tag, scope: labScope };
    return bench.verifyWithReference({
      label: 'test lab',
      sourceId: labSourceId,
      repository: '',
      tag,
      digest,
      scope: labScope,
      oracle,
    });
  };

  test('the example verifies', async () => {
    expect(await judge(labTag)).toMatchObject({ verdict: 'verified' });
  });

  test.each(labDrills)('%s fails at the same check', async (name) => {
    const { drill } = await bench.engine.call('lab.runDrill', { drill: name });
    const { verdict, outcomes } = await judge(drill.tag);
    expect(verdict).toBe('failed');
    const failed = outcomes.flatMap(({ checks }) => checks.filter(({ error }) => error).map(({ type }) => type));
    expect(failed).toEqual(drill.expected.check === undefined ? [] : [drill.expected.check]);
  });
});
