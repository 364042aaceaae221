interface MemberSpan {
  readonly name: string;
  readonly valueStart: number;
  readonly valueEnd: number;
}

/** The end of a string that starts here. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at + 1;
}

function skipSpace(text: string, start: number): number {
  let at = start;
  while (at < text.length && ' \t\r\n'.includes(text[at] ?? '')) at += 1;
  return at;
}

/** The end of a value that starts here: of the innermost text that holds all its brackets. */
function endOfValue(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length;) {
    const character = text[at] ?? '';
    if (character === '"') at = endOfString(text, at);
    else at += 1;
    if ('{['.includes(character)) depth += 1;
    else if ('}]'.includes(character)) depth -= 1;
    if (depth === 0 && ('"}]'.includes(character) || ',}] \t\r\n'.includes(text[at] ?? ','))) return at;
  }
  return text.length;
}

function findMembers(text: string): readonly MemberSpan[] {
  const members: MemberSpan[] = [];
  let at = skipSpace(text, skipSpace(text, 0) + 1);
  while (text[at] === '"') {
    const nameEnd = endOfString(text, at);
    const name = JSON.parse(text.slice(at, nameEnd)) as string;
    const valueStart = skipSpace(text, skipSpace(text, nameEnd) + 1);
    const valueEnd = endOfValue(text, valueStart);
    members.push({ name, valueStart, valueEnd });
    at = skipSpace(text, valueEnd);
    if (text[at] === ',') at = skipSpace(text, at + 1);
  }
  return members;
}

/**
 * The text of a JSON object with one member set, and not a character of the rest touched: numbers keep their digits, members their
 * order, lines their indentation.
 *
 * @param text an object that a strict parser has accepted
 * @param isMember which member is meant; the last such one is set, and a new one is added when there is none
 * @param json the value, as JSON
 */
export function withJsonMember(
  text: string,
  name: string,
  json: string,
  isMember = (candidate: string): boolean => candidate === name,
): string {
  const members = findMembers(text);
  const there = members.findLast((member) => isMember(member.name));
  if (there) return text.slice(0, there.valueStart) + json + text.slice(there.valueEnd);
  const open = text.indexOf('{') + 1;
  const last = members.at(-1);
  if (!last)
    return `${text.slice(0, open)}\n    ${JSON.stringify(name)}: ${json}\n${text.slice(text.lastIndexOf('}'))}`;
  const indentation = text.slice(open, skipSpace(text, open));
  return `${text.slice(0, last.valueEnd)},${indentation}${JSON.stringify(name)}: ${json}${text.slice(last.valueEnd)}`;
}
