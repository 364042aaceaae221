import { z } from 'zod';

/** What the rail keeps at most. */
export const maxPins = 50;
export const maxRecents = 8;

/** A repository of a source. */
export const placeSchema = z.object({ sourceId: z.string().min(1).max(64), repository: z.string().min(1).max(300) });
export type Place = z.infer<typeof placeSchema>;

/** Columns of the tag list beside the tag itself, which is always there. */
export const tagColumns = ['digest', 'kind', 'verdict', 'signers', 'size'] as const;
export type TagColumn = (typeof tagColumns)[number];

/** How the tag list is shown. */
export const tagTableSchema = z.object({
  hiddenColumns: z.array(z.enum(tagColumns)).max(tagColumns.length),
  newestFirst: z.boolean(),
  /** Whether tags that hold signatures and referrers stand among the others. */
  showsSignatureTags: z.boolean(),
});
export type TagTable = z.infer<typeof tagTableSchema>;

/** What is kept of looking around: pinned repositories, those visited last (the last one first), and how tables are shown. */
export const browsingSchema = z.object({
  pins: z.array(placeSchema).max(maxPins),
  recents: z.array(placeSchema).max(maxRecents),
  tagTable: tagTableSchema,
});
export type Browsing = z.infer<typeof browsingSchema>;
