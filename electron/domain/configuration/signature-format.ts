import { AppError } from '../../../shared/errors/app-error.ts';
import { signatureFormatSchema, type SignatureFormat } from '../../../shared/model/signature-format.ts';
import { CodecError } from '../codec/codec-error.ts';
import { withJsonMember } from '../codec/json-member-text.ts';
import { isJsonObject, parseStrictJson } from '../codec/strict-json.ts';
import { parseUtf8, toUtf8 } from '../codec/utf8.ts';
import { ABSENT, type Directory } from '../ports.ts';

/** Notation's own settings; they stand beside those of credentials. */
const file = 'config.json';
const maxBytes = 1024 * 1024;
const member = 'signatureFormat';

/** The reference takes a name in any letters. */
function isMember(name: string): boolean {
  return name.toLowerCase() === member.toLowerCase();
}

/** The format that signing takes when none is asked for. */
export interface DefaultFormat {
  readonly format: SignatureFormat;
  /** What the file says instead, when that is no format; then nothing is signed without asking for one. */
  readonly unsupported?: string;
}

/**
 * The `signatureFormat` of Notation's `config.json`, whatever letters it is written in. Like the reference, a file that is missing or
 * broken is taken for one that says nothing.
 */
export async function readDefaultFormat(directory: Directory): Promise<DefaultFormat> {
  const value = await readMember(directory);
  if (value === '') return { format: 'jws' };
  const parsed = signatureFormatSchema.safeParse(value.toLowerCase());
  return parsed.success ? { format: parsed.data } : { format: 'jws', unsupported: value.slice(0, 64) };
}

async function readMember(directory: Directory): Promise<string> {
  try {
    const state = await directory.read(file, { maxBytes });
    const content = state && parseStrictJson(state.bytes, { maxBytes });
    const found = isJsonObject(content) ? Object.entries(content).findLast(([name]) => isMember(name))?.[1] : '';
    return typeof found === 'string' ? found : '';
  } catch (error) {
    if (error instanceof CodecError || error instanceof AppError) return '';
    throw error;
  }
}

/** The format asked for, else the default. @throws AppError `sign.unsupportedFormat` */
export async function chooseFormat(directory: Directory, asked: SignatureFormat | undefined): Promise<SignatureFormat> {
  if (asked) return asked;
  const { format, unsupported } = await readDefaultFormat(directory);
  if (unsupported !== undefined) throw new AppError('sign.unsupportedFormat', { format: unsupported });
  return format;
}

/**
 * Sets `signatureFormat` in `config.json`, atomically. Nothing else in the file changes by a single character, and a file that cannot be
 * read as what it should be is left alone: it may hold the settings of credentials.
 *
 * @throws AppError `file.malformed`, `file.unreadable`, `file.notRegular`, `file.notWritten`, `file.changed`, `file.busy`
 */
export async function writeDefaultFormat(directory: Directory, format: SignatureFormat): Promise<void> {
  await directory.withLock('config', async () => {
    const state = await directory.read(file, { maxBytes });
    const text = state ? toObjectText(state.bytes) : '{}\n';
    const changed = withJsonMember(text, member, JSON.stringify(format), isMember);
    await directory.write(file, toUtf8(changed), { ifRevision: state?.revision ?? ABSENT });
  });
}

function toObjectText(bytes: Uint8Array): string {
  try {
    if (isJsonObject(parseStrictJson(bytes, { maxBytes }))) return parseUtf8(bytes);
    throw new CodecError('an object was expected');
  } catch (error) {
    if (error instanceof CodecError) throw new AppError('file.malformed', { file, fault: error.message });
    throw error;
  }
}
