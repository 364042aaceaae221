import type { CertificateRuleName } from '../../../shared/model/certificate.ts';
import { toGoQuoted } from '../codec/go-text.ts';
import { keyFault, toKeyLabel } from './key-algorithm.ts';
import type { KeyUsageName, ParsedCertificate } from './parsed-certificate.ts';

/** One rule put to one certificate; `message` is the reference's sentence when it is broken. */
export interface RuleFinding {
  readonly rule: CertificateRuleName;
  readonly message?: string;
  readonly evidence?: string;
  /** Holds for the reference; the specification would have it otherwise, or it only may matter later. */
  readonly isNote?: boolean;
}

/** Key usages that a signing certificate must not have, by the reference's names for them and in its order. */
const forbiddenUsages: readonly (readonly [KeyUsageName, string])[] = [
  ['keyEncipherment', 'KeyEncipherment'],
  ['dataEncipherment', 'DataEncipherment'],
  ['keyAgreement', 'KeyAgreement'],
  ['keyCertSign', 'CertSign'],
  ['cRLSign', 'CRLSign'],
  ['encipherOnly', 'EncipherOnly'],
  ['decipherOnly', 'DecipherOnly'],
];
const forbiddenExtendedUsages = new Map([
  ['1.3.6.1.5.5.7.3.1', 'ServerAuth'],
  ['1.3.6.1.5.5.7.3.2', 'ClientAuth'],
  ['1.3.6.1.5.5.7.3.4', 'EmailProtection'],
  ['1.3.6.1.5.5.7.3.8', 'Timestamping'],
  ['1.3.6.1.5.5.7.3.9', 'OCSPSigning'],
]);
const anyExtendedKeyUsage = '2.5.29.37.0';
const timestamping = '1.3.6.1.5.5.7.3.8';

function withSubject(certificate: ParsedCertificate, what: string): string {
  return `certificate with subject ${toGoQuoted(certificate.subject)}: ${what}`;
}

function finding(rule: CertificateRuleName, message: string | undefined, evidence?: string): RuleFinding {
  return { rule, ...(message !== undefined && { message }), ...(evidence !== undefined && { evidence }) };
}

function notCa(certificate: ParsedCertificate): RuleFinding {
  const isCa = certificate.basicConstraints?.ca === true;
  return finding(
    'notCa',
    isCa
      ? withSubject(certificate, 'if the basic constraints extension is present, the ca field must be set to false')
      : undefined,
  );
}

function keyUsageCritical(certificate: ParsedCertificate): RuleFinding {
  if (!certificate.keyUsage)
    return finding('keyUsageCritical', withSubject(certificate, 'key usage extension must be present'));
  return finding(
    'keyUsageCritical',
    certificate.keyUsage.critical ? undefined : withSubject(certificate, 'key usage extension must be marked critical'),
  );
}

/** A timestamping certificate's key usage need not be critical. */
function keyUsagePresent(certificate: ParsedCertificate): RuleFinding {
  return finding(
    'keyUsagePresent',
    certificate.keyUsage ? undefined : withSubject(certificate, 'key usage extension must be present'),
  );
}

function leafUsageMessage(certificate: ParsedCertificate, what: string): string {
  return `the certificate with subject ${toGoQuoted(certificate.subject)} is invalid. The key usage must ${what}`;
}

function digitalSignature(certificate: ParsedCertificate): RuleFinding {
  const isSet = certificate.keyUsage?.usages.has('digitalSignature') === true;
  return finding(
    'keyUsageDigitalSignature',
    isSet ? undefined : leafUsageMessage(certificate, 'have the bit positions for "Digital Signature" set'),
  );
}

function onlySigning(certificate: ParsedCertificate): RuleFinding {
  const found = forbiddenUsages
    .filter(([usage]) => certificate.keyUsage?.usages.has(usage) === true)
    .map(([, name]) => `"${name}"`);
  const evidence = certificate.keyUsage && [...certificate.keyUsage.usages].join(', ');
  return finding(
    'keyUsageOnlySigning',
    found.length > 0
      ? leafUsageMessage(certificate, `be "Digital Signature" only, but found ${found.join(', ')}`)
      : undefined,
    evidence,
  );
}

function extendedKeyUsage(certificate: ParsedCertificate): RuleFinding {
  const oids = certificate.extendedKeyUsage?.oids ?? [];
  const forbidden = oids.find((oid) => forbiddenExtendedUsages.has(oid));
  if (forbidden !== undefined) {
    const name = forbiddenExtendedUsages.get(forbidden) ?? forbidden;
    return finding(
      'extendedKeyUsage',
      withSubject(certificate, `extended key usage must not contain ${name} eku`),
      name,
    );
  }
  if (oids.includes(anyExtendedKeyUsage))
    return { rule: 'extendedKeyUsage', isNote: true, evidence: 'anyExtendedKeyUsage' };
  return finding('extendedKeyUsage', undefined);
}

function timestampingOnly(certificate: ParsedCertificate): RuleFinding {
  const { oids = [], critical = false } = certificate.extendedKeyUsage ?? {};
  const subject = toGoQuoted(certificate.subject);
  if (oids.length !== 1 || oids[0] !== timestamping)
    return finding(
      'timestampingOnly',
      `timestamp signing certificate with subject ${subject} must have and only have Timestamping as extended key usage`,
    );
  if (!critical)
    return finding(
      'timestampingOnly',
      `timestamp signing certificate with subject ${subject} must have extended key usage extension marked as critical`,
    );
  return finding('timestampingOnly', undefined);
}

function keyAlgorithm(certificate: ParsedCertificate): RuleFinding {
  const fault = keyFault(certificate.publicKey);
  return finding(
    'keyAlgorithm',
    fault === undefined ? undefined : withSubject(certificate, fault),
    toKeyLabel(certificate.publicKey),
  );
}

/** What a chain is used for; each purpose has rules of its own. */
export type ChainPurpose = 'codeSigning' | 'timestamping';

const leafRules: Readonly<Record<ChainPurpose, readonly ((certificate: ParsedCertificate) => RuleFinding)[]>> = {
  codeSigning: [notCa, keyUsageCritical, digitalSignature, onlySigning, extendedKeyUsage, keyAlgorithm],
  timestamping: [notCa, keyUsagePresent, digitalSignature, onlySigning, timestampingOnly, keyAlgorithm],
};

/** Rules of a signing certificate in the reference's order (signature specification, "Certificate requirements"). */
export function findLeafRules(certificate: ParsedCertificate, purpose: ChainPurpose): RuleFinding[] {
  return leafRules[purpose].map((rule) => rule(certificate));
}

function isCa(certificate: ParsedCertificate): RuleFinding {
  const holds = certificate.basicConstraints?.ca === true;
  return finding(
    'isCa',
    holds
      ? undefined
      : withSubject(certificate, 'ca field in basic constraints must be present, critical, and set to true'),
  );
}

function pathLength(certificate: ParsedCertificate, below: number): RuleFinding {
  const allowed = certificate.basicConstraints?.pathLength;
  const isBroken = allowed !== undefined && allowed < below;
  const message = isBroken
    ? withSubject(certificate, `expected path length of ${below} but certificate has path length ${allowed} instead`)
    : undefined;
  return finding('pathLength', message, allowed?.toString());
}

function keyCertSign(certificate: ParsedCertificate): RuleFinding {
  const isSet = certificate.keyUsage?.usages.has('keyCertSign') === true;
  return finding(
    'keyCertSign',
    isSet ? undefined : withSubject(certificate, 'key usage must have the bit positions for key cert sign set'),
  );
}

/** Rules of a CA certificate with `below` intermediates between it and the leaf, in the reference's order. */
export function findCaRules(certificate: ParsedCertificate, below: number, purpose: ChainPurpose): RuleFinding[] {
  const keyUsage = purpose === 'codeSigning' ? keyUsageCritical : keyUsagePresent;
  return [isCa(certificate), pathLength(certificate, below), keyUsage(certificate), keyCertSign(certificate)];
}
