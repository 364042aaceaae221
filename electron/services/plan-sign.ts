import type { OutputOf } from '../../shared/contract/contract.ts';
import { AppError, isAppError, toWireError } from '../../shared/errors/app-error.ts';
import { toRfc3339 } from '../domain/codec/rfc3339.ts';
import type { Signer } from '../domain/envelope/envelope.ts';
import type { Manifest } from '../domain/oci/repository.ts';
import { parseManifest } from '../domain/oci/manifest.ts';
import type { PluginKey } from '../domain/plugin/plugin-signer.ts';
import type { TimestampAuthority } from '../domain/timestamp/timestamp-authority.ts';
import { assertUserMetadata } from '../domain/sign/sign-target.ts';
import { subjectOfSignature } from '../domain/verify/signature-manifest.ts';
import { checkCodeSigningChain } from '../domain/x509/chain-check.ts';

type Finding = OutputOf<'sign.planSign'>['findings'][number];

/** What is to be signed, with what. */
export interface SignPlan {
  /** Absent for a file. */
  readonly manifest?: Manifest;
  readonly tag?: string | undefined;
  /** The signer, or the key that a plugin keeps, or why there is none. */
  readonly signer:
    | { readonly ready: Signer; readonly atRisk: readonly { code: string; details: Record<string, unknown> }[] }
    | { readonly plugin: PluginKey }
    | { readonly error: AppError };
  readonly userMetadata: Readonly<Record<string, string>>;
  readonly expirySeconds: number | undefined;
  /** The authority that will be asked, or why it cannot be; absent without a timestamp. */
  readonly timestamp?: { readonly ready: TimestampAuthority } | { readonly error: AppError };
  readonly now: Date;
  /** What the configuration names as the format, when that is none and no other was asked for. */
  readonly noFormat?: string;
}

function refuse(error: AppError): Finding {
  return { severity: 'blocks', code: 'signing.impossible', details: { error: toWireError(error) } };
}

function findAboutSigner(signer: Signer, { now, expirySeconds, timestamp }: SignPlan): Finding[] {
  const { fault } = checkCodeSigningChain(signer.chain, { signingTime: now });
  if (fault !== undefined) {
    return [
      {
        severity: 'blocks',
        code: 'signing.impossible',
        details: { error: { code: 'certificate.ruleBroken', details: { ...fault } } },
      },
    ];
  }
  const notAfterMs = Math.min(...signer.chain.map(({ notAfter }) => notAfter.getTime()));
  const notAfter = toRfc3339(new Date(notAfterMs));
  const expiry = expirySeconds === undefined ? undefined : new Date(now.getTime() + expirySeconds * 1000);
  if (timestamp !== undefined) {
    if ('error' in timestamp) return [];
    const { host } = timestamp.ready.url;
    return [{ severity: 'tells', code: 'signing.outlivesCertificate', details: { host, notAfter } }];
  }
  const findings: Finding[] = [{ severity: 'tells', code: 'signing.endsWithCertificate', details: { notAfter } }];
  if (expiry !== undefined && expiry.getTime() > notAfterMs && Number.isFinite(expiry.getTime())) {
    findings.unshift({
      severity: 'warns',
      code: 'signing.expiryAfterCertificate',
      details: { expiry: toRfc3339(expiry), notAfter },
    });
  }
  return findings;
}

function findAboutTarget({ manifest, tag }: SignPlan): Finding[] {
  if (manifest === undefined) return [];
  const { descriptor } = manifest;
  const findings: Finding[] = [];
  try {
    const signed = subjectOfSignature(manifest);
    if (signed !== undefined)
      findings.push({ severity: 'warns', code: 'signing.targetIsSignature', details: { subject: signed.digest } });
    const { isIndex, manifests } = parseManifest(manifest.bytes, descriptor.mediaType, descriptor.digest);
    if (isIndex)
      findings.push({ severity: 'tells', code: 'signing.indexOnly', details: { manifests: manifests.length } });
  } catch (error) {
    // What the bytes mean is not needed to sign their digest.
    if (!isAppError(error)) throw error;
  }
  if (tag !== undefined)
    findings.push({ severity: 'tells', code: 'signing.digestNotTag', details: { tag, digest: descriptor.digest } });
  return findings;
}

function findAboutMetadata({ manifest, userMetadata }: SignPlan): Finding[] {
  try {
    assertUserMetadata(userMetadata, manifest?.descriptor.annotations);
    return [];
  } catch (error) {
    if (isAppError(error)) return [refuse(error)];
    throw error;
  }
}

function findAboutKey(plan: SignPlan): Finding[] {
  const { signer } = plan;
  if ('error' in signer) return [refuse(signer.error)];
  if ('plugin' in signer) {
    const { plugin, id } = signer.plugin;
    return [{ severity: 'tells', code: 'signing.withPlugin', details: { plugin, keyId: id } }];
  }
  const atRisk = signer.atRisk.map((error): Finding => ({
    severity: 'warns',
    code: 'signing.keyAtRisk',
    details: { error },
  }));
  return [...findAboutSigner(signer.ready, plan), ...atRisk];
}

/** Everything worth saying before a signature is made: what stands in its way first. */
export function findBeforeSigning(plan: SignPlan): Finding[] {
  const { timestamp, noFormat } = plan;
  const aboutTimestamp = timestamp && 'error' in timestamp ? [refuse(timestamp.error)] : [];
  const aboutFormat =
    noFormat === undefined ? [] : [refuse(new AppError('sign.unsupportedFormat', { format: noFormat }))];
  const findings = [
    ...aboutFormat,
    ...findAboutMetadata(plan),
    ...findAboutKey(plan),
    ...aboutTimestamp,
    ...findAboutTarget(plan),
  ];
  return (['blocks', 'warns', 'tells'] as const).flatMap((severity) =>
    findings.filter((finding) => finding.severity === severity),
  );
}
