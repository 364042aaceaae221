import type { CertificateRevocation } from '../../../shared/model/revocation.ts';
import type { ParsedCertificate } from '../x509/parsed-certificate.ts';

export interface RevocationOptions {
  readonly purpose: 'codeSigning' | 'timestamping';
  /** A revocation that became valid after this moment does not count; only a signing authority has such a time. */
  readonly authenticSigningTime?: Date;
}

/** What is known of a chain. */
export interface ChainRevocation {
  readonly result: 'good' | 'revoked' | 'unknown';
  /** The certificate at fault; of several the one nearest to the leaf. */
  readonly subject?: string;
  /** One for each certificate, leaf first. */
  readonly certificates: readonly CertificateRevocation[];
}

/**
 * Asks whether certificates of a chain were revoked (trust policy specification, "Signature verification details", revocation).
 * Only a chain that a trust store anchors may be handed over: the addresses in it are asked (rule O-09).
 */
export interface RevocationChecker {
  /**
   * @param chain leaf first, root last, already held to the rules of its purpose.
   * @throws nothing but the signal's reason: what could not be found out is `unknown`.
   */
  checkChain(
    chain: readonly ParsedCertificate[],
    options: RevocationOptions,
    signal: AbortSignal,
  ): Promise<ChainRevocation>;
}
