import type { Node } from 'jsonc-parser';
import { checkNames, type CheckAction, type CheckName } from '../../../shared/model/trust-policy.ts';
import { itemsOf, parseDocument, valueOf } from '../../../shared/policy-text/json-document.ts';
import { statementList } from '../../../shared/policy-text/statement-list.ts';

/** A statement as the form shows it: whatever the text says, valid or not. What has another type than expected is shown as its JSON. */
export interface StatementView {
  readonly index: number;
  readonly name: string;
  readonly scopes: readonly string[];
  /** Of a blob policy. */
  readonly isGlobal: boolean;
  readonly level: string;
  readonly override: readonly { readonly check: string; readonly action: string }[];
  readonly verifyTimestamp: string | null;
  readonly stores: readonly string[];
  readonly identities: readonly string[];
  /** Where it stands in the text. */
  readonly from: number;
  readonly to: number;
}

/** `null` when the text is not JSON or has no list of statements, so that a form cannot show it. */
export function readStatements(text: string): readonly StatementView[] | null {
  const list = statementList(parseDocument(text));
  if (!list) return null;
  return itemsOf(list).map((node, index) => toView(text, node, index));
}

function toView(text: string, node: Node, index: number): StatementView {
  const show = (value: Node | undefined) => (value ? textOf(text, value) : '');
  const list = (name: string) => itemsOf(valueOf(node, name)).map((item) => textOf(text, item));
  const verification = valueOf(node, 'signatureVerification');
  const timestamp = valueOf(verification, 'verifyTimestamp');
  return {
    index,
    name: show(valueOf(node, 'name')),
    scopes: list('registryScopes'),
    isGlobal: valueOf(node, 'globalPolicy')?.value === true,
    level: show(valueOf(verification, 'level')),
    override: overridesOf(text, valueOf(verification, 'override')),
    verifyTimestamp: timestamp ? textOf(text, timestamp) : null,
    stores: list('trustStores'),
    identities: list('trustedIdentities'),
    from: node.offset,
    to: node.offset + node.length,
  };
}

function textOf(text: string, node: Node): string {
  if (node.type === 'null') return '';
  return typeof node.value === 'string' ? node.value : text.slice(node.offset, node.offset + node.length);
}

function overridesOf(text: string, node: Node | undefined) {
  if (node?.type !== 'object') return [];
  return (node.children ?? []).flatMap(({ children }) => {
    const [key, value] = children ?? [];
    return key && value ? [{ check: String(key.value), action: textOf(text, value) }] : [];
  });
}

const enforceAll = {
  authenticity: 'enforce',
  authenticTimestamp: 'enforce',
  expiry: 'enforce',
  revocation: 'enforce',
} as const;
const logRest = { authenticTimestamp: 'log', expiry: 'log', revocation: 'log' } as const;
const skipAll = { authenticity: 'skip', authenticTimestamp: 'skip', expiry: 'skip', revocation: 'skip' } as const;

/** What each level does (trust policy specification, "Signature verification details"). */
export const levelActions: Readonly<Record<string, Readonly<Record<CheckName, CheckAction>>>> = {
  strict: { integrity: 'enforce', ...enforceAll },
  permissive: { integrity: 'enforce', authenticity: 'enforce', ...logRest },
  audit: { integrity: 'enforce', authenticity: 'log', ...logRest },
  skip: { integrity: 'skip', ...skipAll },
};

/** The actions that an override may name for a check. */
export const allowedOverrides: Readonly<Record<CheckName, readonly CheckAction[]>> = {
  integrity: [],
  authenticity: ['enforce', 'log'],
  authenticTimestamp: ['enforce', 'log'],
  expiry: ['enforce', 'log'],
  revocation: ['enforce', 'log', 'skip'],
};

/** The override of a check, if the statement has one. */
export function overrideOf(statement: StatementView, check: CheckName): string | undefined {
  return statement.override.find((entry) => entry.check === check)?.action;
}

/** The action of each check after overrides; `null` for a level that is none. */
export function effectiveActions(statement: StatementView): readonly (readonly [CheckName, string])[] | null {
  const actions = Object.hasOwn(levelActions, statement.level) ? levelActions[statement.level] : undefined;
  if (!actions) return null;
  return checkNames.map((check) => [check, overrideOf(statement, check) ?? actions[check]] as const);
}
