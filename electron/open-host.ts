import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Server } from '../shared/rpc/server.ts';
import { createWaitingServer } from '../shared/rpc/waiting-server.ts';
import type { HostParts, Services } from './compose-services.ts';
import type { Directory, Logger } from './domain/ports.ts';
import { openDirectory } from './infra/directory.ts';
import { inkanPaths } from './infra/inkan-paths.ts';
import { createJsonLogger } from './infra/json-logger.ts';
import { openLogFile } from './infra/log-file.ts';
import { readPageFiles, type PageFiles } from './infra/page-files.ts';
import { systemClock } from './infra/system-clock.ts';

/** What both hosts stand on. */
export interface Host {
  readonly inkan: Directory;
  readonly logger: Logger;
  /** Takes clients at once; their calls wait for the services. */
  readonly server: Server;
  /** The code of the services is loaded when this is first called; see {@link Host.server}. */
  startServices(): Promise<Services>;
  readonly page: PageFiles;
  close(): Promise<void>;
}
type Differences = Pick<HostParts, 'host' | 'capabilities' | 'outdatedRuntime' | 'dialogs'>;

/** The folder that holds `dist` and `package.json`, in the sources as in the package. */
const root = join(import.meta.dirname, '..', '..');
/** Where the preload script is built to. */
export const preloadPath = join(root, 'dist', 'preload', 'preload.cjs');

/** Opens Inkan's own directory and the log, and reads the page: what a window needs, and little code. */
export async function openHost(differences: Differences): Promise<Host> {
  const paths = { platform: process.platform, env: process.env, workingDirectory: process.cwd() };
  const { home, scratch } = inkanPaths(paths);
  const log = openLogFile(join(home, 'logs'));
  const logger = createJsonLogger({ clock: systemClock, minimumLevel: 'info', write: log.write });
  logFaults(logger);
  const [inkan, page, version] = await Promise.all([
    openDirectory(home),
    readPageFiles(join(root, 'dist', 'renderer')),
    readVersion(),
  ]);
  const server = createWaitingServer();
  const parts = { ...differences, version, paths, inkan, scratchPath: scratch, logger, publish: server.publish };
  let services: Promise<Services> | undefined;
  const startServices = () => (services ??= loadServices(parts, server.open));
  const { node, electron } = process.versions;
  logger.log('info', 'started', { host: differences.host, version, node, electron });
  const close = async () => {
    await services
      ?.then((started) => started.close())
      .catch((cause: unknown) => logger.log('error', 'ended badly', { cause }));
    logger.log('info', 'ended');
    log.close();
  };
  return { inkan, logger, server, startServices, page, close };
}

/** Loads the larger part of the code, joins the services, and lets the clients in. */
async function loadServices(parts: HostParts, open: (server: Server) => void): Promise<Services> {
  const [{ composeServices }, { createServer }] = await Promise.all([
    import('./compose-services.ts'),
    import('../shared/rpc/server.ts'),
  ]);
  const services = await composeServices(parts);
  const onBadFrame = () => parts.logger.log('warn', 'rpc.badFrame');
  open(createServer({ dispatch: services.dispatch, onBadFrame }));
  return services;
}

/** What nobody caught is a fault of ours; it must not go by unseen. */
function logFaults(logger: Logger): void {
  process.on('uncaughtExceptionMonitor', (cause) => logger.log('error', 'uncaught exception', { cause }));
  process.on('unhandledRejection', (cause) => logger.log('error', 'unhandled rejection', { cause }));
}

async function readVersion(): Promise<string> {
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
  return version;
}
