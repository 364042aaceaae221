import { hasHalfPair, toRecord, type Pair } from '../../ui/pairs-field.tsx';
import type { SignatureFormat } from '../../../shared/model/signature-format.ts';
import type { Settings } from '../../../shared/model/settings.ts';
import type { TimestampChoice } from '../../../shared/model/timestamp.ts';
import { toBase64 } from '../../client/base64.ts';

const daySeconds = 24 * 60 * 60;

export const expiryChoices = {
  never: undefined,
  day: daySeconds,
  month: 30 * daySeconds,
  year: 365 * daySeconds,
} as const;
export type ExpiryChoice = keyof typeof expiryChoices;

export interface SignDraft {
  /** `null` is the default key. */
  readonly keyName: string | null;
  /** A key that is not on the list, and takes the place of one that is. */
  readonly pluginKey: PluginKeyDraft | null;
  /** `null` is the default of the settings. */
  readonly format: SignatureFormat | null;
  readonly expiry: ExpiryChoice;
  readonly metadata: readonly Pair[];
  /** Settings for the plugin that keeps the key, for this one signature. */
  readonly pluginConfig: readonly Pair[];
  readonly timestamp: TimestampDraft;
}

/** A key that a plugin keeps, finished or not. */
export interface PluginKeyDraft {
  readonly plugin: string;
  /** As the plugin names it. */
  readonly id: string;
}

/** The user's wish for a timestamp, finished or not. */
export interface TimestampDraft {
  readonly isWanted: boolean;
  readonly url: string;
  /** A file of a `tsa` store, or `given`: what was dropped or pasted. `null` is not chosen yet. */
  readonly root: { readonly store: string; readonly file: string } | 'given' | null;
  /** In base64. */
  readonly dropped: { readonly name: string; readonly content: string } | null;
  readonly pasted: string;
}

export const noPluginKey: PluginKeyDraft = { plugin: '', id: '' };

export const noTimestamp: TimestampDraft = { isWanted: false, url: '', root: null, dropped: null, pasted: '' };

export const emptyDraft: SignDraft = {
  keyName: null,
  pluginKey: null,
  format: null,
  expiry: 'never',
  metadata: [],
  pluginConfig: [],
  timestamp: noTimestamp,
};

/** The choice of a timestamp as the contract takes it; undefined until it is whole. */
export function toTimestampChoice({ url, root, dropped, pasted }: TimestampDraft): TimestampChoice | undefined {
  const address = url.trim();
  if (address === '' || root === null) return undefined;
  if (root !== 'given') return { url: address, root: { kind: 'store', ...root } };
  const content = dropped?.content ?? (pasted.trim() === '' ? '' : toBase64(new TextEncoder().encode(pasted)));
  return content === '' ? undefined : { url: address, root: { kind: 'content', content } };
}

/** The authorities to remember once one of them has signed: this one first, each address once. */
export function remembering(
  { url, root }: TimestampChoice,
  known: Settings['timestampAuthorities'],
): Settings['timestampAuthorities'] {
  const chosen = { url, ...(root.kind === 'store' && { root: { store: root.store, file: root.file } }) };
  return [chosen, ...known.filter((authority) => authority.url !== url)].slice(0, 12);
}

/** What keeps a draft from being signed with. */
export type Missing = 'pluginKey' | 'timestamp' | 'pair';

/** The first thing that a draft lacks: nothing is signed without it, as nothing may be left out unseen. */
export function missingFrom({ pluginKey, pluginConfig, metadata, timestamp }: SignDraft): Missing | undefined {
  if (pluginKey && (pluginKey.plugin === '' || pluginKey.id.trim() === '')) return 'pluginKey';
  if (timestamp.isWanted && toTimestampChoice(timestamp) === undefined) return 'timestamp';
  return hasHalfPair(metadata, pluginConfig) ? 'pair' : undefined;
}

/** The draft as the contract takes it, once nothing is missing from it. */
export function toOptions({ keyName, pluginKey, format, expiry, metadata, pluginConfig, timestamp }: SignDraft) {
  const choice = timestamp.isWanted ? toTimestampChoice(timestamp) : undefined;
  const expirySeconds = expiryChoices[expiry];
  const key = pluginKey
    ? { plugin: { name: pluginKey.plugin, keyId: pluginKey.id.trim() } }
    : { ...(keyName !== null && { keyName }) };
  return {
    ...key,
    ...(format !== null && { format }),
    ...(expirySeconds !== undefined && { expirySeconds }),
    userMetadata: toRecord(metadata),
    ...(pluginConfig.length > 0 && { pluginConfig: toRecord(pluginConfig) }),
    ...(choice && { timestamp: choice }),
  };
}
