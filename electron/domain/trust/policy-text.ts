import { createScanner, parseTree, printParseErrorCode, type Node, type ParseError } from 'jsonc-parser';
import type { PolicyDocumentKind, PolicyProblem } from '../../../shared/model/trust-policy.ts';

type Path = PolicyProblem['path'];

/** A value of the document with where it stands; for a missing member, where its object begins. */
export interface Located<T> {
  readonly value: T;
  readonly path: Path;
  readonly from: number;
  readonly to: number;
}

/** A statement as written: every member is there, empty when it is missing. */
export interface StatementText {
  readonly name: Located<string>;
  /** Empty in a blob policy. */
  readonly registryScopes: Located<readonly Located<string>[]>;
  /** False in an OCI policy. */
  readonly globalPolicy: Located<boolean>;
  readonly level: Located<string>;
  /** In the order of the text; the last of equal keys counts. */
  readonly override: readonly { readonly check: Located<string>; readonly action: Located<string> }[];
  readonly verifyTimestamp: Located<string>;
  readonly trustStores: Located<readonly Located<string>[]>;
  readonly trustedIdentities: Located<readonly Located<string>[]>;
}

export interface PolicyText {
  readonly version: Located<string>;
  readonly statements: Located<readonly StatementText[]>;
}

/** A document read as far as it can be, and what its form breaks. `document` is null when it is no JSON. */
export interface ParsedPolicy {
  readonly document: PolicyText | null;
  readonly problems: readonly PolicyProblem[];
}

/** What the reference says of every text that is no JSON of the right shape. */
export const malformedMessage =
  'malformed trust policy. To create a trust policy, see: https://notaryproject.dev/docs/quickstart/#create-a-trust-policy';
const depthLimit = 64;
const openBrace = 1;
const closeBrace = 2;
const openBracket = 3;
const closeBracket = 4;
const endOfFile = 17;
const closeBraceExpected = 7;
const closeBracketExpected = 8;

function malformed(
  code: PolicyProblem['code'],
  details: Record<string, unknown>,
  path: Path,
  from: number,
  to: number,
): PolicyProblem {
  return { code, details, message: malformedMessage, path, from, to, severity: 'error' };
}

/** Where nesting passes the limit; the scanner does not recurse, the parser does. */
function findTooDeep(text: string): number | undefined {
  const scanner = createScanner(text, true);
  let depth = 0;
  for (let token: number = scanner.scan(); token !== endOfFile; token = scanner.scan()) {
    if (token === openBrace || token === openBracket) depth += 1;
    if (token === closeBrace || token === closeBracket) depth -= 1;
    if (depth > depthLimit) return scanner.getTokenOffset();
  }
  return undefined;
}

/** Splits parse errors into the end of the document and all others: the reference reads one value and looks no further. */
function toSyntaxProblems(text: string, root: Node | undefined, errors: readonly ParseError[]): PolicyProblem[] {
  const end = root === undefined ? Number.POSITIVE_INFINITY : root.offset + root.length;
  const isOpen = errors.some(({ error }) => error === closeBraceExpected || error === closeBracketExpected);
  const own = isOpen ? errors : errors.filter(({ offset }) => offset < end);
  const trailing = errors.find((error) => !own.includes(error));
  const problems = own.map(({ error, offset, length }) => {
    const from = Math.max(0, Math.min(offset, text.length - 1));
    const to = Math.min(text.length, Math.max(offset + length, from + 1));
    return malformed('policy.syntax', { fault: printParseErrorCode(error) }, [], from, to);
  });
  if (root === undefined && problems.length === 0)
    problems.push(malformed('policy.syntax', { fault: 'ValueExpected' }, [], 0, text.length));
  if (trailing !== undefined && problems.length === 0) {
    problems.push({
      code: 'policy.trailingText',
      details: {},
      message: '',
      path: [],
      from: trailing.offset,
      to: text.length,
      severity: 'stricter',
    });
  }
  return problems;
}

/** As Go folds member names: letters without case, the long s and the Kelvin sign included. */
function fold(name: string): string {
  return name.toLowerCase().replaceAll('ſ', 's');
}

/** Reads members out of a tree and collects what their form breaks. */
class Reader {
  readonly problems: PolicyProblem[] = [];

  private wrongType(node: Node, path: Path, expected: string): void {
    this.problems.push(
      malformed('policy.wrongType', { expected, found: node.type }, path, node.offset, node.offset + node.length),
    );
  }

  private tell(
    code: PolicyProblem['code'],
    details: Record<string, unknown>,
    severity: PolicyProblem['severity'],
    path: Path,
    node: Node,
  ): void {
    this.problems.push({
      code,
      details,
      message: '',
      path,
      from: node.offset,
      to: node.offset + node.length,
      severity,
    });
  }

  /** Properties of an object in the order of the text; nothing for null and what is no object. */
  properties(node: Node | undefined, path: Path): { key: Node; name: string; value: Node }[] {
    if (node === undefined || node.type === 'null') return [];
    if (node.type !== 'object') {
      this.wrongType(node, path, 'object');
      return [];
    }
    const seen = new Set<string>();
    return (node.children ?? []).flatMap((property) => {
      const [key, value] = property.children ?? [];
      if (key === undefined || value === undefined) return [];
      const name = String(key.value);
      if (seen.has(name)) this.tell('policy.duplicateMember', { member: name }, 'stricter', [...path, name], key);
      seen.add(name);
      return [{ key, name, value }];
    });
  }

  /** The known members of an object; the last of equal names counts, in any case of letters. */
  members<N extends string>(node: Node | undefined, path: Path, known: readonly N[]): Partial<Record<N, Node>> {
    const found: Partial<Record<N, Node>> = {};
    const takenFrom = new Map<N, string>();
    for (const { key, name, value } of this.properties(node, path)) {
      const member =
        known.find((candidate) => candidate === name) ?? known.find((candidate) => fold(candidate) === fold(name));
      if (member === undefined) {
        this.tell('policy.unknownMember', { member: name }, 'warning', [...path, name], key);
        continue;
      }
      if (member !== name)
        this.tell('policy.wrongCase', { member: name, expected: member }, 'stricter', [...path, name], key);
      const earlier = takenFrom.get(member);
      if (earlier !== undefined && earlier !== name)
        this.tell('policy.duplicateMember', { member: name }, 'stricter', [...path, name], key);
      takenFrom.set(member, name);
      found[member] = value;
    }
    return found;
  }

  string(node: Node | undefined, path: Path, owner: Node): Located<string> {
    if (node !== undefined && node.type !== 'string' && node.type !== 'null') this.wrongType(node, path, 'string');
    return { value: node?.type === 'string' ? String(node.value) : '', path, ...spanOf(node, owner) };
  }

  boolean(node: Node | undefined, path: Path, owner: Node): Located<boolean> {
    if (node !== undefined && node.type !== 'boolean' && node.type !== 'null') this.wrongType(node, path, 'boolean');
    return { value: node?.type === 'boolean' && node.value === true, path, ...spanOf(node, owner) };
  }

  array<T>(
    node: Node | undefined,
    path: Path,
    owner: Node,
    read: (item: Node, path: Path) => T,
  ): Located<readonly T[]> {
    if (node !== undefined && node.type !== 'array' && node.type !== 'null') this.wrongType(node, path, 'array');
    const items = node?.type === 'array' ? (node.children ?? []) : [];
    return { value: items.map((item, index) => read(item, [...path, index])), path, ...spanOf(node, owner) };
  }

  strings(node: Node | undefined, path: Path, owner: Node): Located<readonly Located<string>[]> {
    return this.array(node, path, owner, (item, itemPath) => this.string(item, itemPath, item));
  }
}

/** The node's place, or the first character of its owner when there is none. */
function spanOf(node: Node | undefined, owner: Node): { from: number; to: number } {
  return node === undefined
    ? { from: owner.offset, to: owner.offset + Math.min(1, owner.length) }
    : { from: node.offset, to: node.offset + node.length };
}

const commonMembers = ['name', 'signatureVerification', 'trustStores', 'trustedIdentities'] as const;
type StatementMember = (typeof commonMembers)[number] | 'registryScopes' | 'globalPolicy';

function readStatement(reader: Reader, kind: PolicyDocumentKind, node: Node, path: Path): StatementText {
  const ownMember = kind === 'oci' ? 'registryScopes' : 'globalPolicy';
  const members = reader.members<StatementMember>(node, path, [...commonMembers, ownMember]);
  const verification = members.signatureVerification ?? node;
  const verificationPath = [...path, 'signatureVerification'];
  const details = reader.members(members.signatureVerification, verificationPath, [
    'level',
    'override',
    'verifyTimestamp',
  ]);
  const overridePath = [...verificationPath, 'override'];
  const checks = reader.properties(details.override, overridePath);
  const lastChecks = new Map(checks.map((property) => [property.name, property]));
  const override = [...lastChecks.values()].map(({ key, name, value }) => ({
    check: { value: name, path: [...overridePath, name], from: key.offset, to: key.offset + key.length },
    action: reader.string(value, [...overridePath, name], key),
  }));
  return {
    name: reader.string(members.name, [...path, 'name'], node),
    registryScopes: reader.strings(members.registryScopes, [...path, 'registryScopes'], node),
    globalPolicy: reader.boolean(members.globalPolicy, [...path, 'globalPolicy'], node),
    level: reader.string(details.level, [...verificationPath, 'level'], verification),
    override,
    verifyTimestamp: reader.string(details.verifyTimestamp, [...verificationPath, 'verifyTimestamp'], verification),
    trustStores: reader.strings(members.trustStores, [...path, 'trustStores'], node),
    trustedIdentities: reader.strings(members.trustedIdentities, [...path, 'trustedIdentities'], node),
  };
}

/**
 * Reads a trust policy document with the place of everything in it. The reading is as tolerant as the reference's (it
 * folds the case of member names, takes the last of repeated ones and ignores what follows the document) but tells of each
 * leniency as a `stricter` problem (rule O-06).
 */
export function parsePolicy(text: string, kind: PolicyDocumentKind = 'oci'): ParsedPolicy {
  if (text.startsWith('\ufeff')) return { document: null, problems: [malformed('policy.byteOrderMark', {}, [], 0, 1)] };
  const tooDeep = findTooDeep(text);
  if (tooDeep !== undefined)
    return {
      document: null,
      problems: [
        {
          code: 'policy.tooDeep',
          details: { limit: depthLimit },
          message: '',
          path: [],
          from: tooDeep,
          to: tooDeep + 1,
          severity: 'stricter',
        },
      ],
    };
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false });
  const syntax = toSyntaxProblems(text, root, errors);
  if (root === undefined || syntax.some(({ severity }) => severity === 'error'))
    return { document: null, problems: syntax };
  const reader = new Reader();
  const members = reader.members(root, [], ['version', 'trustPolicies']);
  const version = reader.string(members.version, ['version'], root);
  const statements = reader.array(members.trustPolicies, ['trustPolicies'], root, (node, path) =>
    readStatement(reader, kind, node, path),
  );
  return { document: { version, statements }, problems: [...syntax, ...reader.problems] };
}
