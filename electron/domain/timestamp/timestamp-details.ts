import type { TimestampDetails } from '../../../shared/model/timestamp.ts';
import { roleAt, toCertificateModel } from '../x509/certificate-model.ts';
import { isIssuerName, signatureFaultFrom } from '../x509/certificate-signature.ts';
import { checkTimestampingChain } from '../x509/chain-check.ts';
import type { ParsedCertificate } from '../x509/parsed-certificate.ts';
import { TimestampFault } from './timestamp-fault.ts';
import { toTimestampModel } from './timestamp-model.ts';
import { checkAbout, readToken, type ReadToken } from './verify-token.ts';

/** What can be shown of a token, and why it proves nothing, when it does not. */
export interface DecodedTimestamp {
  readonly details?: TimestampDetails;
  readonly fault?: TimestampFault;
}

/** From the signer up, as far as the certificates of the token lead; each at most once. */
function followChain(signer: ParsedCertificate, between: readonly ParsedCertificate[]): ParsedCertificate[] {
  const chain = [signer];
  for (;;) {
    const last = chain.at(-1) ?? signer;
    const parent = between.find(
      (candidate) =>
        !chain.includes(candidate) &&
        isIssuerName(last, candidate) &&
        signatureFaultFrom(last, candidate) === undefined,
    );
    if (parent === undefined) return chain;
    chain.push(parent);
  }
}

function toDetails({ token, info, signers }: ReadToken): TimestampDetails | undefined {
  const [signer] = signers;
  if (signer === undefined) return undefined;
  const chain = followChain(signer.certificate, token.certificates);
  const { certificates } = checkTimestampingChain(chain);
  return {
    ...toTimestampModel(info),
    chain: chain.map((certificate, position) =>
      toCertificateModel(
        certificate,
        isIssuerName(certificate, certificate) ? roleAt(position, chain.length) : roleAt(position, chain.length + 1),
        certificates[position] ?? [],
      ),
    ),
    size: token.raw.length,
  };
}

function faultOf(task: () => void): TimestampFault | undefined {
  try {
    task();
    return undefined;
  } catch (error) {
    if (error instanceof TimestampFault) return error;
    throw error;
  }
}

/** A token for display, judged by nobody: what it says is shown only when its own signature holds (rule A-25). */
export function decodeTimestamp(bytes: Uint8Array, signature: Uint8Array): DecodedTimestamp {
  let read: ReadToken | undefined;
  const unreadable = faultOf(() => (read = readToken(bytes)));
  if (read === undefined) return unreadable ? { fault: unreadable } : {};
  const token = read;
  const details = toDetails(token);
  const fault = faultOf(() => checkAbout(token, signature));
  return { ...(details && { details }), ...(fault && { fault }) };
}
