import type { ContentDocument, DocumentFactName, DocumentForm, DocumentList } from '../../../shared/model/content.ts';
import type { Digest } from '../../../shared/model/digest.ts';
import { isJsonObject, JsonNumber, memberOf, type JsonObject, type JsonValue } from '../codec/strict-json.ts';

/** Whoever pushed the content wrote it, so everything taken from it is shortened. */
const maxValueLength = 1000;
const maxItems = 100;
const maxTextLength = 64 * 1024;

export type Facts = readonly (readonly [name: DocumentFactName, value: string | undefined])[];

/** The value of a member when it is a text, shortened. */
export function textOf(value: JsonValue | undefined, name?: string): string | undefined {
  const member = name === undefined ? value : isJsonObject(value) ? memberOf(value, name) : undefined;
  if (typeof member === 'number') return String(member);
  if (member instanceof JsonNumber) return member.text.slice(0, maxValueLength);
  return typeof member === 'string' && member !== '' ? member.slice(0, maxValueLength) : undefined;
}

/** The object under a name; an empty one when there is none. */
export function objectOf(value: JsonValue | undefined, name: string): JsonObject {
  const member = isJsonObject(value) ? memberOf(value, name) : undefined;
  return isJsonObject(member) ? member : {};
}

/** The list under a name; an empty one when there is none. */
export function listOf(value: JsonValue | undefined, name: string): readonly JsonValue[] {
  const member = isJsonObject(value) ? memberOf(value, name) : undefined;
  return Array.isArray(member) ? (member as readonly JsonValue[]) : [];
}

/** What a list holds, its first entries named. */
export function toList(
  of: DocumentList['of'],
  entries: readonly JsonValue[],
  toItem: (entry: JsonValue) => {
    readonly name: string | undefined;
    readonly version?: string | undefined;
    readonly note?: string | undefined;
  },
): DocumentList {
  const items = entries.slice(0, maxItems).map((entry) => {
    const { name, version, note } = toItem(entry);
    return { name: name ?? '—', ...(version && { version }), ...(note && { note }) };
  });
  return { of, count: entries.length, items };
}

/** One document; facts without a value and empty lists are left out. */
export function toDocument(
  form: DocumentForm,
  {
    facts = [],
    lists = [],
    about,
    text,
  }: { facts?: Facts; lists?: readonly DocumentList[]; about?: ContentDocument['about']; text?: string | undefined },
): ContentDocument {
  return {
    form,
    facts: facts.flatMap(([name, value]) =>
      value === undefined || value === '' ? [] : [{ name, value: value.slice(0, maxValueLength) }],
    ),
    lists: lists.filter(({ count }) => count > 0),
    ...(about && { about }),
    ...(text !== undefined && { text: text.slice(0, maxTextLength) }),
    isTextCut: (text?.length ?? 0) > maxTextLength,
  };
}

/** Whether one of the digests named is the one wanted; undefined when none is named, or nothing is known to compare with. */
export function isAbout(
  named: readonly (string | undefined)[],
  subject: Digest | undefined,
): ContentDocument['about'] | undefined {
  const told = named.filter((digest) => digest !== undefined);
  if (told.length === 0 || subject === undefined) return undefined;
  return told.includes(subject) ? 'subject' : 'other';
}
