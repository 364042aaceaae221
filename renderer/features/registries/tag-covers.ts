import { createContext } from 'react';
import { nothingKnown, type KnownTags } from './known-tags.ts';

/** Which manifests a verified index covers, for the rows of the tag list. */
export const TagCovers = createContext<KnownTags['covers']>(nothingKnown.covers);
