import { createPrivateKey } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
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

/** Serves lists of revocation by their path, for those that the authority does not make. */
export async function serveLists(
  lists: ReadonlyMap<string, Uint8Array>,
): Promise<{ readonly origin: string } & AsyncDisposable> {
  const server = createServer(({ url = '' }, response) => {
    response.writeHead(lists.has(url) ? 200 : 404).end(lists.get(url));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Makes a chain’s key the only one of a configuration directory, its root trusted, and a policy that enforces everything. */
export async function configureFor(chain: TestChain, configDir: string, scope: string): Promise<void> {
  const keyPath = path.join(configDir, 'localkeys', 'release.key');
  const certPath = path.join(configDir, 'localkeys', 'release.crt');
  const store = path.join(configDir, 'truststore', 'x509', 'ca', 'acme');
  await mkdir(path.dirname(keyPath), { recursive: true, mode: 0o700 });
  await mkdir(store, { recursive: true, mode: 0o700 });
  await writeFile(keyPath, chain.keyPem, { mode: 0o600 });
  await writeFile(certPath, chain.chainPem);
  await writeFile(path.join(store, 'root.crt'), chain.ders.at(-1) ?? '');
  const keys = { default: 'release', keys: [{ name: 'release', keyPath, certPath }] };
  await writeFile(path.join(configDir, 'signingkeys.json'), JSON.stringify(keys));
  const statement = {
    name: 'release-images',
    registryScopes: [scope],
    signatureVerification: { level: 'strict' },
    trustStores: ['ca:acme'],
    trustedIdentities: ['*'],
  };
  const policy = { version: '1.0', trustPolicies: [statement] };
  await writeFile(path.join(configDir, 'trustpolicy.oci.json'), JSON.stringify(policy));
}
