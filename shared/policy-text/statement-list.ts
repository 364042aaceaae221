import type { Node } from 'jsonc-parser';
import { itemsOf, parseDocument, valueOf, type JsonDocument } from './json-document.ts';
import { appendItem, removeNode, setMember, type Json } from './json-edit.ts';

/** A statement that is yet to be written. */
export interface NewStatement {
  readonly name: string;
  /** Absent in a blob policy. */
  readonly scopes?: readonly string[];
  readonly level: string;
  readonly verifyTimestamp?: string;
  readonly stores: readonly string[];
  readonly identities: readonly string[];
  /** Of a blob policy. */
  readonly isGlobal?: boolean;
}

function toJson(statement: NewStatement): Json {
  const { level, verifyTimestamp } = statement;
  const skips = level === 'skip';
  return {
    name: statement.name,
    ...(statement.scopes && { registryScopes: statement.scopes }),
    signatureVerification: { level, ...(verifyTimestamp !== undefined && { verifyTimestamp }) },
    ...(skips ? {} : { trustStores: statement.stores, trustedIdentities: statement.identities }),
    ...(statement.isGlobal && { globalPolicy: true }),
  };
}

/** The `trustPolicies` array. */
export function statementList(document: JsonDocument): Node | undefined {
  const list = valueOf(document.root, 'trustPolicies');
  return list?.type === 'array' ? list : undefined;
}

/** A whole document with one statement. */
export function createDocument(statement: NewStatement): string {
  const empty = '{\n  "version": "1.0",\n  "trustPolicies": []\n}\n';
  return addStatement(empty, statement);
}

/** The text with one more statement at the end, everything else byte for byte as it was; the same text when it is no JSON object. */
export function addStatement(text: string, statement: NewStatement): string {
  const { root } = parseDocument(text);
  if (root?.type !== 'object') return text;
  const list = valueOf(root, 'trustPolicies');
  if (list?.type === 'array') return appendItem(text, list, toJson(statement));
  return setMember(text, root, 'trustPolicies', [toJson(statement)]);
}

/** The text without the statement at this place; the same text when there is none. */
export function removeStatement(text: string, index: number): string {
  const list = statementList(parseDocument(text));
  const node = itemsOf(list)[index];
  return list && node ? removeNode(text, list, node) : text;
}
