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
  /** A day, or a moment in UTC; empty: now. */
  readonly asOf: string;
  /** The text of a policy that is not saved, to judge under. */
  readonly draftPolicy: string | undefined;
}

export function toVerifyDraft(options: VerifyOptions): VerifyDraft {
  const { userMetadata, maxSignatures, scope, pluginConfig, asOf = '', draftPolicy } = options;
  return {
    asOf,
    draftPolicy,
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

const moment = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2})?)(?:Z| UTC)?)?$/;

/** The moment that was typed, in RFC 3339; a day is its beginning in UTC. Undefined for none, `wrong` for what is no moment. */
export function parseAsOf(text: string): string | undefined {
  const typed = text.trim();
  if (typed === '') return undefined;
  const [, day = '', time = '00:00'] = moment.exec(typed) ?? [];
  const whole = `${day}T${time.length === 5 ? `${time}:00` : time}Z`;
  const parsed = new Date(whole);
  // A day that no month has would be taken for one of the next.
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(whole.slice(0, -1)) ? whole : 'wrong';
}

/** The draft as the contract takes it; undefined while something in it is not whole. */
export function toVerifyOptions({
  metadata,
  maxSignatures,
  scope,
  pluginConfig,
  asOf,
  draftPolicy,
}: VerifyDraft): VerifyOptions | undefined {
  const limit = parseLimit(maxSignatures);
  const as = parseAsOf(asOf);
  if (limit === 'wrong' || as === 'wrong' || hasHalfPair(metadata, pluginConfig)) return undefined;
  const [userMetadata, config] = [toRecord(metadata), toRecord(pluginConfig)];
  return {
    ...(Object.keys(userMetadata).length > 0 && { userMetadata }),
    ...(limit !== undefined && { maxSignatures: limit }),
    ...(scope.trim() !== '' && { scope: scope.trim() }),
    ...(Object.keys(config).length > 0 && { pluginConfig: config }),
    ...(as !== undefined && { asOf: as }),
    ...(draftPolicy !== undefined && { draftPolicy }),
  };
}
