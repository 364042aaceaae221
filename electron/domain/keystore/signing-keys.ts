import { parseTree, type Node } from 'jsonc-parser';
import { AppError } from '../../../shared/errors/app-error.ts';
import { CodecError } from '../codec/codec-error.ts';
import { isJsonObject, memberOf, parseStrictJson, type JsonObject, type JsonValue } from '../codec/strict-json.ts';
import { parseUtf8 } from '../codec/utf8.ts';

/** The name of the list in the configuration directory. */
export const signingKeysFile = 'signingkeys.json';
/** No list is longer; a longer file is not read. */
export const maxSigningKeysBytes = 4 * 1024 * 1024;

/** One key as the list has it: files on this computer, or a key behind a plugin. */
export interface SigningKeyEntry {
  readonly name: string;
  readonly keyPath?: string;
  readonly certPath?: string;
  readonly id?: string;
  readonly pluginName?: string;
  readonly pluginConfig?: Readonly<Record<string, string>>;
}

/** A valid `signingkeys.json`, with its text: what Inkan does not know stays in it. */
export interface SigningKeyList {
  readonly text: string;
  readonly defaultName?: string;
  readonly keys: readonly SigningKeyEntry[];
}

/** The list before there is a file. */
export const emptySigningKeyList: SigningKeyList = { text: '{\n    "keys": []\n}\n', keys: [] };

/** A key in files. */
export interface LocalKeyEntry {
  readonly name: string;
  readonly keyPath: string;
  readonly certPath: string;
}

/** A key behind a plugin, its members in the order in which the reference writes them. */
export interface PluginKeyEntry {
  readonly name: string;
  readonly id: string;
  readonly pluginName: string;
  readonly pluginConfig?: Readonly<Record<string, string>>;
}

/** Whether an entry is a key behind a plugin; one that names files as well is taken for these, as the reference does. */
export function isPluginEntry(
  entry: SigningKeyEntry,
): entry is SigningKeyEntry & { readonly id: string; readonly pluginName: string } {
  const { keyPath, certPath, id, pluginName } = entry;
  return keyPath === undefined && certPath === undefined && id !== undefined && pluginName !== undefined;
}

/** What can be done to the list. */
export type SigningKeyChange =
  | {
      readonly kind: 'add';
      readonly entry: LocalKeyEntry | PluginKeyEntry;
      readonly makeDefault: boolean;
    }
  | { readonly kind: 'remove'; readonly name: string }
  | { readonly kind: 'setDefault'; readonly name: string }
  | { readonly kind: 'relocate'; readonly moves: readonly KeyMove[] };

/** New places of a key's files; applied only while the list still has the old ones. */
export interface KeyMove {
  readonly from: LocalKeyEntry;
  readonly to: LocalKeyEntry;
}

const listMembers = ['default', 'keys'];
const entryMembers = ['name', 'keyPath', 'certPath', 'id', 'pluginName', 'pluginConfig'];

function malformed(fault: string): AppError<'key.listMalformed'> {
  return new AppError('key.listMalformed', { fault: `malformed signingkeys.json: ${fault}` });
}

/**
 * Reads a `signingkeys.json` and checks it as the reference does (`signingkeys.json` in its configuration documents). Stricter
 * where the reference's leniency would make an edit ambiguous: no member twice, and none in other letter case.
 *
 * @throws AppError `key.listMalformed` with the reference's sentence where it has one
 */
export function parseSigningKeys(bytes: Uint8Array): SigningKeyList {
  const { text, root } = decode(bytes);
  if (!isJsonObject(root)) throw malformed('an object was expected');
  assertSpelling(root, listMembers);
  const listed = memberOf(root, 'keys') ?? [];
  if (!Array.isArray(listed)) throw malformed('"keys" must be an array');
  const keys = listed.map((value: JsonValue) => parseEntry(value));
  const names = new Set<string>();
  for (const { name } of keys) {
    if (names.has(name)) throw malformed(`multiple keys with name '${name}' found`);
    names.add(name);
  }
  const defaultName = readTextMember(root, 'default');
  if (defaultName === '') throw malformed('default key name cannot be empty');
  if (defaultName !== undefined && !names.has(defaultName)) throw malformed(`default key '${defaultName}' not found`);
  return { text, keys, ...(defaultName !== undefined && { defaultName }) };
}

function decode(bytes: Uint8Array): { text: string; root: JsonValue } {
  try {
    const text = parseUtf8(bytes);
    return { text, root: parseStrictJson(text, { maxBytes: maxSigningKeysBytes }) };
  } catch (error) {
    if (error instanceof CodecError) throw malformed(error.message);
    throw error;
  }
}

function parseEntry(value: JsonValue): SigningKeyEntry {
  if (!isJsonObject(value)) throw malformed('a key must be an object');
  assertSpelling(value, entryMembers);
  const name = readTextMember(value, 'name');
  if (!name) throw malformed('key name cannot be empty');
  const keyPath = readTextMember(value, 'keyPath');
  const certPath = readTextMember(value, 'certPath');
  const id = readTextMember(value, 'id');
  const pluginName = readTextMember(value, 'pluginName');
  const pluginConfig = readConfig(value);
  return {
    name,
    ...(keyPath && { keyPath }),
    ...(certPath && { certPath }),
    ...(id && { id }),
    ...(pluginName && { pluginName }),
    ...(pluginConfig && { pluginConfig }),
  };
}

/** The reference takes `Keys` for `keys`; an edit would then write a second member beside it. */
function assertSpelling(object: JsonObject, known: readonly string[]): void {
  for (const name of Object.keys(object)) {
    const meant = known.find((candidate) => candidate.toLowerCase() === name.toLowerCase());
    if (meant !== undefined && meant !== name) throw malformed(`"${name}" must be written "${meant}"`);
  }
}

/** A text member; absent when missing or null, as the reference decodes it. */
function readTextMember(object: JsonObject, name: string): string | undefined {
  const value = memberOf(object, name) ?? undefined;
  if (value !== undefined && typeof value !== 'string') throw malformed(`"${name}" must be a string`);
  return value;
}

function readConfig(entry: JsonObject): Readonly<Record<string, string>> | undefined {
  const value = memberOf(entry, 'pluginConfig') ?? undefined;
  if (value === undefined) return undefined;
  const isRecord = isJsonObject(value) && Object.values(value).every((text) => typeof text === 'string');
  if (!isRecord) throw malformed('"pluginConfig" must be an object of strings');
  return value as Readonly<Record<string, string>>;
}

/**
 * The text of the list after a change: only what the change means is touched, all else stays byte for byte; new parts are indented
 * by four spaces, and the text ends in a newline, as the reference writes it.
 *
 * @throws AppError `key.exists`, `key.notFound`, `file.changedMeanwhile`
 */
export function changeSigningKeyList(list: SigningKeyList, change: SigningKeyChange): string {
  const edited = applyChange(list, change);
  const text = edited.endsWith('\n') ? edited : `${edited}\n`;
  assertNothingLost(list, text, change);
  return text;
}

function applyChange(list: SigningKeyList, change: SigningKeyChange): string {
  if (change.kind === 'relocate') return change.moves.reduce((text, move) => relocate(list, text, move), list.text);
  const index = list.keys.findIndex(({ name }) => name === (change.kind === 'add' ? change.entry.name : change.name));
  switch (change.kind) {
    case 'add': {
      if (index >= 0) throw new AppError('key.exists', { name: change.entry.name });
      const added = addEntry(list.text, change.entry);
      return change.makeDefault ? setDefault(added, change.entry.name) : added;
    }
    case 'remove': {
      if (index < 0) throw new AppError('key.notFound', { name: change.name });
      const removed = removeChild(list.text, memberValue(list.text, 'keys'), index);
      return list.defaultName === change.name ? removeMember(removed, 'default') : removed;
    }
    case 'setDefault':
      if (index < 0) throw new AppError('key.notFound', { name: change.name });
      return setDefault(list.text, change.name);
  }
}

function relocate({ keys }: SigningKeyList, text: string, { from, to }: KeyMove): string {
  const index = keys.findIndex(({ name }) => name === from.name);
  const entry = keys[index];
  if (!entry) throw new AppError('key.notFound', { name: from.name });
  if (entry.keyPath !== from.keyPath || entry.certPath !== from.certPath)
    throw new AppError('file.changedMeanwhile', { file: signingKeysFile });
  return (['keyPath', 'certPath'] as const).reduce((edited, member) => {
    const value = memberOfNode(memberValue(edited, 'keys')?.children?.[index], member);
    return value ? replace(edited, value, JSON.stringify(to[member])) : edited;
  }, text);
}

function addEntry(text: string, entry: object): string {
  const keys = memberValue(text, 'keys');
  if (keys?.type !== 'array') return setMember(text, 'keys', `[\n        ${toText(entry, 2)}\n    ]`);
  const last = keys.children?.at(-1);
  if (!last) return replace(text, keys, `[\n        ${toText(entry, 2)}\n    ]`);
  return insert(text, endOf(last), `,\n        ${toText(entry, 2)}`);
}

function setDefault(text: string, name: string): string {
  return setMember(text, 'default', JSON.stringify(name));
}

/** Sets a member of the document; a new one comes first. */
function setMember(text: string, name: string, json: string): string {
  const value = memberValue(text, name);
  if (value) return replace(text, value, json);
  const root = rootOf(text);
  const isOnly = root.children?.length === 0;
  return insert(text, root.offset + 1, `\n    ${JSON.stringify(name)}: ${json}${isOnly ? '\n' : ','}`);
}

function removeMember(text: string, name: string): string {
  const root = rootOf(text);
  return removeChild(
    text,
    root,
    (root.children ?? []).findIndex((member) => member.children?.[0]?.value === name),
  );
}

/** Takes one item out of a list or an object, with the comma and the space that part it from its neighbour. */
function removeChild(text: string, parent: Node | undefined, index: number): string {
  const [before, child, after] = [
    parent?.children?.[index - 1],
    parent?.children?.[index],
    parent?.children?.[index + 1],
  ];
  if (!parent || !child) return text;
  if (before) return cut(text, endOf(before), endOf(child));
  return after ? cut(text, child.offset, after.offset) : cut(text, parent.offset + 1, endOf(parent) - 1);
}

function rootOf(text: string): Node {
  const root = parseTree(text);
  if (!root) throw malformed('an object was expected');
  return root;
}

function memberValue(text: string, name: string): Node | undefined {
  return memberOfNode(rootOf(text), name);
}

function memberOfNode(node: Node | undefined, name: string): Node | undefined {
  return node?.children?.find((member) => member.children?.[0]?.value === name)?.children?.[1];
}

/** JSON as the reference indents it, for a place that deep. */
function toText(value: object, depth: number): string {
  return JSON.stringify(value, null, 4).replaceAll('\n', `\n${' '.repeat(4 * depth)}`);
}

function endOf(node: Node): number {
  return node.offset + node.length;
}

function insert(text: string, at: number, part: string): string {
  return text.slice(0, at) + part + text.slice(at);
}

function cut(text: string, from: number, to: number): string {
  return text.slice(0, from) + text.slice(to);
}

function replace(text: string, node: Node, part: string): string {
  return insert(cut(text, node.offset, endOf(node)), node.offset, part);
}

/** Security reference, 3D: never write fewer entries than were read, but for exactly the one to be removed. */
function assertNothingLost(list: SigningKeyList, text: string, change: SigningKeyChange): void {
  const after = new Set(parseSigningKeys(new TextEncoder().encode(text)).keys.map(({ name }) => name));
  const lost = list.keys.find(({ name }) => !after.has(name) && !(change.kind === 'remove' && change.name === name));
  if (lost) throw malformed(`the edit would lose the key '${lost.name}'`);
}
