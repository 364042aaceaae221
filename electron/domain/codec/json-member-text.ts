import { parseTree } from 'jsonc-parser';

/**
 * The text of a JSON object with one member set, and not a character of the rest touched: numbers keep their digits, members their
 * order, lines their indentation.
 *
 * @param text an object that a strict parser has accepted
 * @param json the value, as JSON
 * @param isMember which member is meant; the last such one is set, and a new one is added when there is none
 */
export function withJsonMember(
  text: string,
  name: string,
  json: string,
  isMember = (candidate: string): boolean => candidate === name,
): string {
  const members = parseTree(text)?.children ?? [];
  const value = members.findLast(({ children }) => isMember(String(children?.[0]?.value)))?.children?.[1];
  if (value) return text.slice(0, value.offset) + json + text.slice(value.offset + value.length);
  const open = text.indexOf('{') + 1;
  const [first, last] = [members[0], members.at(-1)];
  if (!first || !last)
    return `${text.slice(0, open)}\n    ${JSON.stringify(name)}: ${json}\n${text.slice(text.lastIndexOf('}'))}`;
  const indentation = text.slice(open, first.offset);
  const end = last.offset + last.length;
  return `${text.slice(0, end)},${indentation}${JSON.stringify(name)}: ${json}${text.slice(end)}`;
}

/**
 * The same for the items of a list that is a member: those that `keeps` takes stay as they are written, and others come after them.
 * A member that is missing or null is taken for an empty list.
 *
 * @param text an object that a strict parser has accepted, with a list or nothing under this name
 * @param added items, as JSON
 */
export function withJsonItems(
  text: string,
  name: string,
  added: readonly string[],
  keeps: (index: number) => boolean = () => true,
): string {
  const members = parseTree(text)?.children ?? [];
  const list = members.find(({ children }) => children?.[0]?.value === name)?.children?.[1];
  const items = (list?.children ?? []).map(({ offset, length }) => text.slice(offset, offset + length));
  return withJsonMember(text, name, `[${[...items.filter((_, index) => keeps(index)), ...added].join(',')}]`);
}
