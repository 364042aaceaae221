import { settingsSchema } from '../../../shared/model/settings.ts';
import type { VerifyOptions } from '../../client/verify-options.ts';
import { hasHalfPair, toPairs, toRecord, type Pair } from '../../ui/pairs-field.tsx';

/** The options as they are being typed. */
export interface VerifyDraft {
  readonly metadata: readonly Pair[];
  /** Empty: as the settings say. */
  readonly maxSignatures: string;
  /** For layouts; empty: as the layout is called. */
  readonly scope: string;
  readonly pluginConfig: readonly Pair[];
}

export function toVerifyDraft({ userMetadata, maxSignatures, scope, pluginConfig }: VerifyOptions): VerifyDraft {
  return {
    metadata: toPairs(userMetadata),
    maxSignatures: maxSignatures === undefined ? '' : String(maxSignatures),
    scope: scope ?? '',
    pluginConfig: toPairs(pluginConfig),
  };
}

/** The limit that was typed; undefined for none, `wrong` for what is no limit. */
export function parseLimit(text: string): number | 'wrong' | undefined {
  const typed = text.trim();
  if (typed === '') return undefined;
  const limit = settingsSchema.shape.maxSignatures.safeParse(/^\d{1,6}$/.test(typed) ? Number(typed) : 0);
  return limit.success ? limit.data : 'wrong';
}

/** The draft as the contract takes it; undefined while something in it is not whole. */
export function toVerifyOptions({
  metadata,
  maxSignatures,
  scope,
  pluginConfig,
}: VerifyDraft): VerifyOptions | undefined {
  const limit = parseLimit(maxSignatures);
  if (limit === 'wrong' || hasHalfPair(metadata, pluginConfig)) return undefined;
  const [userMetadata, config] = [toRecord(metadata), toRecord(pluginConfig)];
  return {
    ...(Object.keys(userMetadata).length > 0 && { userMetadata }),
    ...(limit !== undefined && { maxSignatures: limit }),
    ...(scope.trim() !== '' && { scope: scope.trim() }),
    ...(Object.keys(config).length > 0 && { pluginConfig: config }),
  };
}
