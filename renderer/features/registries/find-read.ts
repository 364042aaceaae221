/** An artifact of a source that was read, or whose tag was. */
export interface ReadPlace {
  readonly repository: string;
  /** A tag or digest. */
  readonly reference: string;
  /** What is known of it beside its name, a line each, in lower case. */
  readonly words: string;
}

export interface Found extends Omit<ReadPlace, 'words'> {
  /** The line in which the text stands; absent when it stands in the tag. */
  readonly because?: string;
}

const maxFound = 50;
const shortest = 2;

/** The places whose tag has the text in it, then those of which something else has: digest, signer, fingerprint, annotation. */
export function findRead(places: Iterable<ReadPlace>, meanings: readonly string[]): readonly Found[] {
  const [wanted = ''] = meanings;
  if (wanted.length < shortest) return [];
  const [byTag, byWords]: [Found[], Found[]] = [[], []];
  for (const { repository, reference, words } of places) {
    if (byTag.length >= maxFound) break;
    const meant = meanings.find((meaning) => words.includes(meaning));
    if (reference.toLowerCase().includes(wanted)) byTag.push({ repository, reference });
    else if (byWords.length < maxFound && meant !== undefined)
      byWords.push({ repository, reference, because: words.split('\n').find((line) => line.includes(meant)) ?? '' });
  }
  return [...byTag, ...byWords].slice(0, maxFound);
}
