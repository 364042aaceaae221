import type { PolicyChange, PolicyComparison } from '../../../shared/model/policy-change.ts';
import {
  checkNames,
  verificationLevelSchema,
  type CheckName,
  type PolicyDocumentKind,
} from '../../../shared/model/trust-policy.ts';
import { parsePolicy, type Located, type PolicyText, type StatementText } from './policy-text.ts';
import { actionsOf } from './verification-actions.ts';

/** A document read far enough to be compared, with the members that no specification knows. */
interface Readable {
  readonly policy: PolicyText;
  readonly members: ReadonlyMap<string, string>;
  readonly ofStatements: readonly ReadonlyMap<string, string>[];
}
type Effect = PolicyChange['effect'];

const maxChanges = 200;
const known = ['version', 'trustPolicies'];
const knownOfStatement = [
  'name',
  'registryScopes',
  'globalPolicy',
  'signatureVerification',
  'trustStores',
  'trustedIdentities',
];

/** Members that are not known, each with its value as JSON. */
function strangersOf(value: unknown, names: readonly string[]): ReadonlyMap<string, string> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return new Map();
  const isKnown = (name: string) => names.some((other) => other.toLowerCase() === name.toLowerCase());
  return new Map(
    Object.entries(value).flatMap(([name, member]) => (isKnown(name) ? [] : [[name, JSON.stringify(member)]])),
  );
}

function read(text: string, kind: PolicyDocumentKind): Readable | undefined {
  const { document, problems } = parsePolicy(text, kind);
  if (document === null || problems.some(({ code }) => code === 'policy.trailingText')) return undefined;
  // The parser above has found it well-formed and not too deep.
  const value = JSON.parse(text) as unknown;
  const member = Object.entries(value ?? {}).findLast(
    ([name]) => name.toLowerCase() === 'trustpolicies',
  )?.[1] as unknown;
  const items: readonly unknown[] = Array.isArray(member) ? member : [];
  return {
    policy: document,
    members: strangersOf(value, known),
    ofStatements: document.statements.value.map((_, index) => strangersOf(items[index], knownOfStatement)),
  };
}

const textsOf = (list: Located<readonly Located<string>[]>): readonly string[] => list.value.map(({ value }) => value);

/** What a statement says, its name aside. */
function contentOf(statement: StatementText): string {
  const { level, override, verifyTimestamp, globalPolicy } = statement;
  return JSON.stringify([
    textsOf(statement.registryScopes),
    level.value,
    override.map(({ check, action }) => [check.value, action.value]),
    verifyTimestamp.value,
    textsOf(statement.trustStores),
    textsOf(statement.trustedIdentities),
    globalPolicy.value,
  ]);
}

/** For each statement of the newer version the place of the one it was; undefined for a new one. */
function pair(before: readonly StatementText[], after: readonly StatementText[]): readonly (number | undefined)[] {
  const free = new Set(before.keys());
  const places: (number | undefined)[] = after.map(() => undefined);
  const match = (keyOf: (statement: StatementText) => string) => {
    const waiting = new Map<string, number[]>();
    for (const index of free) {
      const statement = before[index];
      const key = statement && keyOf(statement);
      if (key) waiting.set(key, [...(waiting.get(key) ?? []), index]);
    }
    after.forEach((statement, index) => {
      if (places[index] !== undefined) return;
      const place = waiting.get(keyOf(statement))?.shift();
      if (place === undefined) return;
      places[index] = place;
      free.delete(place);
    });
  };
  match(({ name }) => name.value);
  match(contentOf);
  match(({ registryScopes }) => textsOf(registryScopes).toSorted().join('\n'));
  return places;
}

const actionRanks = ['skip', 'log', 'enforce'];

function effectOf(from: readonly string[], to: readonly string[]): Effect {
  const steps = to.map((action, at) =>
    Math.sign(actionRanks.indexOf(action) - actionRanks.indexOf(from[at] ?? action)),
  );
  if (steps.includes(-1) && !steps.includes(1)) return 'looser';
  return steps.includes(1) && !steps.includes(-1) ? 'stricter' : undefined;
}

/** What is done with each check; nothing for a level that is none. */
function actionsOfText({ level, override }: StatementText): readonly string[] {
  const parsed = verificationLevelSchema.safeParse(level.value);
  if (!parsed.success) return [];
  const actions: Record<CheckName, string> = { ...actionsOf({ signatureVerification: { level: parsed.data } }) };
  for (const { check, action } of override) {
    const name = checkNames.find((other) => other === check.value);
    if (name) actions[name] = action.value;
  }
  return checkNames.map((check) => actions[check]);
}

/** Collects the differences of one pair of statements. */
class StatementChanges {
  readonly found: PolicyChange[] = [];
  readonly #before: StatementText;
  readonly #after: StatementText;

  constructor(before: StatementText, after: StatementText) {
    this.#before = before;
    this.#after = after;
  }

  #tell(code: PolicyChange['code'], details: Record<string, string>, effect?: Effect): void {
    this.found.push({ code, statement: this.#after.name.value, details, ...(effect && { effect }) });
  }

  name(): void {
    const from = this.#before.name.value;
    if (from !== this.#after.name.value) this.#tell('statementRenamed', { from });
  }

  verification(): void {
    const [before, after] = [this.#before, this.#after];
    const [from, to] = [before.level.value, after.level.value];
    const plain = (statement: StatementText) => actionsOfText({ ...statement, override: [] });
    if (from !== to) this.#tell('level', { from, to }, effectOf(plain(before), plain(after)));
    const overrides = (statement: StatementText) =>
      new Map(statement.override.map(({ check, action }) => [check.value, action.value]));
    const [old, now] = [overrides(before), overrides(after)];
    const [oldActions, newActions] = [actionsOfText(before), actionsOfText(after)];
    for (const check of new Set([...old.keys(), ...now.keys()])) {
      const [was, is] = [old.get(check) ?? '', now.get(check) ?? ''];
      const at = checkNames.findIndex((name) => name === check);
      if (was !== is)
        this.#tell('override', { check, from: was, to: is }, effectOf([oldActions[at] ?? ''], [newActions[at] ?? '']));
    }
    const [stamped, stamps] = [before.verifyTimestamp.value, after.verifyTimestamp.value];
    if (stamped !== stamps) this.#tell('verifyTimestamp', { from: stamped, to: stamps });
  }

  list(list: 'registryScopes' | 'trustStores' | 'trustedIdentities'): void {
    const [old, now] = [textsOf(this.#before[list]), textsOf(this.#after[list])];
    const [oldSet, newSet] = [new Set(old), new Set(now)];
    const added = [...newSet].filter((value) => !oldSet.has(value));
    const removed = [...oldSet].filter((value) => !newSet.has(value));
    const codes = {
      registryScopes: ['scopeAdded', 'scopeRemoved'],
      trustStores: ['storeAdded', 'storeRemoved'],
      trustedIdentities: ['identityAdded', 'identityRemoved'],
    } as const;
    const [add, remove] = codes[list];
    const anybody = list === 'trustedIdentities' && (oldSet.has('*') || newSet.has('*'));
    const isTrust = list !== 'registryScopes';
    const effects = (value: string, isAdded: boolean): Effect => {
      if (!isTrust || value.startsWith('tsa:')) return undefined;
      if (anybody) return value === '*' ? (isAdded ? 'looser' : 'stricter') : undefined;
      return isAdded ? 'looser' : 'stricter';
    };
    for (const value of added) this.#tell(add, { value }, effects(value, true));
    for (const value of removed) this.#tell(remove, { value }, effects(value, false));
    const isReordered = added.length + removed.length === 0 && JSON.stringify(old) !== JSON.stringify(now);
    if (isReordered) this.#tell('listOrder', { list });
  }

  global(): void {
    const to = this.#after.globalPolicy.value;
    if (this.#before.globalPolicy.value !== to) this.#tell('global', { to: String(to) });
  }

  strangers(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): void {
    for (const member of differing(before, after)) this.#tell('statementMember', { member });
  }
}

function differing(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): readonly string[] {
  return [...new Set([...before.keys(), ...after.keys()])].filter((name) => before.get(name) !== after.get(name));
}

function compareStatements(before: Readable, after: Readable): PolicyChange[] {
  const [old, now] = [before.policy.statements.value, after.policy.statements.value];
  const places = pair(old, now);
  const nothing: ReadonlyMap<string, string> = new Map();
  const changes = now.flatMap((statement, index) => {
    const place = places[index];
    const was = place === undefined ? undefined : old[place];
    if (place === undefined || was === undefined)
      return [
        { code: 'statementAdded' as const, statement: statement.name.value, details: { level: statement.level.value } },
      ];
    const changed = new StatementChanges(was, statement);
    changed.name();
    changed.verification();
    for (const list of ['registryScopes', 'trustStores', 'trustedIdentities'] as const) changed.list(list);
    changed.global();
    changed.strangers(before.ofStatements[place] ?? nothing, after.ofStatements[index] ?? nothing);
    return changed.found;
  });
  const taken = new Set(places);
  const removed = old.flatMap(({ name, level }, index): PolicyChange[] =>
    taken.has(index) ? [] : [{ code: 'statementRemoved', statement: name.value, details: { level: level.value } }],
  );
  const kept = places.filter((place) => place !== undefined);
  const isMoved = kept.some((place, at) => at > 0 && place < (kept[at - 1] ?? 0));
  return [...changes, ...removed, ...(isMoved ? [{ code: 'order' as const, details: {} }] : [])];
}

function compareReadable(before: Readable, after: Readable): PolicyChange[] {
  const [from, to] = [before.policy.version.value, after.policy.version.value];
  return [
    ...(from === to ? [] : [{ code: 'version' as const, details: { from, to } }]),
    ...compareStatements(before, after),
    ...differing(before.members, after.members).map((member) => ({
      code: 'documentMember' as const,
      details: { member },
    })),
  ];
}

function listChanges(before: string | null, after: string | null, kind: PolicyDocumentKind): PolicyChange[] {
  if (before === after) return [];
  if (after === null) return [{ code: 'removed', details: {} }];
  const now = read(after, kind);
  if (now === undefined) return [{ code: 'unreadable', details: { version: 'after' } }];
  if (before === null) {
    const empty = { ...now.policy, statements: { ...now.policy.statements, value: [] } };
    const nothing = { policy: empty, members: now.members, ofStatements: [] };
    return [{ code: 'created', details: {} }, ...compareReadable(nothing, now)];
  }
  const old = read(before, kind);
  if (old === undefined) return [{ code: 'unreadable', details: { version: 'before' } }];
  const changes = compareReadable(old, now);
  return changes.length === 0 ? [{ code: 'layout', details: {} }] : changes;
}

/**
 * How two versions of a trust policy differ in what they mean; what is spaced otherwise is told only where nothing else is.
 * Statements are known again by their names, else by what they say, else by their scopes. Documents with faults are compared as far
 * as they can be read.
 *
 * @param before - null where there was no file
 */
export function comparePolicies(
  before: string | null,
  after: string | null,
  kind: PolicyDocumentKind = 'oci',
): PolicyComparison {
  const changes = listChanges(before, after, kind);
  return { changes: changes.slice(0, maxChanges), more: Math.max(0, changes.length - maxChanges) };
}
