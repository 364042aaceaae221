import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, copyFile, mkdir, rename, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import type { TestChain } from '../../electron/testing/chain-factory.ts';
import { pathOf, type Peer, type PluginPeer } from './peers.ts';

/** Puts a plugin into a configuration directory, under any name: it takes its own from its program. */
export async function installPlugin(configDir: string, peer: PluginPeer, name: string): Promise<string> {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const program = path.join(configDir, 'plugins', name, `notation-${name}${suffix}`);
  await mkdir(path.dirname(program), { recursive: true });
  // In its place by its name: one that was ended just now may still hold the old file.
  const beside = `${program}.new`;
  await copyFile(pathOf(peer), beside);
  await chmod(beside, 0o755);
  await rename(beside, program);
  return program;
}

/** Puts a plugin in place that says what it is and then never answers; gives the file where it writes the id of the process it waits for. */
export async function installEndlessPlugin(
  configDir: string,
  name: string,
  capabilities: readonly string[],
): Promise<string> {
  const program = path.join(configDir, 'plugins', name, `notation-${name}`);
  const pidFile = path.join(configDir, `${name}.pid`);
  const about = { name, description: 'Never answers', version: '1.0.0', url: 'https://example.com', capabilities };
  const metadata = JSON.stringify({ ...about, supportedContractVersions: ['1.0'] });
  const script = `#!/bin/sh
if [ "$1" = get-plugin-metadata ]; then echo '${metadata}'; exit; fi
sleep 300 &
echo $! > '${pidFile}.new'
mv '${pidFile}.new' '${pidFile}'
wait
`;
  await mkdir(path.dirname(program), { recursive: true });
  await writeFile(`${program}.new`, script, { mode: 0o755 });
  await rename(`${program}.new`, program);
  return pidFile;
}

/** Writes a key and its chain as the plugins read them; gives the path without its ending. */
export async function writeKey(folder: string, name: string, chain: TestChain): Promise<string> {
  await mkdir(folder, { recursive: true });
  const place = path.join(folder, name);
  await writeFile(`${place}.key`, chain.keyPem, { mode: 0o600 });
  await writeFile(`${place}.crt`, chain.chainPem);
  return place;
}

const motoServer = path.resolve(import.meta.dirname, '..', '..', '.cache', 'moto', 'bin', 'moto_server');

/** Whether the emulation of AWS was installed; without Python it is not. */
export function haveMoto(): boolean {
  return existsSync(motoServer);
}

/** A port of this machine that nobody listened on just now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}

/** Starts an emulation of AWS KMS that keeps its keys in memory. */
export async function startKms(): Promise<Peer> {
  const port = await freePort();
  const address = `127.0.0.1:${port}`;
  const child = spawn(motoServer, ['-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' });
  const ended = once(child, 'exit');
  const stop = async (): Promise<void> => {
    child.kill();
    await ended;
  };
  for (let attempt = 0; attempt < 300; attempt += 1) {
    try {
      await fetch(`http://${address}/moto-api/data.json`);
      return { address, stop, [Symbol.asyncDispose]: stop };
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  await stop();
  throw new Error('the emulation of AWS did not start');
}

/** Asks the emulation one thing, as the AWS API has it. */
export async function askKms<Answer>(address: string, operation: string, input: object): Promise<Answer> {
  const answer = await fetch(`http://${address}/`, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `TrentService.${operation}`,
      authorization:
        'AWS4-HMAC-SHA256 Credential=test/20261123/us-east-1/kms/aws4_request, SignedHeaders=host, Signature=0',
    },
    body: JSON.stringify(input),
  });
  if (!answer.ok) throw new Error(`${operation}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as Answer;
}
