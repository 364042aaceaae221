import { z } from 'zod';
import { settingsSchema, type Settings } from '../../shared/model/settings.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { CodecError } from '../domain/codec/codec-error.ts';
import { isJsonObject, parseStrictJson, type JsonObject } from '../domain/codec/strict-json.ts';
import { ABSENT, type Directory } from '../domain/ports.ts';

/** In Inkan's own directory. */
export const settingsFile = 'settings.json';
const maxSettingsBytes = 65_536;

export const defaultSettings: Settings = {
  language: 'system',
  theme: 'system',
  timeZone: 'local',
  configuration: 'unset',
  maxSignatures: 100,
  revocationOnline: true,
  revocationPrivateAddresses: false,
  ocspTimeoutSeconds: 2,
  crlTimeoutSeconds: 5,
  verificationPlugins: [],
  timestampAuthorities: [],
};

interface StoredSettings {
  readonly settings: Settings;
  /** The whole object: what a later version wrote stays when this one writes. */
  readonly stored: JsonObject;
  readonly revision: string;
}

/** The settings, with the default for what the file does not have. */
export async function readSettingsFile(inkan: Directory): Promise<Settings> {
  return (await readStored(inkan)).settings;
}

async function readStored(inkan: Directory): Promise<StoredSettings> {
  const state = await inkan.read(settingsFile, { maxBytes: maxSettingsBytes, remember: true });
  if (!state) return { settings: defaultSettings, stored: {}, revision: ABSENT };
  const stored = parseStored(state.bytes);
  const parsed = settingsSchema.safeParse({ ...defaultSettings, ...stored });
  if (parsed.success) return { settings: parsed.data, stored, revision: state.revision };
  throw new AppError('file.malformed', { file: settingsFile, fault: z.prettifyError(parsed.error) });
}

function parseStored(bytes: Uint8Array): JsonObject {
  try {
    const value = parseStrictJson(bytes, { maxBytes: maxSettingsBytes });
    if (isJsonObject(value)) return value;
    throw new CodecError('an object was expected');
  } catch (error) {
    if (error instanceof CodecError) throw new AppError('file.malformed', { file: settingsFile, fault: error.message });
    throw error;
  }
}

/** Changes the settings given, or made of those that are there, and leaves the others as they are at that moment. */
export async function updateSettingsFile(
  inkan: Directory,
  change: Partial<Settings> | ((settings: Settings) => Partial<Settings>),
): Promise<Settings> {
  return inkan.withLock('settings', async () => {
    const { settings, stored, revision } = await readStored(inkan);
    const changed = { ...settings, ...(typeof change === 'function' ? change(settings) : change) };
    const text = `${JSON.stringify({ ...stored, ...changed }, null, 2)}\n`;
    await inkan.write(settingsFile, new TextEncoder().encode(text), { ifRevision: revision });
    return changed;
  });
}

/** Whether signatures may ask for a plugin when they are verified. */
export async function enableVerificationPlugin(inkan: Directory, plugin: string, enabled: boolean): Promise<void> {
  await updateSettingsFile(inkan, ({ verificationPlugins }) => {
    const others = verificationPlugins.filter((name) => name !== plugin);
    return { verificationPlugins: enabled ? [...others, plugin].sort() : others };
  });
}
