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
