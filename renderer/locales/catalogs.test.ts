import { compileMessage } from '@lingui/message-utils/compileMessage';
import { describe, expect, it } from 'vitest';
import { readCatalog, type MessageKey } from './catalogs.ts';

const catalogs = { en: readCatalog('en'), ja: readCatalog('ja') };
const keys = Object.keys(catalogs.en) as MessageKey[];

/** Names of the values a message takes, at any depth of its plurals and selects. */
function valuesOf(message: unknown): string[] {
  if (!Array.isArray(message)) return [];
  return message.flatMap((part: unknown) => {
    if (!Array.isArray(part)) return [];
    const [name, , cases]: unknown[] = part;
    const inner = typeof cases === 'object' && cases !== null ? Object.values(cases) : [];
    return [String(name), ...inner.flatMap(valuesOf)];
  });
}

const tagsOf = (text: string) => [...text.matchAll(/<([a-z]+)>/g)].map(([, tag]) => tag ?? '');
const uniqueSorted = (names: readonly string[]) => [...new Set(names)].filter((name) => name !== '#').sort();

describe('the catalogs', () => {
  it('hold the same messages', () => {
    expect(Object.keys(catalogs.ja).sort()).toEqual([...keys].sort());
  });

  it.each(keys)('%s: compiles, takes no value that English lacks, and has its tags', (key) => {
    const [en, ja] = [catalogs.en[key], catalogs.ja[key]];
    const known = uniqueSorted(valuesOf(compileMessage(en)));
    expect(known).toEqual(expect.arrayContaining(uniqueSorted(valuesOf(compileMessage(ja)))));
    expect(uniqueSorted(tagsOf(ja))).toEqual(uniqueSorted(tagsOf(en)));
    expect(ja).not.toBe('');
  });

  it('close every tag that they open', () => {
    const faulty = Object.values(catalogs)
      .flatMap((catalog) => Object.values(catalog))
      .filter((text) => tagsOf(text).length !== [...text.matchAll(/<\/[a-z]+>/g)].length);
    expect(faulty).toEqual([]);
  });
});
