import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import type { AllHandlers, Handlers, OutputOf, Publish } from '../shared/contract/contract.ts';
import { isAppError, toWireError, type WireError } from '../shared/errors/app-error.ts';
import { createDispatch, type CallFault, type Dispatch } from '../shared/rpc/dispatch.ts';
import { recoverKeystore } from './domain/keystore/key-journal.ts';
import { PluginConsole } from './domain/plugin/plugin-console.ts';
import type { PluginContext } from './domain/plugin/plugin-directory.ts';
import type { PluginCall } from './domain/plugin/plugin-process.ts';
import { labSourceId } from '../shared/model/lab.ts';
import type { Directory, Http, Logger, ProcessRunner } from './domain/ports.ts';
import { Credentials } from './domain/registry/credentials.ts';
import { createDirectory, openDirectory } from './infra/directory.ts';
import { createFileReader as openFile } from './infra/file-reader.ts';
import { createHttpClient } from './infra/http-client.ts';
import { noHttpLimits } from './infra/http-faults.ts';
import { locateFile } from './infra/locate-file.ts';
import { notationPaths, type PathEnvironment } from './infra/notation-paths.ts';
import { filePlacer as placer } from './infra/place-files.ts';
import { createProcessRunner } from './infra/process-runner.ts';
import { systemClock as clock } from './infra/system-clock.ts';
import { createSpool } from './infra/spool.ts';
import { systemRandom as random } from './infra/system-random.ts';
import { createActivityService } from './services/activity.ts';
import { createAppService } from './services/app.ts';
import { askCommand, type AskCommandOptions } from './services/ask-command.ts';
import { createArtifactsService } from './services/artifacts.ts';
import { createBlobsService } from './services/blobs.ts';
import { createBrowsingService } from './services/browsing.ts';
import { createBulkService, type BulkServiceOptions } from './services/bulk.ts';
import { createConfigWatch } from './services/config-watch.ts';
import { createConfigurationProvider, type ConfigurationProvider } from './services/configuration.ts';
import { Intake } from './services/intake.ts';
import { createImpactService } from './services/impact.ts';
import { createJobsService } from './services/jobs.ts';
import { createKeysService } from './services/keys.ts';
import { createLabService, recoverLab, type LabFolders } from './services/lab.ts';
import { createRevocationOpener } from './services/open-revocation.ts';
import { createLayoutsService } from './services/layouts.ts';
import { createPluginPackagesService } from './services/plugin-packages.ts';
import { createPluginsService } from './services/plugins.ts';
import { createPoliciesService } from './services/policies.ts';
import { PolicyHistory } from './services/policy-history.ts';
import { RecentArtifacts } from './services/recent-artifacts.ts';
import { recordCommands, type SourceName } from './services/record-commands.ts';
import { needsInsecureFlag } from './domain/registry/registry-address.ts';
import { createRegistriesService } from './services/registries.ts';
import { createSignService, type SignServiceOptions } from './services/sign.ts';
import { SourceAccess } from './services/source-access.ts';
import { SourceBook } from './services/source-book.ts';
import { createTrustStoresService } from './services/trust-stores.ts';
import { createVerifyService, type VerifyServiceOptions } from './services/verify.ts';

/** What a host brings: the only things in which the two differ. */
export interface HostParts {
  readonly host: OutputOf<'app.describeHost'>['host'];
  readonly capabilities: OutputOf<'app.describeHost'>['capabilities'];
  readonly version: string;
  readonly outdatedRuntime: boolean;
  readonly paths: PathEnvironment;
  readonly inkan: Directory;
  readonly scratchPath: string;
  readonly logger: Logger;
  readonly publish: Publish;
  readonly dialogs: HostDialogs;
}
/** On a host without native dialogs the contract refuses the methods that would ask them. */
export interface HostDialogs {
  chooseFolder(title: 'chooseLayout' | 'chooseSaveFolder' | 'chooseKeyFolder'): Promise<string | undefined>;
  chooseFile(title: 'chooseKey' | 'chooseChain' | 'chooseArchive' | 'choosePlugin'): Promise<string | undefined>;
  /** Where to save a file of this name; what is there may be written over once it is chosen. */
  chooseSavePath(name: string, title?: 'saveSignature' | 'saveArchive' | 'saveFolder'): Promise<string | undefined>;
  openExternal(url: string): Promise<boolean>;
}

/** The services, ready to be asked. */
export interface Services {
  readonly dispatch: Dispatch;
  /** Ends what runs and writes what is not written. */
  close(): Promise<void>;
}

/** Joins ports and services; the same for both hosts. */
export async function composeServices(parts: HostParts): Promise<Services> {
  const { inkan, logger, publish, paths, version } = parts;
  const notation = notationPaths(paths);
  const labFolders = labFoldersOf(parts, notation.cache);
  const startWarnings = await recover(parts, labFolders);
  const configuration = await openConfiguration(parts, notation);
  const http = createHttpClient();
  const revocationHttp = createHttpClient(process.env, noHttpLimits);
  const openRevocation = createRevocationOpener({ ...labFolders, http: revocationHttp, clock, logger });
  const activity = createActivityService({ inkan, clock, random, logger, publish });
  const { spool, intake } = createIntake(parts);
  const jobs = createJobsService({ clock, random, logger, publish });
  const processes = createProcessRunner();
  const [pluginConsole, plugins] = openPlugins(paths, configuration, processes);
  const sources = openSources(parts, configuration, http, processes);
  const { access, book } = sources;
  const recent = new RecentArtifacts(access, clock);
  const { history, watch } = watchFiles(parts, configuration);
  const common = { configuration, plugins, inkan, locateFile, clock, random, homePath: homedir(), activity, publish };
  const ofPackages = { http, intake, spool, openFile, stagePath: join(inkan.path, 'staging'), placer };
  const packages = await createPluginPackagesService({ ...common, ...parts, ...parts.dialogs, ...ofPackages });
  const ofFiles = { ...savingThrough(parts.dialogs), intake, http };
  const layouts = createLayoutsService({ ...common, ...sources, ...parts.dialogs, intake, spool, placer });
  const acts = createActs({ ...common, ...sources, runWith, logger, jobs, version, http, openRevocation, recent });
  const handlers: AllHandlers = {
    ...createAppService({ ...common, ...describeParts(parts), startWarnings }),
    ...createRegistriesService({ ...common, ...sources, ...parts.dialogs, placer }),
    ...layouts.handlers,
    ...createArtifactsService({ finder: access, book, clock }),
    ...createKeysService({ ...common, ...parts.dialogs }),
    ...createTrustStoresService(common),
    ...createPoliciesService({ ...common, history }),
    ...createImpactService({ ...common, recent, book, openRevocation }),
    ...createPluginsService({ ...common, console: pluginConsole }),
    ...packages.handlers,
    ...acts,
    ...createBrowsingService({ ...common, book }),
    ...createLabService({ ...common, ...labFolders, version, history, verify: acts['verify.verifyArtifact'] }),
    ...createBlobsService({ ...common, ...ofFiles, openRevocation, version }),
    ...intake.handlers,
    ...jobs.handlers,
    ...activity.handlers,
  };
  return {
    dispatch: createDispatch({
      handlers: recordCommands(handlers, { activity, describeSource: (id) => describeSource(book, id) }),
      capabilities: parts.capabilities,
      newTraceId: random.uuid,
      onFault: (fault) => logFault(logger, fault),
    }),
    close: async () => {
      watch.stop();
      await jobs.close();
      await intake.close();
      await Promise.all([packages.close(), layouts.close(), history.settle()]);
      await activity.flush();
      await Promise.all([http.close(), revocationHttp.close()]);
    },
  };
}

function runWith(variables: Readonly<Record<string, string>>): ProcessRunner {
  return createProcessRunner({ ...process.env, ...variables });
}

type ActOptions = Omit<
  SignServiceOptions & VerifyServiceOptions & BulkServiceOptions & AskCommandOptions,
  'repositories' | 'verify' | 'sign'
>;

/** Signing and verifying, and the queues of both. */
function createActs({ access, recent, ...options }: ActOptions & { access: SourceAccess; recent: RecentArtifacts }) {
  const signing = createSignService({ ...options, repositories: access });
  const verification = createVerifyService({ ...options, repositories: recent });
  const bulk = createBulkService({
    ...{ ...options, repositories: access },
    verify: verification['verify.verifyArtifact'],
    sign: signing['sign.signArtifact'],
  });
  const asking: Handlers<'verify'> = {
    ...verification,
    'verify.askCommand': (input, { signal }) => askCommand({ ...options, repositories: access }, input, signal),
  };
  return { ...signing, ...asking, ...bulk };
}

/** Tells of changes in the configuration directory, and keeps each version of a policy that is seen, whoever wrote it. */
function watchFiles({ inkan, logger, publish }: HostParts, configuration: ConfigurationProvider) {
  const history = new PolicyHistory({ inkan, clock, logger });
  const notice = () => {
    history.notice(configuration.current()).catch((error: unknown) => {
      logger.log('error', 'the policy history stopped', { cause: String(error) });
    });
  };
  notice();
  return { history, watch: createConfigWatch({ configuration, inkan, publish, onPolicies: notice }) };
}

function labFoldersOf({ inkan }: HostParts, cachePath: string): LabFolders {
  const labLayout = createDirectory(join(inkan.path, labSourceId));
  return { inkan, notationCache: createDirectory(cachePath), labLayout, openConfiguration: createDirectory };
}

/** Where files that arrive are kept for a while. */
function createIntake({ inkan, logger }: HostParts) {
  const spool = createSpool(join(inkan.path, 'arriving'));
  return { spool, intake: new Intake({ clock, random, logger, spool }) };
}

/** The registries and layouts of the list, and what opening them takes. */
function openSources(
  { inkan, paths }: HostParts,
  configuration: ConfigurationProvider,
  http: Http,
  processes: ProcessRunner,
) {
  const docker = createDirectory(dockerPath(paths));
  const credentials = new Credentials({ notation: configuration.current, docker, processes, platform: paths.platform });
  const book = new SourceBook({ inkan, random });
  const access = new SourceAccess({ book, credentials, http, clock, random, openDirectory, openFile });
  return { book, access, credentials, openDirectory, openFile };
}

function openConfiguration(
  { inkan, scratchPath }: HostParts,
  { config, fixedByEnvironment }: ReturnType<typeof notationPaths>,
): Promise<ConfigurationProvider> {
  return createConfigurationProvider({ inkan, openDirectory, notationPath: config, scratchPath, fixedByEnvironment });
}

function savingThrough({ chooseSavePath, chooseFolder }: HostDialogs) {
  return { chooseSavePath, chooseSaveFolder: () => chooseFolder('chooseSaveFolder') };
}

/** Finishes or undoes what a crash left half done; what could not be, the user is told. */
async function recover({ inkan, version }: HostParts, labFolders: LabFolders): Promise<WireError[]> {
  return [...(await recoverKeys(inkan)), ...(await recoverLab(labFolders, { clock, random, version }))];
}

async function recoverKeys(inkan: Directory): Promise<WireError[]> {
  try {
    const { quarantined } = await recoverKeystore({ inkan, clock }, createDirectory);
    return quarantined.map((file) => ({
      code: 'file.malformed',
      details: { file, fault: 'a journal that cannot be read' },
    }));
  } catch (error) {
    if (isAppError(error)) return [toWireError(error)];
    throw error;
  }
}

function logFault(logger: Logger, { code, ...fault }: CallFault): void {
  logger.log(code === 'rpc.internal' || code === 'rpc.badOutput' ? 'error' : 'warn', code, fault);
}

function describeSource(book: SourceBook, id: string): Promise<SourceName> {
  return book.get(id).then(
    ({ kind, place, plainHttp }) => ({
      name: place,
      insecure: kind === 'registry' && needsInsecureFlag({ host: place, insecure: plainHttp === 'always' }),
    }),
    () => ({ name: id, insecure: false }),
  );
}

/** Plugins stand in the configuration directory in use, unless the environment names another place. */
function openPlugins(
  paths: PathEnvironment,
  configuration: ConfigurationProvider,
  processes: ProcessRunner,
): readonly [PluginConsole, () => PluginContext] {
  const pluginConsole = new PluginConsole();
  const named = notationPaths(paths).libexec;
  const libexec = named === undefined ? undefined : createDirectory(named);
  const observe = (call: PluginCall): void => pluginConsole.record(call);
  const open = () => ({
    libexec: libexec ?? configuration.current(),
    platform: paths.platform,
    processes,
    clock,
    observe,
  });
  return [pluginConsole, open];
}

function dockerPath({ env, workingDirectory }: PathEnvironment): string {
  const named = env['DOCKER_CONFIG'];
  return named ? resolve(workingDirectory, named) : join(homedir(), '.docker');
}

function describeParts({ host, capabilities, version, outdatedRuntime, paths, scratchPath, dialogs }: HostParts) {
  const { node = '', electron, chrome } = process.versions;
  const notation = notationPaths(paths);
  return {
    host: {
      host,
      capabilities,
      version,
      outdatedRuntime,
      platform: paths.platform,
      runtime: { node, ...(electron && { electron }), ...(chrome && { chrome }) },
    },
    notationPath: notation.config,
    fixedByEnvironment: notation.fixedByEnvironment,
    scratchPath,
    openExternal: (url: string) => dialogs.openExternal(url),
  };
}
