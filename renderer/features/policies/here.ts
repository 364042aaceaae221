import { createContext, useContext } from 'react';
import type { Node } from 'jsonc-parser';
import { findMember, itemsOf, parseDocument, valueOf } from '../../../shared/policy-text/json-document.ts';
import { statementList } from '../../../shared/policy-text/statement-list.ts';

/** The members of a statement that have a part of the form. */
export const formMembers = [
  'name',
  'registryScopes',
  'globalPolicy',
  'signatureVerification',
  'verifyTimestamp',
  'trustStores',
  'trustedIdentities',
] as const;
export type FormMember = (typeof formMembers)[number];

/** The part of the statement that the user is at, and on which side. */
export interface Here {
  readonly member: FormMember | null;
  readonly from: 'form' | 'json' | 'list';
  /** Another one for each time that a place was chosen, so that the same place can be gone to again. */
  readonly turn: number;
}

interface HereValue {
  readonly here: Here | null;
  readonly enter: (member: FormMember | null, from: Here['from']) => void;
}

const HereContext = createContext<HereValue>({ here: null, enter: () => undefined });
export const HereProvider = HereContext.Provider;

export function useHere(): HereValue {
  return useContext(HereContext);
}

const covers = (node: Node | undefined, offset: number) =>
  node !== undefined && node.offset <= offset && offset <= node.offset + node.length;

/** The statement at an offset of the text, and which of its members; null outside of all statements. */
export function placeAt(text: string, offset: number): { index: number; member: FormMember | null } | null {
  const items = itemsOf(statementList(parseDocument(text)));
  const index = items.findIndex((item) => covers(item, offset));
  const statement = items[index];
  if (!statement) return null;
  const timestamp = findMember(valueOf(statement, 'signatureVerification'), 'verifyTimestamp');
  if (covers(timestamp, offset)) return { index, member: 'verifyTimestamp' };
  const member = formMembers.find((name) => covers(findMember(statement, name), offset)) ?? null;
  return { index, member };
}

/** Where a member of a statement stands, its name included; the whole statement where it has none. */
export function spanOfMember(
  text: string,
  index: number,
  member: FormMember | null,
): { readonly from: number; readonly to: number } | null {
  const statement = itemsOf(statementList(parseDocument(text)))[index];
  const owner = member === 'verifyTimestamp' ? valueOf(statement, 'signatureVerification') : statement;
  const node = member === null ? undefined : findMember(owner, member);
  return node ? { from: node.offset, to: node.offset + node.length } : null;
}
