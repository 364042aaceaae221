import type { Descriptor } from '../../../shared/model/descriptor.ts';
import type { CertificateSubject } from '../../../shared/model/signing-key.ts';
import { toUtf8 } from '../codec/utf8.ts';
import { computeDigest } from '../oci/compute-digest.ts';
import type { Clock } from '../ports.ts';
import { createLocalSigner } from '../sign/local-signer.ts';
import { signTarget } from '../sign/sign-target.ts';
import { toSignatureManifest } from '../sign/signature-manifest.ts';
import { parseCertificates } from '../x509/certificate-file.ts';
import type { TestIssuer } from '../x509/issue-test-certificate.ts';
import { toBlobFile, type LabEntry } from './lab-layout.ts';
import type { NewLabFile } from './lab-files.ts';

/** The subject of every certificate of the lab but for its common name: that of the reference's test certificates. */
export const labSubject: CertificateSubject = {
  country: 'US',
  state: 'WA',
  locality: 'Seattle',
  organization: 'Notary',
};

/** A key with its certificate and those above it, leaf first. */
export interface LabSigner {
  readonly keyPem: string;
  readonly chainPem: string;
}

export function toLabSigner(leaf: TestIssuer, ...above: readonly TestIssuer[]): LabSigner {
  return { keyPem: leaf.keyPem, chainPem: [leaf, ...above].map(({ certificatePem }) => certificatePem).join('') };
}

/** When and for how long a signature is made, and what is done to its envelope before it is stored. */
export interface LabSigningOptions {
  readonly at: Date;
  readonly version: string;
  readonly signal: AbortSignal;
  readonly expirySeconds?: number;
  readonly tamper?: (envelope: Uint8Array) => Uint8Array;
}

/**
 * Signs a descriptor as Inkan signs everything; gives the files of the signature and its entry in the index.
 *
 * @param subject - what the signature is attached to, when that is another artifact than the one signed
 */
export async function signInLab(
  target: Descriptor,
  { keyPem, chainPem }: LabSigner,
  { at, version, signal, expirySeconds = 0, tamper = (envelope) => envelope }: LabSigningOptions,
  subject = target,
): Promise<{ readonly files: readonly NewLabFile[]; readonly entry: LabEntry }> {
  const clock: Clock = { now: () => at, monotonicMs: () => at.getTime(), sleep: () => Promise.resolve() };
  const signer = createLocalSigner(keyPem, parseCertificates(toUtf8(chainPem)));
  const signed = await signTarget({ target, signer, format: 'jws', clock, version, expirySeconds, signal });
  return storeInLab(subject, { ...signed, envelope: tamper(signed.envelope) });
}

function storeInLab(
  subject: Descriptor,
  { envelope, mediaType, chain, signingTime }: Awaited<ReturnType<typeof signTarget>>,
): { readonly files: readonly NewLabFile[]; readonly entry: LabEntry } {
  const blob = { mediaType, digest: computeDigest(envelope), size: envelope.length };
  const manifest = toSignatureManifest(subject, blob, chain, signingTime, 'layout');
  const { bytes, artifactType, annotations } = manifest;
  const descriptor = {
    mediaType: manifest.mediaType,
    digest: computeDigest(bytes),
    size: bytes.length,
    artifactType,
    annotations: { ...annotations },
  };
  return { files: [toBlobFile(toUtf8('{}')), toBlobFile(envelope), toBlobFile(bytes)], entry: { descriptor } };
}
