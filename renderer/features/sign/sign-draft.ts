import type { SignatureFormat } from '../../../shared/model/signature-format.ts';

const daySeconds = 24 * 60 * 60;

export const expiryChoices = {
  never: undefined,
  day: daySeconds,
  month: 30 * daySeconds,
  year: 365 * daySeconds,
} as const;
export type ExpiryChoice = keyof typeof expiryChoices;

export interface MetadataPair {
  readonly id: number;
  readonly key: string;
  readonly value: string;
}

export interface SignDraft {
  /** `null` is the default key. */
  readonly keyName: string | null;
  /** `null` is the default of the settings. */
  readonly format: SignatureFormat | null;
  readonly expiry: ExpiryChoice;
  readonly metadata: readonly MetadataPair[];
}

export const emptyDraft: SignDraft = { keyName: null, format: null, expiry: 'never', metadata: [] };

/** The draft as the contract takes it; pairs without a name are left out. */
export function toOptions({ keyName, format, expiry, metadata }: SignDraft) {
  const expirySeconds = expiryChoices[expiry];
  const userMetadata = Object.fromEntries(
    metadata.flatMap(({ key, value }) => (key !== '' && value !== '' ? [[key, value]] : [])),
  );
  return {
    ...(keyName !== null && { keyName }),
    ...(format !== null && { format }),
    ...(expirySeconds !== undefined && { expirySeconds }),
    userMetadata,
  };
}
