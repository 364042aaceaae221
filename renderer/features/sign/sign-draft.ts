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
  readonly expiry: ExpiryChoice;
  readonly metadata: readonly MetadataPair[];
}

export const emptyDraft: SignDraft = { keyName: null, expiry: 'never', metadata: [] };

/** The draft as the contract takes it; pairs without a name are left out. */
export function toOptions({ keyName, expiry, metadata }: SignDraft) {
  const expirySeconds = expiryChoices[expiry];
  const userMetadata = Object.fromEntries(
    metadata.flatMap(({ key, value }) => (key !== '' && value !== '' ? [[key, value]] : [])),
  );
  return {
    ...(keyName !== null && { keyName }),
    ...(expirySeconds !== undefined && { expirySeconds }),
    userMetadata,
  };
}
