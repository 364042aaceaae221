import { applyEdits, type Edit, type Node } from 'jsonc-parser';
import { findMember } from './json-document.ts';

/** A change of a JSON text that leaves every byte it is not about as it was. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

interface Style {
  readonly unit: string;
  readonly eol: string;
}

/** How the text is laid out: the first indentation found, else two spaces. */
function styleOf(text: string): Style {
  const unit = /\n([ \t]+)\S/.exec(text)?.[1] ?? '  ';
  return { unit: unit.startsWith('\t') ? '\t' : unit, eol: text.includes('\r\n') ? '\r\n' : '\n' };
}

/** The white space that the line of an offset begins with. */
function indentAt(text: string, offset: number): string {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  return /^[ \t]*/.exec(text.slice(start, offset))?.[0] ?? '';
}

/** Short lists of plain values stay on one line, as people write them; the rest is spread. */
function isInline(value: Json): boolean {
  if (typeof value !== 'object' || value === null) return true;
  const parts = Object.values(value) as Json[];
  return parts.length <= 1 && parts.every((part) => typeof part !== 'object' || part === null);
}

function print(value: Json, indent: string, style: Style): string {
  if (isInline(value)) {
    return JSON.stringify(value)
      .replace(/^\{(.+)\}$/s, '{ $1 }')
      .replace(/^(\{ "(?:[^"\\]|\\.)*"):/s, '$1: ');
  }
  const inner = indent + style.unit;
  const list = Array.isArray(value);
  const lines = list
    ? (value as readonly Json[]).map((item) => print(item, inner, style))
    : Object.entries(value as Record<string, Json>).map(
        ([name, member]) => `${JSON.stringify(name)}: ${print(member, inner, style)}`,
      );
  const body = lines.map((line) => inner + line).join(`,${style.eol}`);
  return `${list ? '[' : '{'}${style.eol}${body}${style.eol}${indent}${list ? ']' : '}'}`;
}

const endOf = (node: Node) => node.offset + node.length;
const apply = (text: string, edit: Edit) => applyEdits(text, [edit]);

/** Puts another value where one stands. */
export function replaceValue(text: string, node: Node, value: Json): string {
  const content = print(value, indentAt(text, node.offset), styleOf(text));
  return apply(text, { offset: node.offset, length: node.length, content });
}

/** Adds an item at the end of an array, or a property (`"name": value`) at the end of an object, laid out like its neighbours. */
function append(text: string, parent: Node, toContent: (indent: string, style: Style) => string): string {
  const style = styleOf(text);
  const children = parent.children ?? [];
  const last = children.at(-1);
  if (!last) return fillEmpty(text, parent, toContent, style);
  const previous = children.at(-2);
  const gapStart = previous ? text.indexOf(',', endOf(previous)) + 1 : parent.offset + 1;
  const gap = text.slice(gapStart, last.offset);
  const spread = gap.includes('\n');
  const separator = spread ? style.eol + indentAt(text, last.offset) : previous ? gap : ' ';
  const content = `,${separator}${toContent(indentAt(text, last.offset), style)}`;
  return apply(text, { offset: endOf(last), length: 0, content });
}

function fillEmpty(
  text: string,
  parent: Node,
  toContent: (indent: string, style: Style) => string,
  style: Style,
): string {
  const inside = { offset: parent.offset + 1, length: parent.length - 2 };
  const outer = indentAt(text, parent.offset);
  const inner = outer + style.unit;
  const content = toContent(inner, style);
  const spread = parent.type === 'object' || content.includes('\n');
  return apply(text, { ...inside, content: spread ? style.eol + inner + content + style.eol + outer : content });
}

/** Adds an item at the end of an array. */
export function appendItem(text: string, array: Node, value: Json): string {
  return append(text, array, (indent, style) => print(value, indent, style));
}

/** Sets a member: its value is replaced where it stands, or it is added at the end. The name's own spelling is kept. */
export function setMember(text: string, object: Node, name: string, value: Json): string {
  const there = findMember(object, name)?.children?.[1];
  if (there) return replaceValue(text, there, value);
  return append(text, object, (indent, style) => `${JSON.stringify(name)}: ${print(value, indent, style)}`);
}

/** Takes an item or a property out, with one comma and the space that only it needed. */
export function removeNode(text: string, parent: Node, child: Node): string {
  const children = parent.children ?? [];
  const index = children.indexOf(child);
  const previous = children[index - 1];
  const next = children[index + 1];
  let [from, to] = [parent.offset + 1, endOf(parent) - 1];
  if (next) [from, to] = [child.offset, next.offset];
  else if (previous) [from, to] = [endOf(previous), endOf(child)];
  return apply(text, { offset: from, length: to - from, content: '' });
}
