import { createPrivateKey } from 'node:crypto';
import { parseCertificates } from '../../electron/domain/x509/certificate-file.ts';
import type { TestChain } from '../../electron/testing/chain-factory.ts';

/** How the servers of a certificate behave, by the names of `e2e/peers/cmd/revocation`; whole addresses go in as they are. */
export interface Behaviours {
  readonly leafOCSP?: readonly string[];
  readonly leafCRL?: readonly string[];
  readonly caOCSP?: readonly string[];
  readonly caCRL?: readonly string[];
}

/** A chain of three from the authority at an address, which serves OCSP answers and lists for it. */
export async function issueChain(address: string, behaviours: Behaviours): Promise<TestChain> {
  const query = new URLSearchParams(
    Object.entries(behaviours).flatMap(([name, values]: [string, readonly string[]]) =>
      values.map((value) => [name, value]),
    ),
  );
  const response = await fetch(`http://${address}/issue?${query.toString()}`);
  const { key, chain } = (await response.json()) as { key: string; chain: string };
  const certificates = parseCertificates(Buffer.from(chain));
  return {
    certificates,
    ders: certificates.map(({ raw }) => raw),
    privateKey: createPrivateKey(key),
    keyPem: key,
    chainPem: chain,
  };
}
