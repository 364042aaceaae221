import { certificateRules, type CertificateRuleName, type RuleResult } from '../../../shared/model/certificate.ts';
import { toGoQuoted } from '../codec/go-text.ts';
import { toRfc3339 } from '../codec/rfc3339.ts';
import { findCaRules, findLeafRules, type ChainPurpose, type RuleFinding } from './certificate-rules.ts';
import { isIssuerName, ownSignatureFault, signatureFaultFrom, type SignatureFault } from './certificate-signature.ts';
import type { ParsedCertificate } from './parsed-certificate.ts';

/** The first rule that the reference would complain about, with its own sentence (without the wrapper `certificate-chain is invalid, `). */
export interface ChainFault {
  readonly rule: CertificateRuleName;
  readonly subject: string;
  readonly message: string;
}

/** How a chain fares under section "Certificate requirements" of the signature specification. */
export interface ChainCheck {
  /** Per certificate, leaf first. */
  readonly certificates: readonly (readonly RuleResult[])[];
  /** Rules of the chain as a whole. */
  readonly chain: readonly RuleResult[];
  /** Undefined when the chain may sign. */
  readonly fault?: ChainFault;
}

export interface ChainCheckOptions {
  /** Every certificate must be valid at this time; for signing and for authentic signing times. */
  readonly signingTime?: Date;
  /** Validity at this time is told, and never breaks the chain. */
  readonly now?: Date;
}

/** A finding and where it belongs: a position in the chain, or the chain. */
interface Step {
  readonly at: number | 'chain';
  readonly subject: string;
  readonly finding: RuleFinding;
}

const chainRules: readonly CertificateRuleName[] = ['chainIssuedInOrder', 'chainEndsInRoot', 'chainNoOtherSelfSigned'];

/** As Go prints a time. */
function toGoTime(moment: Date): string {
  const fraction = (moment.getUTCMilliseconds() / 1000).toString().slice(1);
  return `${toRfc3339(moment).replace('T', ' ').replace('Z', '')}${fraction} +0000 UTC`;
}

function isValidAt(certificate: ParsedCertificate, moment: Date): boolean {
  return moment >= certificate.notBefore && moment <= certificate.notAfter;
}

function findValidity(certificate: ParsedCertificate, options: ChainCheckOptions): RuleFinding[] {
  const { signingTime, now } = options;
  const evidence = `${toRfc3339(certificate.notBefore)} – ${toRfc3339(certificate.notAfter)}`;
  if (signingTime && !isValidAt(certificate, signingTime)) {
    const message = `certificate with subject ${toGoQuoted(certificate.subject)} was invalid at signing time of ${toGoTime(signingTime)}. Certificate is valid from [${toGoTime(certificate.notBefore)}] to [${toGoTime(certificate.notAfter)}]`;
    return [{ rule: 'validNow', message, evidence }];
  }
  if (!signingTime && !now) return [];
  return [{ rule: 'validNow', evidence, isNote: now !== undefined && !isValidAt(certificate, now) }];
}

/** The rule that a failed signature check is about, and whose certificate it is about. */
function toSignatureStep(
  fault: SignatureFault,
  position: number,
  message: string,
  chain: readonly ParsedCertificate[],
  valueRule: CertificateRuleName,
): Step {
  const parent = Math.min(position + 1, chain.length - 1);
  const places: Readonly<Record<SignatureFault['kind'], { at: number | 'chain'; rule: CertificateRuleName }>> = {
    parentNotCa: { at: parent, rule: 'isCa' },
    parentNoCertSign: { at: parent, rule: 'keyCertSign' },
    algorithm: { at: position, rule: 'signatureAlgorithm' },
    value: { at: 'chain', rule: valueRule },
  };
  const { at, rule } = places[fault.kind];
  return { at, subject: chain[at === 'chain' ? position : at]?.subject ?? '', finding: { rule, message } };
}

function findRootSteps(chain: readonly ParsedCertificate[], position: number, root: ParsedCertificate): Step[] {
  const where = { at: 'chain', subject: root.subject } as const;
  const fault = signatureFaultFrom(root, root);
  const ending = 'Certificate chain must end with a valid self-signed root certificate';
  if (fault) {
    const message = `root certificate with subject ${toGoQuoted(root.subject)} is invalid or not self-signed. ${ending}. Error: ${fault.message}`;
    return [toSignatureStep(fault, position, message, chain, 'chainEndsInRoot')];
  }
  if (isIssuerName(root, root)) return [];
  return [
    {
      ...where,
      finding: {
        rule: 'chainEndsInRoot',
        message: `root certificate with subject ${toGoQuoted(root.subject)} is not self-signed. ${ending}`,
      },
    },
  ];
}

function findLinkSteps(
  chain: readonly ParsedCertificate[],
  position: number,
  certificate: ParsedCertificate,
  parent: ParsedCertificate,
): Step[] {
  const where = { at: 'chain', subject: certificate.subject } as const;
  const steps: Step[] = [];
  if (signatureFaultFrom(certificate, certificate) === undefined && isIssuerName(certificate, certificate)) {
    const kind = position === 0 ? 'leaf' : 'intermediate';
    const message = `${kind} certificate with subject ${toGoQuoted(certificate.subject)} is self-signed. Certificate chain must not contain self-signed ${kind} certificate`;
    steps.push({ ...where, finding: { rule: 'chainNoOtherSelfSigned', message } });
  }
  const names = `certificate with subject ${toGoQuoted(certificate.subject)} is not issued by ${toGoQuoted(parent.subject)}`;
  const fault = signatureFaultFrom(certificate, parent);
  if (fault)
    steps.push(
      toSignatureStep(
        fault,
        position,
        `invalid certificates or ${names}. Error: ${fault.message}`,
        chain,
        'chainIssuedInOrder',
      ),
    );
  else if (!isIssuerName(certificate, parent))
    steps.push({ ...where, finding: { rule: 'chainIssuedInOrder', message: names } });
  return steps;
}

function findLongChain(chain: readonly ParsedCertificate[], options: ChainCheckOptions, purpose: ChainPurpose): Step[] {
  return chain.flatMap((certificate, position) => {
    const own = (findings: readonly RuleFinding[]): Step[] =>
      findings.map((finding) => ({ at: position, subject: certificate.subject, finding }));
    const parent = chain[position + 1];
    return [
      ...own(findValidity(certificate, options)),
      ...(parent ? findLinkSteps(chain, position, certificate, parent) : findRootSteps(chain, position, certificate)),
      ...own(position === 0 ? findLeafRules(certificate, purpose) : findCaRules(certificate, position - 1, purpose)),
      ...own([
        {
          rule: 'signatureAlgorithm',
          evidence: certificate.signatureAlgorithm?.name ?? certificate.signatureAlgorithmOid,
        },
      ]),
    ];
  });
}

function findLoneCertificate(
  certificate: ParsedCertificate,
  options: ChainCheckOptions,
  purpose: ChainPurpose,
): Step[] {
  const { subject } = certificate;
  const steps: Step[] = [];
  const fault = ownSignatureFault(certificate);
  const beginning = `invalid self-signed certificate. subject: ${toGoQuoted(subject)}. Error:`;
  if (fault) steps.push(toSignatureStep(fault, 0, `${beginning} ${fault.message}`, [certificate], 'chainEndsInRoot'));
  else if (!isIssuerName(certificate, certificate)) {
    const message = `${beginning} issuer(${certificate.issuer}) and subject(${subject}) are not the same`;
    steps.push({ at: 'chain', subject, finding: { rule: 'chainEndsInRoot', message } });
  }
  const leaf = findLeafRules(certificate, purpose).map((finding) =>
    finding.message === undefined
      ? finding
      : { ...finding, message: `invalid self-signed certificate. Error: ${finding.message}` },
  );
  return [
    ...steps,
    ...[...findValidity(certificate, options), ...leaf, noteSignature(certificate)].map((finding): Step => ({
      at: 0,
      subject,
      finding,
    })),
  ];
}

function toResult({ rule, message, evidence, isNote }: RuleFinding): RuleResult {
  const status = message !== undefined ? 'broken' : isNote === true ? 'note' : 'holds';
  return { rule, status, ...(evidence !== undefined && { evidence }), ...(message !== undefined && { message }) };
}

/** One result per rule, in the order of {@link certificateRules}; the first broken finding of a rule speaks for it. */
function toResults(findings: readonly RuleFinding[]): RuleResult[] {
  return certificateRules.flatMap((rule) => {
    const ofRule = findings.filter((finding) => finding.rule === rule);
    const chosen =
      ofRule.find((finding) => finding.message !== undefined) ??
      ofRule.find((finding) => finding.isNote === true) ??
      ofRule[0];
    return chosen ? [toResult(chosen)] : [];
  });
}

function checkChain(
  chain: readonly ParsedCertificate[],
  options: ChainCheckOptions,
  purpose: ChainPurpose,
): ChainCheck {
  const [first] = chain;
  if (!first) {
    const message = 'certificate chain must contain at least one certificate';
    return {
      certificates: [],
      chain: [{ rule: 'chainEndsInRoot', status: 'broken', message }],
      fault: { rule: 'chainEndsInRoot', subject: '', message },
    };
  }
  const steps =
    chain.length === 1 ? findLoneCertificate(first, options, purpose) : findLongChain(chain, options, purpose);
  const findingsAt = (at: Step['at']): RuleFinding[] =>
    steps.filter((step) => step.at === at).map((step) => step.finding);
  const broken = steps.find((step) => step.finding.message !== undefined);
  return {
    certificates: chain.map((_, position) => toResults(findingsAt(position))),
    chain: toResults([...findingsAt('chain'), ...chainRules.map((rule): RuleFinding => ({ rule }))]),
    ...(broken?.finding.message !== undefined && {
      fault: { rule: broken.finding.rule, subject: broken.subject, message: broken.finding.message },
    }),
  };
}

/**
 * Puts the certificate requirements to a chain of code signing certificates: every rule for the screen, and the first complaint
 * of the reference word for word. Trusts nothing; whether the root is trusted is another question.
 * Signature specification, "Certificate requirements".
 */
export function checkCodeSigningChain(
  chain: readonly ParsedCertificate[],
  options: ChainCheckOptions = {},
): ChainCheck {
  return checkChain(chain, options, 'codeSigning');
}

/** As {@link checkCodeSigningChain}, for the chain of a timestamp authority (RFC 3161, section 2.3, and the same specification). */
export function checkTimestampingChain(chain: readonly ParsedCertificate[]): ChainCheck {
  return checkChain(chain, {}, 'timestamping');
}

/** The algorithm that signed a certificate: a note where it is one that only a lone certificate gets away with. */
function noteSignature({ signatureAlgorithm, signatureAlgorithmOid }: ParsedCertificate): RuleFinding {
  return {
    rule: 'signatureAlgorithm',
    isNote: signatureAlgorithm?.hash === 'sha1',
    evidence: signatureAlgorithm?.name ?? signatureAlgorithmOid,
  };
}

/** How a single CA certificate fares as one that issues, apart from any chain. */
export function checkAuthority(
  certificate: ParsedCertificate,
  purpose: ChainPurpose,
  options: ChainCheckOptions = {},
): readonly RuleResult[] {
  return toResults([
    ...findValidity(certificate, options),
    ...findCaRules(certificate, 0, purpose),
    noteSignature(certificate),
  ]);
}

/** How a single certificate fares as a signing certificate, apart from any chain. */
export function checkCodeSigningLeaf(
  certificate: ParsedCertificate,
  options: ChainCheckOptions = {},
): readonly RuleResult[] {
  return toResults([...findValidity(certificate, options), ...findLeafRules(certificate, 'codeSigning')]);
}
