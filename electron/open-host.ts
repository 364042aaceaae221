import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createServer, type Server } from '../shared/rpc/server.ts';
import { composeServices, type HostParts, type Services } from './compose-services.ts';
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
  readonly services: Promise<Services>;
  readonly page: PageFiles;
  close(): Promise<void>;
}
type Differences = Pick<HostParts, 'host' | 'capabilities' | 'outdatedRuntime' | 'dialogs'>;

/** The folder that holds `dist` and `package.json`, in the sources as in the package. */
const root = join(import.meta.dirname, '..', '..');
/** Where the preload script is built to. */
export const preloadPath = join(root, 'dist', 'preload', 'preload.cjs');

/** Opens Inkan's own directory and the log, reads the page, and joins the services. */
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
  const server: Server = createServer({
    dispatch: async (...call) => (await services).dispatch(...call),
    onBadFrame: () => logger.log('warn', 'rpc.badFrame'),
  });
  const { publish } = server;
  const services = composeServices({ ...differences, version, paths, inkan, scratchPath: scratch, logger, publish });
  const { node, electron } = process.versions;
  logger.log('info', 'started', { host: differences.host, version, node, electron });
  const close = async () => {
    await services
      .then((started) => started.close())
      .catch((cause: unknown) => logger.log('error', 'ended badly', { cause }));
    logger.log('info', 'ended');
    log.close();
  };
  return { inkan, logger, server, services, page, close };
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
