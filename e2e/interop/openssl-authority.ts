import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { createPrivateKey } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import {
  createServer,
  request as sendRequest,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import { parseCertificates } from '../../electron/domain/x509/certificate-file.ts';
import type { TestChain } from '../../electron/testing/chain-factory.ts';
import { freePort } from './plugin-peers.ts';

const run = promisify(execFile);
/** A program of the machine. */
const openssl = 'openssl';

/** Whether there is an OpenSSL to make certificates with. */
export async function haveOpenssl(): Promise<boolean> {
  return run(openssl, ['version']).then(
    ({ stdout }) => stdout.startsWith('OpenSSL 3'),
    () => false,
  );
}

/** How a server behaves, by the first part of its path; the addresses in a certificate choose one. */
type Behaviour = 'now' | 'slow' | 'absent' | 'expired';

const configuration = (folder: string): string => `
[ca]
default_ca = own
[own]
dir = ${folder}
database = ${folder}/index.txt
serial = ${folder}/serial
crlnumber = ${folder}/crlnumber
new_certs_dir = ${folder}
certificate = ${folder}/ca.pem
private_key = ${folder}/ca.key
default_md = sha256
default_days = 30
default_crl_days = 1
unique_subject = no
policy = any
copy_extensions = copy
[any]
commonName = supplied
organizationName = optional
[req]
distinguished_name = name
prompt = no
[name]
CN = unused
[root]
basicConstraints = critical, CA:true
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
`;

/**
 * An authority whose certificates, revocation lists and OCSP answers are all made by OpenSSL: `openssl ca`, `openssl ca -gencrl` and
 * `openssl ocsp`. Before its responder stands a proxy of ours, which alone can be slow or absent.
 */
export class OpensslAuthority {
  readonly #folder: string;
  readonly #front: Server;
  readonly #responders: { readonly port: number; readonly child: ChildProcess }[] = [];
  #issued = 0;

  private constructor(folder: string) {
    this.#folder = folder;
    this.#front = createServer((incoming, response) => {
      void this.#answer(incoming.url ?? '/', incoming, response).catch(() => response.destroy());
    });
  }

  static async open(): Promise<OpensslAuthority> {
    const folder = await mkdtemp(path.join(tmpdir(), 'inkan-openssl-'));
    const authority = new OpensslAuthority(folder);
    await writeFile(path.join(folder, 'openssl.cnf'), configuration(folder));
    await writeFile(path.join(folder, 'index.txt'), '');
    await writeFile(path.join(folder, 'serial'), '1000\n');
    await writeFile(path.join(folder, 'crlnumber'), '01\n');
    const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', 'ca.key'];
    const subject = ['-subj', '/CN=OpenSSL root/O=Inkan', '-days', '30', '-extensions', 'root'];
    await authority.#openssl('req', '-x509', '-config', 'openssl.cnf', ...key, ...subject, '-out', 'ca.pem');
    authority.#front.listen(0, '127.0.0.1');
    await once(authority.#front, 'listening');
    return authority;
  }

  get #port(): number {
    return (this.#front.address() as AddressInfo).port;
  }

  /** Issues a certificate whose servers behave so; one that OpenSSL has not in its database is unknown to its responder. */
  async issue(servers: { readonly ocsp?: Behaviour; readonly crl?: Behaviour }, known = true): Promise<TestChain> {
    this.#issued += 1;
    const name = `leaf-${this.#issued}`;
    const origin = `http://127.0.0.1:${this.#port}`;
    const extensions = [
      'basicConstraints = critical, CA:false',
      'keyUsage = critical, digitalSignature',
      'extendedKeyUsage = codeSigning',
      ...(servers.ocsp ? [`authorityInfoAccess = OCSP;URI:${origin}/${servers.ocsp}/ocsp`] : []),
      ...(servers.crl ? [`crlDistributionPoints = URI:${origin}/${servers.crl}/list.crl`] : []),
    ];
    await writeFile(path.join(this.#folder, `${name}.cnf`), `${extensions.join('\n')}\n`);
    const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', `${name}.key`];
    const request = ['-config', 'openssl.cnf', '-subj', `/CN=${name}/O=Inkan`, '-out', `${name}.csr`];
    await this.#openssl('req', '-new', ...key, ...request);
    const before = await readFile(path.join(this.#folder, 'index.txt'));
    const how = ['-config', 'openssl.cnf', '-batch', '-notext', '-extfile', `${name}.cnf`];
    await this.#openssl('ca', ...how, '-in', `${name}.csr`, '-out', `${name}.pem`);
    if (!known) await writeFile(path.join(this.#folder, 'index.txt'), before);
    const [leaf, root, keyPem] = await Promise.all(
      [`${name}.pem`, 'ca.pem', `${name}.key`].map((file) => readFile(path.join(this.#folder, file), 'utf8')),
    );
    const chainPem = `${leaf}${root}`;
    const certificates = parseCertificates(Buffer.from(chainPem));
    return {
      certificates,
      ders: certificates.map(({ raw }) => raw),
      privateKey: createPrivateKey(keyPem ?? ''),
      keyPem: keyPem ?? '',
      chainPem,
    };
  }

  async revoke(chain: TestChain): Promise<void> {
    const [leaf = ''] = chain.chainPem.split(/(?<=END CERTIFICATE-----\n)/);
    await writeFile(path.join(this.#folder, 'revoked.pem'), leaf);
    await this.#openssl('ca', '-config', 'openssl.cnf', '-revoke', 'revoked.pem', '-crl_reason', 'keyCompromise');
  }

  /** Starts the responders over what was issued and revoked so far, and makes the lists; afterwards nothing more is issued. */
  async serve(): Promise<void> {
    const list = ['ca', '-config', 'openssl.cnf', '-gencrl'];
    await this.#openssl(...list, '-out', 'now.crl');
    const past = ['-crl_lastupdate', '20200101000000Z', '-crl_nextupdate', '20200102000000Z'];
    await this.#openssl(...list, ...past, '-out', 'expired.crl');
    for (const name of ['now', 'expired'])
      await this.#openssl('crl', '-in', `${name}.crl`, '-outform', 'DER', '-out', `${name}.der`);
    await this.#startResponder(['-ndays', '1']);
    // Without a time of its next update the reference takes an answer for expired.
    await this.#startResponder([]);
  }

  async close(): Promise<void> {
    this.#front.closeAllConnections();
    this.#front.close();
    for (const { child } of this.#responders) child.kill('SIGKILL');
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 5 });
  }

  async #startResponder(times: readonly string[]): Promise<void> {
    const port = await freePort();
    const keys = ['-CA', 'ca.pem', '-rsigner', 'ca.pem', '-rkey', 'ca.key'];
    const args = ['ocsp', '-index', 'index.txt', '-port', String(port), ...keys, ...times];
    const child = spawn(openssl, args, { cwd: this.#folder, stdio: ['ignore', 'ignore', 'pipe'] });
    this.#responders.push({ port, child });
    // It serves one connection at a time, and would wait for ever on one that only looks whether it is there.
    for await (const line of createInterface({ input: child.stderr })) if (line.includes('waiting for OCSP')) return;
    throw new Error('openssl ocsp did not start');
  }

  async #answer(url: string, incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, behaviour = '', what = '', ...rest] = url.split('/');
    if (behaviour === 'absent') return void response.writeHead(404).end();
    if (behaviour === 'slow') await setTimeout(6000);
    if (what === 'list.crl') {
      const name = behaviour === 'expired' ? 'expired.der' : 'now.der';
      response.writeHead(200, { 'content-type': 'application/pkix-crl' });
      response.end(await readFile(path.join(this.#folder, name)));
      return;
    }
    const responder = this.#responders[behaviour === 'expired' ? 1 : 0];
    const { method = 'GET', headers } = incoming;
    // The responder serves one connection after the other.
    const options = { host: '127.0.0.1', port: responder?.port, method, path: `/${rest.join('/')}`, agent: false };
    const forwarded = sendRequest({ ...options, headers: { ...headers, connection: 'close' } }, (answer) => {
      const type = answer.headers['content-type'];
      response.writeHead(answer.statusCode ?? 502, type === undefined ? {} : { 'content-type': type });
      answer.pipe(response);
    });
    forwarded.on('error', () => response.destroy());
    incoming.pipe(forwarded);
  }

  async #openssl(...args: readonly string[]): Promise<void> {
    await run(openssl, [...args], { cwd: this.#folder });
  }
}
