import type { Settings } from '../../shared/model/settings.ts';
import type { Clock, Directory, Http, Logger } from '../domain/ports.ts';
import { createAskingChecker } from '../domain/revocation/asking-checker.ts';
import { createCrlCache } from '../domain/revocation/crl-cache.ts';
import type { RevocationChecker } from '../domain/revocation/revocation-checker.ts';
import { readSettingsFile } from './settings-file.ts';

export interface RevocationOptions {
  /** Without limits of its own: the settings say how long a server has. */
  readonly http: Http;
  /** The cache directory of Notation. */
  readonly notationCache: Directory;
  /** Inkan's own directory, for the settings. */
  readonly inkan: Directory;
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * Gives a checker under the settings as they are. `own`: for one piece of work that the user began, which asks afresh. `common`:
 * for what lists want to know by themselves; these share what was asked within a minute.
 */
export type OpenRevocation = (use: 'own' | 'common') => Promise<RevocationChecker>;

type AccessSettings = Pick<
  Settings,
  'revocationOnline' | 'revocationPrivateAddresses' | 'ocspTimeoutSeconds' | 'crlTimeoutSeconds'
>;

export function createRevocationOpener({
  http,
  notationCache,
  inkan,
  clock,
  logger,
}: RevocationOptions): OpenRevocation {
  const cache = createCrlCache(notationCache, logger);
  let common: { readonly under: string; readonly checker: RevocationChecker } | undefined;
  const create = (settings: AccessSettings): RevocationChecker => {
    const access = {
      http,
      online: settings.revocationOnline,
      allowPrivate: settings.revocationPrivateAddresses,
      ocspTimeoutMs: settings.ocspTimeoutSeconds * 1000,
      crlTimeoutMs: settings.crlTimeoutSeconds * 1000,
    };
    return createAskingChecker({ access, cache, clock });
  };
  return async (use) => {
    const { revocationOnline, revocationPrivateAddresses, ocspTimeoutSeconds, crlTimeoutSeconds } =
      await readSettingsFile(inkan);
    const settings = { revocationOnline, revocationPrivateAddresses, ocspTimeoutSeconds, crlTimeoutSeconds };
    if (use === 'own') return create(settings);
    const under = JSON.stringify(settings);
    if (common?.under !== under) common = { under, checker: create(settings) };
    return common.checker;
  };
}
