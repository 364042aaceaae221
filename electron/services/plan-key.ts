import { isAppError } from '../../shared/errors/app-error.ts';
import { findPlugin } from '../domain/plugin/plugin-directory.ts';
import { chooseKey, openSigner, type ChosenKey, type KeyChoice, type SignerSources } from './load-signer.ts';
import type { SignPlan } from './plan-sign.ts';

/** What is known of the key before it is used; a plugin is looked for and not started. */
export async function planKey(
  sources: SignerSources,
  choice: KeyChoice,
  signal: AbortSignal,
): Promise<{ readonly chosen?: ChosenKey; readonly signer: SignPlan['signer'] }> {
  let chosen: ChosenKey | undefined;
  try {
    chosen = await chooseKey(sources, choice);
    if (chosen.kind === 'plugin') {
      await findPlugin(sources.plugins(), chosen.key.plugin);
      return { chosen, signer: { plugin: chosen.key } };
    }
    const { signer, atRisk } = await openSigner(sources, chosen, 'blob', signal);
    return { chosen, signer: { ready: signer, atRisk } };
  } catch (error) {
    if (isAppError(error)) return { ...(chosen && { chosen }), signer: { error } };
    throw error;
  }
}
