import type { Node } from 'jsonc-parser';
import type { CheckAction, CheckName } from '../../../shared/model/trust-policy.ts';
import { findMember, itemsOf, parseDocument, valueOf } from '../../../shared/policy-text/json-document.ts';
import { appendItem, removeNode, replaceValue, setMember, type Json } from '../../../shared/policy-text/json-edit.ts';
import { statementList } from '../../../shared/policy-text/statement-list.ts';
import { levelActions } from './statement-view.ts';

/** The lists of texts in a statement. */
export type ListName = 'registryScopes' | 'trustStores' | 'trustedIdentities';

/** Every edit gives the text back unchanged when what it is about is not there. */
function editStatement(text: string, index: number, edit: (statement: Node) => string): string {
  const node = itemsOf(statementList(parseDocument(text)))[index];
  return node?.type === 'object' ? edit(node) : text;
}

function editVerification(text: string, index: number, edit: (verification: Node) => string): string {
  return editStatement(text, index, (statement) => {
    const verification = valueOf(statement, 'signatureVerification');
    return verification?.type === 'object' ? edit(verification) : text;
  });
}

/** Puts a copy at the end, with every field it has, another name, and without what belongs to one statement alone: scopes, being global. */
export function duplicateStatement(text: string, index: number, name: string): string {
  const list = statementList(parseDocument(text));
  const node = itemsOf(list)[index];
  if (!list || node?.type !== 'object') return text;
  const copy = JSON.parse(text.slice(node.offset, node.offset + node.length)) as Record<string, Json>;
  const key = (wanted: string) => String(findMember(node, wanted)?.children?.[0]?.value ?? wanted);
  const scopes = key('registryScopes');
  const { [key('globalPolicy')]: _, ...rest } = copy;
  return appendItem(text, list, { ...rest, [key('name')]: name, ...(Object.hasOwn(copy, scopes) && { [scopes]: [] }) });
}

/** Moves a statement to another place in the list. What stands between the statements stays where it is. */
export function moveStatement(text: string, index: number, to: number): string {
  const items = itemsOf(statementList(parseDocument(text)));
  const pieces = items.map(({ offset, length }) => text.slice(offset, offset + length));
  const [moved] = pieces.splice(index, 1);
  if (moved === undefined || index < 0 || to < 0 || to >= items.length || index === to) return text;
  pieces.splice(to, 0, moved);
  let result = '';
  let end = 0;
  items.forEach(({ offset, length }, at) => {
    result += text.slice(end, offset) + (pieces[at] ?? '');
    end = offset + length;
  });
  return result + text.slice(end);
}

export function setName(text: string, index: number, name: string): string {
  return editStatement(text, index, (statement) => setMember(text, statement, 'name', name));
}

/** Marks a statement of a blob policy as the one that applies where none is named, and no other. */
export function setGlobal(text: string, index: number, isGlobal: boolean): string {
  if (!isGlobal) return editStatement(text, index, (statement) => removeMember(text, statement, 'globalPolicy'));
  const count = itemsOf(statementList(parseDocument(text))).length;
  const others = Array.from({ length: count }, (_, at) => at).filter((at) => at !== index);
  const without = others.reduce((result, at) => setGlobal(result, at, false), text);
  return editStatement(without, index, (statement) => setMember(without, statement, 'globalPolicy', true));
}

export function setLevel(text: string, index: number, level: string): string {
  return editStatement(text, index, (statement) => {
    const verification = valueOf(statement, 'signatureVerification');
    return verification?.type === 'object'
      ? setMember(text, verification, 'level', level)
      : setMember(text, statement, 'signatureVerification', { level });
  });
}

/** Names an action for a check, or leaves the check to its level when the level says the same. */
export function setOverride(text: string, index: number, check: CheckName, action: CheckAction): string {
  return editVerification(text, index, (verification) => {
    const level = String(valueOf(verification, 'level')?.value);
    const byLevel = Object.hasOwn(levelActions, level) ? levelActions[level]?.[check] : undefined;
    if (byLevel === action) return clearOverride(text, index, check);
    const override = valueOf(verification, 'override');
    return override?.type === 'object'
      ? setMember(text, override, check, action)
      : setMember(text, verification, 'override', { [check]: action });
  });
}

/** Takes one override away; the `override` member goes with the last one. */
export function clearOverride(text: string, index: number, check: string): string {
  return editVerification(text, index, (verification) => {
    const override = valueOf(verification, 'override');
    const member = override?.children?.find((property) => property.children?.[0]?.value === check);
    if (!override || !member) return text;
    return override.children?.length === 1 ? clearOverrides(text, index) : removeNode(text, override, member);
  });
}

export function clearOverrides(text: string, index: number): string {
  return editVerification(text, index, (verification) => removeMember(text, verification, 'override'));
}

/** `null` takes the member away: its default is `always`. */
export function setVerifyTimestamp(text: string, index: number, value: string | null): string {
  return editVerification(text, index, (verification) =>
    value === null
      ? removeMember(text, verification, 'verifyTimestamp')
      : setMember(text, verification, 'verifyTimestamp', value),
  );
}

export function addToList(text: string, index: number, list: ListName, value: string): string {
  return editStatement(text, index, (statement) => {
    const array = valueOf(statement, list);
    return array?.type === 'array' ? appendItem(text, array, value) : setMember(text, statement, list, [value]);
  });
}

export function replaceInList(text: string, index: number, list: ListName, at: number, value: string): string {
  return editStatement(text, index, (statement) => {
    const item = itemsOf(valueOf(statement, list))[at];
    return item ? replaceValue(text, item, value) : text;
  });
}

export function removeFromList(text: string, index: number, list: ListName, at: number): string {
  return editStatement(text, index, (statement) => {
    const array = valueOf(statement, list);
    const item = itemsOf(array)[at];
    return array && item ? removeNode(text, array, item) : text;
  });
}

export function setList(text: string, index: number, list: ListName, values: readonly string[]): string {
  return editStatement(text, index, (statement) => setMember(text, statement, list, values));
}

/** A statement that skips verification names neither stores nor identities nor overrides. */
export function removeWhatSkipForbids(text: string, index: number): string {
  const without = (given: string, list: ListName) =>
    editStatement(given, index, (statement) => removeMember(given, statement, list));
  return clearOverrides(without(without(text, 'trustStores'), 'trustedIdentities'), index);
}

function removeMember(text: string, object: Node, name: string): string {
  const member = findMember(object, name);
  return member ? removeNode(text, object, member) : text;
}
