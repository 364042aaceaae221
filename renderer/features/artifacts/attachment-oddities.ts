import { hasApi, type AttachmentQuestion } from '../../../shared/model/attachment.ts';
import type { AttachmentsTree, TreeRow } from './attachments-tree.ts';
import { danglingMarks, duplicateMarks } from './row-words.ts';

/** How often something in the tree is not as it should be. */
export interface Oddities {
  /** Listed under the referrers tag, and not by the referrers API that is there. */
  readonly onlyTag: number;
  /** The other way round, where a referrers tag is there too. */
  readonly onlyApi: number;
  readonly dangling: number;
  readonly duplicate: number;
  readonly unreadable: number;
  /** Listings that could not be read, beside that of the artifact itself. */
  readonly failed: number;
}

/** Counts what is odd, over every level. */
export function oddities({ root, rows }: AttachmentsTree): Oddities {
  const all = [root, ...rows.filter(({ marks }) => !marks.includes('repeated'))];
  const count = (test: (row: TreeRow) => boolean) => rows.filter(test).length;
  const differing = all.filter(({ level }) => level !== undefined && hasBoth(level.questions));
  const listed = differing.flatMap(({ level }) => level?.attachments ?? []);
  return {
    onlyTag: listed.filter(({ via }) => via.includes('tag') && !via.includes('api')).length,
    onlyApi: listed.filter(({ via }) => via.includes('api') && !via.includes('tag')).length,
    dangling: count(({ marks }) => marks.some((mark) => danglingMarks.includes(mark))),
    duplicate: count(({ marks }) => marks.some((mark) => duplicateMarks.includes(mark))),
    unreadable: all.reduce((sum, { level }) => sum + (level?.unreadable ?? 0), 0),
    failed: all.filter((row) => row !== root && row.level?.error !== undefined).length,
  };
}

/** Whether both the API and a tag with entries are there, so that they can differ. */
function hasBoth(questions: readonly AttachmentQuestion[]): boolean {
  return (
    hasApi(questions) && questions.some(({ asked, status, items }) => asked === 'tag' && status === 200 && items > 0)
  );
}
