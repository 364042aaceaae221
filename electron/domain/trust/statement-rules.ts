import type { PolicyProblemCode } from '../../../shared/model/policy-problems.ts';
import { checkNames, type PolicyDocumentKind, type PolicyProblem } from '../../../shared/model/trust-policy.ts';
import { isSubset, readDistinguishedName, type DistinguishedName } from './distinguished-name.ts';
import { toGoQuoted as quote } from '../codec/go-text.ts';
import type { Located, StatementText } from './policy-text.ts';
import { isSafeStoreName, isStoreName } from './store-name.ts';
import { splitIdentity } from './trusted-identity.ts';

/** A fault at a place; `message` is the reference's sentence. */
export function faultAt(
  at: Located<unknown>,
  code: PolicyProblemCode,
  details: Record<string, unknown>,
  message: string,
): PolicyProblem {
  return { code, details, message, path: at.path, from: at.from, to: at.to, severity: 'error' };
}

const levels = ['strict', 'permissive', 'audit', 'skip'];
const actions = ['enforce', 'log', 'skip'];
const storeTypes = ['ca', 'signingAuthority', 'tsa'];
const supportedChecks = `[${checkNames.map(quote).join(' ')}]`;
const supportedActions = `[${actions.map(quote).join(' ')}]`;

function overrideFaults(statement: StatementText, wrong: string): PolicyProblem[] {
  const name = statement.name.value;
  return statement.override.flatMap(({ check, action }) => {
    const details = { statement: name, check: check.value };
    if (!checkNames.some((known) => known === check.value)) {
      return [
        faultAt(
          check,
          'policy.overrideUnknownCheck',
          details,
          `${wrong}verification type ${quote(check.value)} in custom signature verification is not supported, supported values are ${supportedChecks}`,
        ),
      ];
    }
    if (!actions.includes(action.value)) {
      const message = `${wrong}verification action ${quote(action.value)} in custom signature verification is not supported, supported values are ${supportedActions}`;
      return [faultAt(action, 'policy.overrideUnknownAction', { ...details, action: action.value }, message)];
    }
    if (check.value === 'integrity') {
      return [
        faultAt(
          check,
          'policy.overrideIntegrity',
          { statement: name },
          `${wrong}"integrity" verification can not be overridden in custom signature verification`,
        ),
      ];
    }
    if (check.value !== 'revocation' && action.value === 'skip') {
      return [
        faultAt(
          action,
          'policy.overrideSkipNotAllowed',
          details,
          `${wrong}${quote(check.value)} verification can not be skipped in custom signature verification`,
        ),
      ];
    }
    return [];
  });
}

function levelFaults(statement: StatementText, prefix: string): PolicyProblem[] {
  const name = statement.name.value;
  const { level, override, verifyTimestamp } = statement;
  const wrong = `${prefix}trust policy statement ${quote(name)} has invalid signatureVerification: `;
  const faults: PolicyProblem[] = [];
  if (level.value === '')
    faults.push(
      faultAt(
        level,
        'policy.levelMissing',
        { statement: name },
        `${wrong}signature verification level is empty or missing in the trust policy statement`,
      ),
    );
  else if (!levels.includes(level.value))
    faults.push(
      faultAt(
        level,
        'policy.levelUnknown',
        { statement: name, level: level.value },
        `${wrong}invalid signature verification level ${quote(level.value)}`,
      ),
    );
  const [first] = override;
  if (level.value === 'skip' && first !== undefined) {
    faults.push(
      faultAt(
        first.check,
        'policy.overrideOnSkip',
        { statement: name },
        `${wrong}signature verification level "skip" can't be used to customize signature verification`,
      ),
    );
  } else {
    faults.push(...overrideFaults(statement, wrong));
  }
  if (!['', 'always', 'afterCertExpiry'].includes(verifyTimestamp.value)) {
    const message = `${wrong}verifyTimestamp must be "always" or "afterCertExpiry", but got ${quote(verifyTimestamp.value)}`;
    faults.push(
      faultAt(
        verifyTimestamp,
        'policy.verifyTimestampUnknown',
        { statement: name, value: verifyTimestamp.value },
        message,
      ),
    );
  }
  return faults;
}

function storeFaults(statement: StatementText, prefix: string): PolicyProblem[] {
  const name = statement.name.value;
  const wrong = `${prefix}trust policy statement ${quote(name)} `;
  return statement.trustStores.value.flatMap((store): PolicyProblem[] => {
    const colon = store.value.indexOf(':');
    const details = { statement: name, store: store.value };
    if (colon < 0) {
      return [
        faultAt(
          store,
          'policy.storeMalformed',
          details,
          `${wrong}has malformed trust store value ${quote(store.value)}. The required format is <TrustStoreType>:<TrustStoreName>`,
        ),
      ];
    }
    const type = store.value.slice(0, colon);
    const storeName = store.value.slice(colon + 1);
    if (!storeTypes.includes(type)) {
      return [
        faultAt(
          store,
          'policy.storeTypeUnknown',
          { ...details, type },
          `${wrong}uses an unsupported trust store type ${quote(type)} in trust store value ${quote(store.value)}`,
        ),
      ];
    }
    if (!isStoreName(storeName)) {
      const message = `${wrong}uses an unsupported trust store name ${quote(storeName)} in trust store value ${quote(store.value)}. Named store name needs to follow [a-zA-Z0-9_.-]+ format`;
      return [faultAt(store, 'policy.storeNameInvalid', { ...details, name: storeName }, message)];
    }
    if (isSafeStoreName(storeName)) return [];
    return [{ ...faultAt(store, 'policy.unsafeStoreName', { ...details, name: storeName }, ''), severity: 'stricter' }];
  });
}

/** The fault of one identity, or the name it gives. */
function readIdentity(
  identity: Located<string>,
  name: string,
  prefix: string,
): { fault: PolicyProblem } | { dn?: DistinguishedName } {
  const { value } = identity;
  const wrong = `${prefix}trust policy statement ${quote(name)} has `;
  const details = { statement: name, identity: value };
  if (value === '')
    return {
      fault: faultAt(identity, 'policy.identityEmpty', { statement: name }, `${wrong}an empty trusted identity`),
    };
  if (value === '*') return {};
  const parts = splitIdentity(value);
  if (parts === undefined)
    return {
      fault: faultAt(
        identity,
        'policy.identityNoSeparator',
        details,
        `${wrong}trusted identity ${quote(value)} missing separator`,
      ),
    };
  if (parts.prefix !== 'x509.subject') return {};
  if (parts.value === '')
    return {
      fault: faultAt(
        identity,
        'policy.identityNoValue',
        details,
        `${wrong}trusted identity ${quote(value)} without an identity value`,
      ),
    };
  const reading = readDistinguishedName(parts.value);
  if (reading.fault === undefined) return { dn: reading.name };
  const { kind, attribute, message } = reading.fault;
  return {
    fault: faultAt(
      identity,
      'policy.identityInvalid',
      { ...details, fault: kind, ...(attribute === undefined ? {} : { attribute }) },
      `${wrong}trusted identity ${quote(value)} with invalid identity value: ${message}`,
    ),
  };
}

function identityFaults(statement: StatementText, prefix: string): PolicyProblem[] {
  const name = statement.name.value;
  const identities = statement.trustedIdentities.value;
  const wrong = `${prefix}trust policy statement ${quote(name)} `;
  const faults: PolicyProblem[] = [];
  const wildcard = identities.find(({ value }) => value === '*');
  if (identities.length > 1 && wildcard !== undefined) {
    faults.push(
      faultAt(
        wildcard,
        'policy.identityWildcardMixed',
        { statement: name },
        `${wrong}uses a wildcard trusted identity '*', a wildcard identity cannot be used in conjunction with other values`,
      ),
    );
  }
  const named: { identity: Located<string>; dn: DistinguishedName }[] = [];
  for (const identity of identities) {
    const reading = readIdentity(identity, name, prefix);
    if ('fault' in reading) faults.push(reading.fault);
    else if (reading.dn !== undefined) named.push({ identity, dn: reading.dn });
  }
  for (const one of named) {
    for (const other of named) {
      if (one === other || !isSubset(one.dn, other.dn)) continue;
      const message = `${wrong}has overlapping x509 trustedIdentities, ${quote(one.identity.value)} overlaps with ${quote(other.identity.value)}`;
      faults.push(
        faultAt(
          one.identity,
          'policy.identitiesOverlap',
          { statement: name, identity: one.identity.value, other: other.identity.value },
          message,
        ),
      );
    }
  }
  return faults;
}

/** Every fault of a statement beside its scopes, in the order in which the reference looks for them (trust policy specification, "Trust policy properties"). */
export function statementFaults(statement: StatementText, kind: PolicyDocumentKind): PolicyProblem[] {
  const prefix = `${kind} trust policy: `;
  const name = statement.name.value;
  const { trustStores, trustedIdentities, level } = statement;
  const faults: PolicyProblem[] = [];
  if (name === '')
    faults.push(
      faultAt(
        statement.name,
        'policy.nameMissing',
        {},
        `${prefix}a trust policy statement is missing a name, every statement requires a name`,
      ),
    );
  faults.push(...levelFaults(statement, prefix));
  if (level.value === 'skip') {
    if (trustStores.value.length > 0 || trustedIdentities.value.length > 0) {
      const message = `${prefix}trust policy statement ${quote(name)} is set to skip signature verification but configured with trust stores and/or trusted identities, remove them if signature verification needs to be skipped`;
      faults.push(
        faultAt(
          trustStores.value.length > 0 ? trustStores : trustedIdentities,
          'policy.skipWithTrust',
          { statement: name },
          message,
        ),
      );
    }
    return faults;
  }
  const missing = [
    trustStores.value.length === 0 ? 'trustStores' : '',
    trustedIdentities.value.length === 0 ? 'trustedIdentities' : '',
  ].filter((member) => member !== '');
  if (missing.length > 0) {
    const message = `${prefix}trust policy statement ${quote(name)} is either missing trust stores or trusted identities, both must be specified`;
    faults.push(
      faultAt(
        missing[0] === 'trustStores' ? trustStores : trustedIdentities,
        'policy.trustMissing',
        { statement: name, missing },
        message,
      ),
    );
  }
  return [...faults, ...storeFaults(statement, prefix), ...identityFaults(statement, prefix)];
}
