import type { CallContext, Handler, Handlers, OutputOf, Publish } from '../../shared/contract/contract.ts';
import { isAppError, toWireError, type WireError } from '../../shared/errors/app-error.ts';
import { labScope, labSourceId, labTag, type Lab, type LabPlace } from '../../shared/model/lab.ts';
import { cleanUpLab, planLabCleanUp } from '../domain/lab/clean-up-lab.ts';
import { readLabRecord, type LabContext, type LabRecord } from '../domain/lab/lab-record.ts';
import { makeLab, planLab } from '../domain/lab/make-lab.ts';
import { ensureDrill, requireLab } from '../domain/lab/run-drill.ts';
import type { Clock, Directory, Random } from '../domain/ports.ts';
import { readPolicyFile } from '../domain/trust/policy-file.ts';
import type { ConfigurationProvider } from './configuration.ts';
import type { PolicyHistory } from './policy-history.ts';
import { shortenHome } from './shorten-home.ts';

export interface LabServiceOptions extends LabFolders {
  readonly configuration: Pick<ConfigurationProvider, 'current'>;
  readonly clock: Clock;
  readonly random: Random;
  /** Of Inkan. */
  readonly version: string;
  /** The user's home folder, shown as `~`. */
  readonly homePath: string;
  readonly publish: Publish;
  readonly history: PolicyHistory;
  readonly verify: Handler<'verify.verifyArtifact'>;
}

/** Where the lab puts what does not belong into Notation's configuration. */
export interface LabFolders {
  /** Inkan's own directory. */
  readonly inkan: Directory;
  /** The cache directory of Notation. */
  readonly notationCache: Directory;
  /** The folder of the lab's layout. */
  readonly labLayout: Directory;
  /** Opens a configuration directory that is not the one in use. */
  readonly openConfiguration: (path: string) => Directory;
}

const lockName = 'test-lab';
const labLocation = { sourceId: labSourceId, repository: '', scope: labScope } as const;

function toContext(
  { inkan, notationCache, labLayout }: LabFolders,
  notation: Directory,
  parts: Omit<LabContext, 'places'>,
): LabContext {
  return { ...parts, places: { notation, cache: notationCache, inkan, layout: labLayout } };
}

/**
 * Takes away what a lab that was never finished, or whose removal was cut short, has left. Gives what the user should know.
 */
export async function recoverLab(
  folders: LabFolders,
  parts: Omit<LabContext, 'places'>,
): Promise<readonly WireError[]> {
  try {
    const record = await readLabRecord(folders.inkan);
    if (!record || record.state === 'made') return [];
    const context = toContext(folders, folders.openConfiguration(record.directory), parts);
    await folders.inkan.withLock(lockName, () => cleanUpLab(context, record));
    return [];
  } catch (error) {
    if (isAppError(error)) return [toWireError(error)];
    throw error;
  }
}

/** Runs a task that changes the policy, and keeps both versions in its history. */
function keepingVersions<T>(history: PolicyHistory, directory: Directory, task: () => Promise<T>): Promise<T> {
  const place = { directory, document: 'oci' } as const;
  return history.exclusive(async () => {
    const before = await readPolicyFile(directory, 'oci');
    await history.record(place, before.text, 'other');
    const result = await task();
    const { text, revision } = await readPolicyFile(directory, 'oci');
    if (revision !== before.revision) await history.record(place, text, 'inkan');
    return result;
  });
}

/** What the handlers share: where the lab works, and how its record looks from outside. */
function openLab(options: LabServiceOptions) {
  const { configuration, homePath, publish } = options;
  const contextOn = (notation: Directory): LabContext => toContext(options, notation, options);
  return {
    here: (): LabContext => contextOn(configuration.current()),

    /** Where the record says that it was made; the directory in use may be another one by now. */
    where(record: LabRecord): LabContext {
      const current = configuration.current();
      return contextOn(record.directory === current.path ? current : options.openConfiguration(record.directory));
    },

    rootsOf: ({ places }: LabContext): Partial<Record<LabPlace, string>> =>
      Object.fromEntries(Object.entries(places).map(([place, { path }]) => [place, shortenHome(path, homePath)])),

    toLab: (record: LabRecord): Lab => ({
      name: record.request.name,
      directory: shortenHome(record.directory, homePath),
      isHere: record.directory === configuration.current().path,
      madeAt: record.madeAt,
      algorithm: record.request.algorithm,
      statement: record.statement.name,
      stores: [...record.stores],
      identity: record.identity,
      digest: record.digest,
      drills: [...record.drills],
    }),

    tellChanged(): void {
      for (const area of ['keys', 'trustStores', 'policies'] as const) publish('config.changed', { area });
      publish('sources.changed', {});
    },

    judge: (reference: string, context: CallContext): Promise<OutputOf<'verify.verifyArtifact'>> =>
      options.verify({ ...labLocation, reference, userMetadata: {}, pluginConfig: {}, recorded: true }, context),
  };
}

/** The test lab. What it makes is verified as everything is: under the saved policy, by the same code. */
export function createLabService(options: LabServiceOptions): Handlers<'lab'> {
  const { inkan, publish, history } = options;
  const { here, where, rootsOf, toLab, tellChanged, judge } = openLab(options);
  return {
    'lab.readLab': async () => {
      const record = await readLabRecord(inkan);
      return { lab: record?.state === 'made' ? toLab(record) : null };
    },

    'lab.planExample': async (request) => {
      const context = here();
      const { items, statement, problems } = await planLab(context, request);
      return { roots: rootsOf(context), items: [...items], statement, problems: [...problems] };
    },

    'lab.makeExample': async (request, call) => {
      const context = here();
      const record = await inkan.withLock(lockName, () =>
        keepingVersions(history, context.places.notation, () => makeLab(context, request, call.signal)),
      );
      tellChanged();
      return { lab: toLab(record), report: await judge(labTag, call) };
    },

    'lab.runDrill': async ({ drill: name }, call) => {
      const drill = await inkan.withLock(lockName, () => ensureDrill(here(), name, call.signal));
      publish('artifacts.changed', { sourceId: labSourceId, repository: '', digest: drill.digest });
      return { drill, report: await judge(drill.tag, call) };
    },

    'lab.planCleanUp': async () => {
      const record = await requireLab(here());
      const context = where(record);
      return { roots: rootsOf(context), items: [...(await planLabCleanUp(context, record))] };
    },

    'lab.cleanUp': async () => {
      const items = await inkan.withLock(lockName, async () => {
        const record = await requireLab(here());
        const context = where(record);
        return keepingVersions(history, context.places.notation, () => cleanUpLab(context, record));
      });
      tellChanged();
      return { items: [...items] };
    },
  };
}
