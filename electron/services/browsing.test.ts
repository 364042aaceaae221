import { beforeEach, describe, expect, it } from 'vitest';
import { MemoryDirectory } from '../testing/memory-directory.ts';
import { callContext, ServiceBench } from '../testing/service-bench.ts';
import { createBrowsingService } from './browsing.ts';

let bench: ServiceBench;
let inkan: MemoryDirectory;
let browsing: ReturnType<typeof createBrowsingService>;
beforeEach(() => {
  bench = new ServiceBench();
  inkan = new MemoryDirectory('/inkan');
  const book = { list: () => Promise.resolve(['a', 'b'].map((id) => ({ id }) as never)) };
  browsing = createBrowsingService({ ...bench, inkan, book });
});

const read = () => browsing['browsing.readBrowsing']({}, callContext());
const visit = (repository: string, sourceId = 'a') =>
  browsing['browsing.noteVisit']({ sourceId, repository }, callContext());
const pin = (repository: string, isPinned: boolean) =>
  browsing['browsing.pinPlace']({ sourceId: 'a', repository, isPinned }, callContext());

describe('browsing', () => {
  it('begins with nothing', async () => {
    expect(await read()).toEqual({
      pins: [],
      recents: [],
      tagTable: { hiddenColumns: [], newestFirst: true, showsSignatureTags: false },
    });
  });

  it('keeps the last eight visits, each place once', async () => {
    for (let index = 0; index < 10; index += 1) await visit(`r${index}`);
    await visit('r5');
    expect((await read()).recents.map(({ repository }) => repository)).toEqual([
      'r5',
      'r9',
      'r8',
      'r7',
      'r6',
      'r4',
      'r3',
      'r2',
    ]);
  });

  it('pins and takes off, and tells only of changes', async () => {
    await pin('x', true);
    await pin('y', true);
    await pin('x', true);
    expect((await read()).pins.map(({ repository }) => repository)).toEqual(['y', 'x']);
    await pin('y', false);
    await pin('y', false);
    expect((await read()).pins).toEqual([{ sourceId: 'a', repository: 'x' }]);
    expect(bench.told('browsing.changed')).toHaveLength(4);
  });

  it('leaves out what belongs to no source any more', async () => {
    await visit('gone', 'removed');
    await visit('here', 'b');
    expect((await read()).recents).toEqual([{ sourceId: 'b', repository: 'here' }]);
  });

  it('keeps how the tag list looks, change by change', async () => {
    await browsing['browsing.changeTagTable']({ hiddenColumns: ['size'] }, callContext());
    await browsing['browsing.changeTagTable']({ newestFirst: false }, callContext());
    expect((await read()).tagTable).toEqual({ hiddenColumns: ['size'], newestFirst: false, showsSignatureTags: false });
  });

  it.each(['{', '[]', '{"pins":1}', '{"pins":[],"pins":[]}'])('refuses the file %s', async (text) => {
    inkan.put('browsing.json', text);
    await expect(read()).rejects.toMatchObject({ code: 'file.malformed' });
  });
});
