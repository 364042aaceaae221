import { parseArgs } from 'node:util';
import { startLoopbackHost, type LoopbackHost, type StopReason } from './loopback/loopback-host.ts';
import { openHost, type Host } from './open-host.ts';

const idleLimitMs = 30 * 60 * 1000;
const usage = 'Usage: npm start -- --loopback [--port <number>]';
const farewells: Readonly<Record<StopReason, string>> = {
  asked: '',
  idle: 'Inkan was not used for half an hour and has stopped.',
  lockout:
    'Inkan has stopped: somebody tried ten wrong tokens on its port. If that was not you, another user of this computer did.',
};

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

function fail(line: string, code: number): never {
  process.stderr.write(`${line}\n`);
  process.exit(code);
}

function readPort(): number {
  try {
    const { values } = parseArgs({ options: { port: { type: 'string', default: '0' } } });
    const port = /^\d{1,5}$/.test(values.port) ? Number(values.port) : Infinity;
    return port <= 65_535 ? port : fail(usage, 2);
  } catch {
    return fail(usage, 2);
  }
}

/** There are no native dialogs here, and the contract refuses the methods that would ask them. */
const unreachable = () => Promise.reject(new Error('this host has no native dialogs'));
const dialogs = {
  chooseFolder: unreachable,
  chooseFile: unreachable,
  chooseSavePath: unreachable,
  openExternal: unreachable,
};

async function end(host: Host, reason: StopReason): Promise<never> {
  await host.close();
  if (farewells[reason] !== '') print(farewells[reason]);
  process.exit(reason === 'lockout' ? 1 : 0);
}

async function serve(host: Host, port: number): Promise<LoopbackHost> {
  const { dispatch } = await host.startServices();
  return startLoopbackHost({
    dispatch,
    server: host.server,
    respondWithFile: (path, address) => host.page(path, [`ws://${address}`]),
    port,
    idleLimitMs,
    onRefusal: (reason) => host.logger.log('warn', 'request refused', { reason }),
    onStop: (reason) => void end(host, reason),
  });
}

async function main(): Promise<void> {
  const port = readPort();
  const host = await openHost({ host: 'loopback', capabilities: [], outdatedRuntime: false, dialogs });
  const loopback = await serve(host, port);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => loopback.stop());
  print(`Inkan is at ${loopback.address}`);
  print('Only this computer reaches it, and only with that address. Press Ctrl+C to stop.');
}

main().catch((error: unknown) => fail(`Inkan could not start: ${String(error)}`, 1));
