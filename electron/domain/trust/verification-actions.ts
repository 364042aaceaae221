import {
  checkNames,
  type CheckAction,
  type CheckName,
  type TrustPolicyStatement,
  type VerificationLevel,
} from '../../../shared/model/trust-policy.ts';

const levels: Readonly<Record<VerificationLevel, Readonly<Record<CheckName, CheckAction>>>> = {
  strict: {
    integrity: 'enforce',
    authenticity: 'enforce',
    authenticTimestamp: 'enforce',
    expiry: 'enforce',
    revocation: 'enforce',
  },
  permissive: {
    integrity: 'enforce',
    authenticity: 'enforce',
    authenticTimestamp: 'log',
    expiry: 'log',
    revocation: 'log',
  },
  audit: { integrity: 'enforce', authenticity: 'log', authenticTimestamp: 'log', expiry: 'log', revocation: 'log' },
  skip: { integrity: 'skip', authenticity: 'skip', authenticTimestamp: 'skip', expiry: 'skip', revocation: 'skip' },
};

/** What a statement prescribes for each check: its level, then its overrides (trust policy specification, "Signature verification details"). */
export function actionsOf(
  statement: Pick<TrustPolicyStatement, 'signatureVerification'>,
): Readonly<Record<CheckName, CheckAction>> {
  const { level, override } = statement.signatureVerification;
  const actions = { ...levels[level] };
  for (const check of checkNames) actions[check] = override?.[check] ?? actions[check];
  return actions;
}
