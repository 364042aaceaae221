import { hostOfGoUrl } from '../codec/go-url.ts';
import { DerError, DerReader, derTag, parseDerInteger } from './der-reader.ts';

/**
 * Extensions that the certificate requirements say nothing about. Their content is not used; but the reference's parser reads them,
 * and refuses a certificate whose own are malformed, so their form is checked (RFC 5280, section 4.2.1).
 */

const tags = {
  email: 0x81,
  dns: 0x82,
  uri: 0x86,
  ip: 0x87,
  permitted: 0xa0,
  excluded: 0xa1,
  keyId: 0x80,
  first: 0x80,
  second: 0x81,
};
const maxInt64Hex = 16;

function isDomain(name: string, isConstraint: boolean): boolean {
  if (name === '') return true;
  const labels = (isConstraint && name.startsWith('.') ? name.slice(1) : name).split('.');
  return labels.every((label) => label !== '' && isVisible(label));
}

/** Whether every character is one that ASCII draws, but a space. */
function isVisible(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code < 0x21 || code > 0x7e) return false;
  }
  return true;
}

function toIa5(content: Uint8Array, what: string): string {
  for (const byte of content) if (byte >= 0x80) throw new DerError(`${what} is malformed`);
  return Buffer.from(content).toString('latin1');
}

function isUri(text: string): boolean {
  const host = hostOfGoUrl(text);
  return host !== undefined && isDomain(host, false);
}

function checkAlternativeName(tag: number, content: Uint8Array): void {
  switch (tag) {
    case tags.email:
      toIa5(content, 'SAN rfc822Name');
      break;
    case tags.dns:
      toIa5(content, 'SAN dNSName');
      break;
    case tags.uri:
      if (!isUri(toIa5(content, 'SAN uniformResourceIdentifier'))) throw new DerError('cannot parse URI');
      break;
    case tags.ip:
      if (content.length !== 4 && content.length !== 16)
        throw new DerError(`cannot parse IP address of length ${content.length}`);
      break;
  }
}

function checkAlternativeNames(value: Uint8Array): void {
  const names = new DerReader(value).enter(derTag.sequence, 'subject alternative names');
  while (!names.isAtEnd) {
    const { tag, content } = names.readAny();
    checkAlternativeName(tag, content);
  }
}

/** A mailbox without quoting; the reference's parser takes quoted ones too. */
function isMailbox(text: string): boolean {
  const at = text.lastIndexOf('@');
  const local = text.slice(0, at);
  return (
    local !== '' &&
    !/["(),:;<>@[\\\]]/.test(local) &&
    isDomain(local, false) &&
    text.length > at + 1 &&
    isDomain(text.slice(at + 1), false)
  );
}

function isMask(mask: Uint8Array): boolean {
  const bits = Array.from(mask, (byte) => byte.toString(2).padStart(8, '0')).join('');
  return !bits.includes('01');
}

function checkConstraint(tag: number, content: Uint8Array): void {
  const fail = (what: string): never => {
    throw new DerError(`failed to parse ${what} constraint`);
  };
  switch (tag) {
    case tags.dns:
      if (!isDomain(toIa5(content, 'constraint value'), true)) fail('dnsName');
      break;
    case tags.ip:
      if (content.length !== 8 && content.length !== 32)
        throw new DerError(`IP constraint contained value of length ${content.length}`);
      if (!isMask(content.subarray(content.length / 2))) throw new DerError('IP constraint contained invalid mask');
      break;
    case tags.email: {
      const text = toIa5(content, 'constraint value');
      if (text.includes('@') ? !isMailbox(text) : !isDomain(text, true)) fail('rfc822Name');
      break;
    }
    case tags.uri: {
      const text = toIa5(content, 'constraint value');
      if (/^[0-9.]*$|:/.test(text) && text !== '') fail('URI');
      if (!isDomain(text, true)) fail('URI');
      break;
    }
  }
}

function checkNameConstraints(value: Uint8Array): void {
  const what = 'NameConstraints extension';
  const outer = new DerReader(value);
  const constraints = outer.enter(derTag.sequence, what);
  outer.assertAtEnd(what);
  const subtrees = [constraints.readOptional(tags.permitted), constraints.readOptional(tags.excluded)];
  constraints.assertAtEnd(what);
  if (subtrees.every((list) => (list?.length ?? 0) === 0)) throw new DerError('empty name constraints extension');
  for (const list of subtrees) {
    const reader = new DerReader(list ?? new Uint8Array());
    while (!reader.isAtEnd) {
      const { tag, content } = reader.enter(derTag.sequence, what).readAny();
      checkConstraint(tag, content);
    }
  }
}

function checkAuthorityKeyId(value: Uint8Array): void {
  const identifier = new DerReader(value).enter(derTag.sequence, 'authority key identifier');
  identifier.readOptional(tags.keyId);
}

/** Arcs of any size: each in its shortest form, and the last one whole. */
function isOid(bytes: Uint8Array): boolean {
  const isPadded = (byte: number, index: number): boolean =>
    byte === 0x80 && (index === 0 || (bytes[index - 1] ?? 0) < 0x80);
  return (bytes.at(-1) ?? 0x80) < 0x80 && !bytes.some(isPadded);
}

function checkPolicies(value: Uint8Array): void {
  const policies = new DerReader(value).enter(derTag.sequence, 'certificate policies');
  const seen = new Set<string>();
  while (!policies.isAtEnd) {
    const oid = policies.enter(derTag.sequence, 'certificate policies').readContent(derTag.oid, 'certificate policies');
    const name = Buffer.from(oid).toString('hex');
    if (seen.has(name) || !isOid(oid)) throw new DerError('invalid certificate policies');
    seen.add(name);
  }
}

function checkPolicyMappings(value: Uint8Array): void {
  const mappings = new DerReader(value).enter(derTag.sequence, 'policy mappings extension');
  while (!mappings.isAtEnd) {
    const mapping = mappings.enter(derTag.sequence, 'policy mappings extension');
    for (let left = 2; left > 0; left -= 1) mapping.readContent(derTag.oid, 'policy mappings extension');
  }
}

function checkPolicyConstraints(value: Uint8Array): void {
  const constraints = new DerReader(value).enter(derTag.sequence, 'policy constraints extension');
  for (const tag of [tags.first, tags.second]) {
    const skipped = constraints.readOptional(tag);
    if (skipped && parseDerInteger(skipped, 'policy constraints extension').length > maxInt64Hex)
      throw new DerError('invalid policy constraints extension');
  }
}

function checkInhibitAnyPolicy(value: Uint8Array): void {
  const skipped = new DerReader(value).readContent(derTag.integer, 'inhibit any policy extension');
  if (parseDerInteger(skipped, 'inhibit any policy extension').length > maxInt64Hex)
    throw new DerError('invalid inhibit any policy extension');
}

const checks: Readonly<Record<string, (value: Uint8Array) => void>> = {
  '2.5.29.14': (value) => void new DerReader(value).readContent(derTag.octetString, 'subject key identifier'),
  '2.5.29.17': checkAlternativeNames,
  '2.5.29.30': checkNameConstraints,
  '2.5.29.32': checkPolicies,
  '2.5.29.33': checkPolicyMappings,
  '2.5.29.35': checkAuthorityKeyId,
  '2.5.29.36': checkPolicyConstraints,
  '2.5.29.54': checkInhibitAnyPolicy,
};
/** These must not be critical (RFC 5280, sections 4.2.1.1, 4.2.1.2 and 4.2.2.1). */
const neverCritical: Readonly<Record<string, string>> = {
  '2.5.29.14': 'subject key identifier',
  '2.5.29.35': 'authority key identifier',
  '1.3.6.1.5.5.7.1.1': 'authority info access',
};

/** Checks the form of an extension that nothing is read from. @throws DerError */
export function checkOtherExtension(oid: string, critical: boolean, value: Uint8Array): void {
  if (critical && Object.hasOwn(neverCritical, oid))
    throw new DerError(`${neverCritical[oid] ?? oid} incorrectly marked critical`);
  if (Object.hasOwn(checks, oid)) checks[oid]?.(value);
}
