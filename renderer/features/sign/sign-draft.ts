import { toRecord, type Pair } from '../../ui/pairs-field.tsx';
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
  /** `null` is the default of the settings. */
  readonly format: SignatureFormat | null;
  readonly expiry: ExpiryChoice;
  readonly metadata: readonly Pair[];
  /** Settings for the plugin that keeps the key, for this one signature. */
  readonly pluginConfig: readonly Pair[];
  readonly timestamp: TimestampDraft;
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

export const noTimestamp: TimestampDraft = { isWanted: false, url: '', root: null, dropped: null, pasted: '' };

export const emptyDraft: SignDraft = {
  keyName: null,
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

/** The draft as the contract takes it; pairs without a name are left out, and so is a timestamp that is not whole yet. */
export function toOptions({ keyName, format, expiry, metadata, pluginConfig, timestamp }: SignDraft) {
  const choice = timestamp.isWanted ? toTimestampChoice(timestamp) : undefined;
  const expirySeconds = expiryChoices[expiry];
  return {
    ...(keyName !== null && { keyName }),
    ...(format !== null && { format }),
    ...(expirySeconds !== undefined && { expirySeconds }),
    userMetadata: toRecord(metadata),
    ...(pluginConfig.length > 0 && { pluginConfig: toRecord(pluginConfig) }),
    ...(choice && { timestamp: choice }),
  };
}
