import { isSubset, readDistinguishedName, type DistinguishedName, type NameFault } from './distinguished-name.ts';
import { toGoQuoted as quote } from '../codec/go-text.ts';

/** How one identity of a statement compares with a signer's subject. */
export interface IdentityTrial {
  readonly identity: string;
  readonly matched: boolean;
  readonly differences: readonly { readonly attribute: string; readonly wanted: string; readonly found?: string }[];
}

/** The outcome for a whole list of identities, with the reference's sentence when none matches. */
export type IdentityMatch =
  | { readonly kind: 'matched'; readonly identity: string; readonly trials: readonly IdentityTrial[] }
  | { readonly kind: 'noMatch' | 'noX509Identity'; readonly message: string; readonly trials: readonly IdentityTrial[] }
  | {
      readonly kind: 'badSubject';
      readonly fault: NameFault;
      readonly message: string;
      readonly trials: readonly IdentityTrial[];
    };

const nativePrefix = 'x509.subject';

/** An identity cut at its first colon; undefined without one. */
export function splitIdentity(identity: string): { prefix: string; value: string } | undefined {
  const colon = identity.indexOf(':');
  return colon < 0 ? undefined : { prefix: identity.slice(0, colon), value: identity.slice(colon + 1) };
}

/** The distinguished name of an `x509.subject` identity; undefined for another prefix or a name the reference refuses. */
export function nameOfIdentity(identity: string): DistinguishedName | undefined {
  const parts = splitIdentity(identity);
  if (parts?.prefix !== nativePrefix) return undefined;
  const reading = readDistinguishedName(parts.value);
  return reading.fault === undefined ? reading.name : undefined;
}

function tryIdentity(identity: string, wanted: DistinguishedName, subject: DistinguishedName): IdentityTrial {
  const differences = [];
  for (const [attribute, value] of wanted) {
    const found = subject.get(attribute);
    if ((found ?? '') !== value)
      differences.push({ attribute, wanted: value, ...(found === undefined ? {} : { found }) });
  }
  return { identity, matched: isSubset(wanted, subject), differences };
}

/** A list of names as Go prints a slice of string maps with `%q`. */
function quoteNames(names: readonly DistinguishedName[]): string {
  const shown = names.map((name) => {
    const entries = [...name]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([type, value]) => `${quote(type)}:${quote(value)}`);
    return `map[${entries.join(' ')}]`;
  });
  return `[${shown.join(' ')}]`;
}

/**
 * Compares a signer with the trusted identities of a statement (trust policy specification, "Trusted identities"): `*` takes
 * any signer; otherwise an `x509.subject` identity matches when each of its attributes is in the leaf's subject with an equal
 * value. Every identity is tried, so that each can be explained.
 * @param subject the leaf's subject as Go prints it; it goes through the same parser as the identities.
 */
export function matchIdentity(identities: readonly string[], subject: string, policyName: string): IdentityMatch {
  if (identities.includes('*'))
    return { kind: 'matched', identity: '*', trials: [{ identity: '*', matched: true, differences: [] }] };
  const named = identities.flatMap((identity) => {
    const name = nameOfIdentity(identity);
    return name === undefined ? [] : [{ identity, name }];
  });
  if (named.length === 0) {
    return {
      kind: 'noX509Identity',
      message: `no x509 trusted identities are configured in the trust policy ${quote(policyName)}`,
      trials: [],
    };
  }
  const reading = readDistinguishedName(subject);
  if (reading.fault !== undefined) {
    const message = `error while parsing the certificate subject from the digital signature. error : ${quote(reading.fault.message)}`;
    return { kind: 'badSubject', fault: reading.fault, message, trials: [] };
  }
  const trials = named.map(({ identity, name }) => tryIdentity(identity, name, reading.name));
  const first = trials.find((trial) => trial.matched);
  if (first !== undefined) return { kind: 'matched', identity: first.identity, trials };
  const message = `signing certificate from the digital signature does not match the X.509 trusted identities ${quoteNames(named.map(({ name }) => name))} defined in the trust policy ${quote(policyName)}`;
  return { kind: 'noMatch', message, trials };
}
