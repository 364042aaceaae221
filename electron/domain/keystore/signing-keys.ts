import { applyEdits, modify, type JSONPath } from 'jsonc-parser';
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
}

/** A valid `signingkeys.json`, with its text: what Inkan does not know stays in it. */
export interface SigningKeyList {
  readonly text: string;
  readonly defaultName?: string;
  readonly keys: readonly SigningKeyEntry[];
}

/** The list before there is a file. */
export const emptySigningKeyList: SigningKeyList = { text: '{\n    "keys": []\n}\n', keys: [] };

/** What can be done to the list. */
export type SigningKeyChange =
  | {
      readonly kind: 'add';
      readonly entry: { readonly name: string; readonly keyPath: string; readonly certPath: string };
      readonly makeDefault: boolean;
    }
  | { readonly kind: 'remove'; readonly name: string }
  | { readonly kind: 'setDefault'; readonly name: string };

const listMembers = ['default', 'keys'];
const entryMembers = ['name', 'keyPath', 'certPath', 'id', 'pluginName', 'pluginConfig'];
const formatting = { insertSpaces: true, tabSize: 4, eol: '\n' };

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
  return {
    name,
    ...(keyPath && { keyPath }),
    ...(certPath && { certPath }),
    ...(id && { id }),
    ...(pluginName && { pluginName }),
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

/**
 * The text of the list after a change: only what the change means is touched, all else stays byte for byte; new parts are indented
 * by four spaces, and the text ends in a newline, as the reference writes it.
 *
 * @throws AppError `key.exists`, `key.notFound`
 */
export function changeSigningKeyList(list: SigningKeyList, change: SigningKeyChange): string {
  const edited = applyChange(list, change);
  const text = edited.endsWith('\n') ? edited : `${edited}\n`;
  assertNothingLost(list, text, change);
  return text;
}

function applyChange(list: SigningKeyList, change: SigningKeyChange): string {
  const index = list.keys.findIndex(({ name }) => name === (change.kind === 'add' ? change.entry.name : change.name));
  switch (change.kind) {
    case 'add': {
      if (index >= 0) throw new AppError('key.exists', { name: change.entry.name });
      const added = addEntry(list, change.entry);
      return change.makeDefault ? setMember(added, ['default'], change.entry.name, 0) : added;
    }
    case 'remove': {
      if (index < 0) throw new AppError('key.notFound', { name: change.name });
      const removed = setMember(list.text, ['keys', index], undefined);
      return list.defaultName === change.name ? setMember(removed, ['default'], undefined) : removed;
    }
    case 'setDefault':
      if (index < 0) throw new AppError('key.notFound', { name: change.name });
      return setMember(list.text, ['default'], change.name, 0);
  }
}

function addEntry({ text, keys }: SigningKeyList, entry: object): string {
  if (keys.length === 0) return setMember(text, ['keys'], [entry]);
  return applyEdits(
    text,
    modify(text, ['keys', keys.length], entry, { formattingOptions: formatting, isArrayInsertion: true }),
  );
}

/** Sets a member, or takes it out; a new one gets the given place among its neighbours. */
function setMember(text: string, path: JSONPath, value: unknown, place?: number): string {
  const options = { formattingOptions: formatting, ...(place !== undefined && { getInsertionIndex: () => place }) };
  return applyEdits(text, modify(text, path, value, options));
}

/** Security reference, 3D: never write fewer entries than were read, but for exactly the one to be removed. */
function assertNothingLost(list: SigningKeyList, text: string, change: SigningKeyChange): void {
  const after = new Set(parseSigningKeys(new TextEncoder().encode(text)).keys.map(({ name }) => name));
  const lost = list.keys.find(({ name }) => !after.has(name) && !(change.kind === 'remove' && change.name === name));
  if (lost) throw malformed(`the edit would lose the key '${lost.name}'`);
}
