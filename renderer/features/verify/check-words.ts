import type { CheckName } from '../../../shared/model/trust-policy.ts';
import type { CheckResult } from '../../../shared/model/verification.ts';
import type { MessageKey } from '../../locales/catalogs.ts';

/** The name of each check. */
export const checkWords: Readonly<Record<CheckName, MessageKey>> = {
  integrity: 'verify.checkIntegrity',
  authenticity: 'verify.checkAuthenticity',
  authenticTimestamp: 'verify.checkAuthenticTimestamp',
  expiry: 'verify.checkExpiry',
  revocation: 'verify.checkRevocation',
};

export const resultWords: Readonly<Record<CheckResult['result'], MessageKey>> = {
  passed: 'verify.resultPassed',
  failed: 'verify.resultFailed',
  skipped: 'verify.resultSkipped',
  notApplicable: 'verify.resultNotApplicable',
  inconclusive: 'verify.resultInconclusive',
};

/** Whether a check looked at anything: without a policy or a sound envelope there is nothing to look at. */
export function wasDone({ reason }: CheckResult): boolean {
  return !reason.code.startsWith('check.');
}

/** What stands at the right of a check: how the policy takes it, or that it was not done. */
export function actionWord(check: CheckResult): MessageKey {
  const { action, result } = check;
  if (!wasDone(check)) return action === 'skip' ? 'verify.actionSkip' : 'verify.notDone';
  if (action === null) return result === 'passed' || result === 'failed' ? 'verify.actionNone' : 'verify.notDone';
  const words = { enforce: 'verify.actionEnforce', log: 'verify.actionLog', skip: 'verify.actionSkip' } as const;
  return words[action];
}
