import type { Handlers, OutputOf, ParsedInputOf } from '../../shared/contract/contract.ts';
import { AppError, isAppError, toWireError } from '../../shared/errors/app-error.ts';
import type { VerificationReport } from '../../shared/model/verification.ts';
import { mapBounded } from '../domain/map-bounded.ts';
import type { RepositoryFinder } from '../domain/oci/repository.ts';
import type { Clock, Directory } from '../domain/ports.ts';
import type { RevocationChecker } from '../domain/revocation/revocation-checker.ts';
import type { PluginContext } from '../domain/plugin/plugin-directory.ts';
import { createVerificationPlugins } from '../domain/plugin/verification-plugins.ts';
import type { VerificationPlugins } from '../domain/verify/plugin-check.ts';
import { toRfc3339 } from '../domain/codec/rfc3339.ts';
import { readPolicySnapshot, toDraftSnapshot, type PolicySnapshot } from '../domain/trust/policy-file.ts';
import { createTrustStoreReader, type TrustStoreReader } from '../domain/trust/trust-store.ts';
import { verifyArtifact } from '../domain/verify/verify-artifact.ts';
import { yieldToEvents } from '../domain/yield-to-events.ts';
import type { ActivityService } from './activity.ts';
import type { ConfigurationProvider } from './configuration.ts';
import type { JobsService } from './jobs.ts';
import type { OpenRevocation } from './open-revocation.ts';
import { readSettingsFile } from './settings-file.ts';
import { toReference, toWholeReference } from './whole-reference.ts';

const artifactsAtOnce = 4;
const maxRememberedJobs = 20;

export interface VerifyServiceOptions {
  readonly repositories: RepositoryFinder;
  readonly configuration: Pick<ConfigurationProvider, 'current'>;
  /** Inkan's own directory, for the settings. */
  readonly inkan: Directory;
  readonly clock: Clock;
  readonly jobs: JobsService;
  readonly activity: ActivityService;
  readonly openRevocation: OpenRevocation;
  readonly plugins: () => PluginContext;
}

type Location = Pick<ParsedInputOf<'verify.verifyArtifact'>, 'sourceId' | 'repository' | 'reference'>;
type Options = Pick<
  ParsedInputOf<'verify.verifyArtifact'>,
  'maxSignatures' | 'userMetadata' | 'pluginConfig' | 'scope'
>;
/** What is judged as it is not. */
type Simulation = Pick<ParsedInputOf<'verify.verifyArtifact'>, 'asOf' | 'draftPolicy'>;
type Row = OutputOf<'verify.readReports'>['reports'][number];

/** Policy, trust stores, settings, and the checker and the plugins under them, as they stood when a verification, or a job of many, began. */
interface Basis {
  readonly policy: PolicySnapshot;
  readonly stores: TrustStoreReader;
  readonly limit: number;
  readonly revocation: RevocationChecker;
  readonly plugins: VerificationPlugins;
}

async function readBasis(
  { configuration, inkan, openRevocation, plugins: installed }: VerifyServiceOptions,
  { maxSignatures, pluginConfig, draftPolicy }: Pick<Options, 'maxSignatures' | 'pluginConfig'> & Simulation,
  use: 'own' | 'common',
): Promise<Basis> {
  const directory = configuration.current();
  const [policy, settings, revocation] = await Promise.all([
    draftPolicy === undefined ? readPolicySnapshot(directory) : toDraftSnapshot(draftPolicy),
    readSettingsFile(inkan),
    openRevocation(use),
  ]);
  const limit = maxSignatures ?? settings.maxSignatures;
  const plugins = createVerificationPlugins(installed(), settings.verificationPlugins, pluginConfig);
  return { policy, stores: createTrustStoreReader(directory), limit, revocation, plugins };
}

/** What is verified by is asked for while the repository is opened. */
async function verifyOne(
  { repositories, clock }: VerifyServiceOptions,
  location: Location,
  { userMetadata, scope, asOf, draftPolicy }: Omit<Options, 'pluginConfig'> & Simulation,
  basis: Promise<Basis>,
  signal: AbortSignal,
): Promise<VerificationReport> {
  const [repository, { policy, stores, limit, revocation, plugins }] = await Promise.all([
    repositories.open(location.sourceId, location.repository),
    basis,
  ]);
  const request = { repository, reference: location.reference, scope, maxSignatures: limit, userMetadata };
  const now = asOf === undefined ? clock.now() : new Date(asOf);
  const report = await verifyArtifact({ ...request, policy, trust: stores, revocation, plugins, now }, signal);
  if (asOf === undefined && draftPolicy === undefined) return report;
  const simulated = { ...(asOf !== undefined && { asOf }), draftPolicy: draftPolicy !== undefined };
  return { ...report, verifiedAt: toRfc3339(clock.now()), simulated };
}

/** A report, or why there is none; only the end of the whole job is thrown. */
async function toRow(location: Location, verification: Promise<VerificationReport>, signal: AbortSignal): Promise<Row> {
  try {
    const report = await verification;
    return { reference: report.reference, report };
  } catch (error) {
    signal.throwIfAborted();
    if (!isAppError(error)) throw error;
    return { reference: toReference(location.repository, location.reference), error: toWireError(error) };
  }
}

/** Verification of one artifact at once, and of many as a job. */
export function createVerifyService(options: VerifyServiceOptions): Omit<Handlers<'verify'>, 'verify.askCommand'> {
  const { jobs, activity } = options;
  const rowsOfJob = new Map<string, readonly Row[]>();
  const remember = (jobId: string, rows: readonly Row[]): void => {
    rowsOfJob.set(jobId, rows);
    for (const id of [...rowsOfJob.keys()].slice(0, Math.max(0, rowsOfJob.size - maxRememberedJobs))) {
      if (jobs.find(id)?.state !== 'running') rowsOfJob.delete(id);
    }
  };
  return {
    'verify.verifyArtifact': async (input, { signal }) => {
      const verifyIt = () =>
        verifyOne(options, input, input, readBasis(options, input, input.recorded ? 'own' : 'common'), signal);
      const toNote = ({ verdict, cli }: VerificationReport) => ({ note: verdict, command: cli.command });
      if (!input.recorded || input.asOf !== undefined || input.draftPolicy !== undefined) return verifyIt();
      return activity.record(
        'verify.verifyArtifact',
        await toWholeReference(options.repositories, input),
        signal,
        verifyIt,
        toNote,
      );
    },

    'verify.verifyMany': async ({ artifacts, ...chosen }) => {
      const basis = Promise.resolve(await readBasis(options, chosen, 'own'));
      const rows = artifacts.map((location): Row => ({
        reference: toReference(location.repository, location.reference),
      }));
      const title = artifacts.length === 1 ? (rows[0]?.reference ?? '') : String(artifacts.length);
      const verifyAll = (advance: () => void, signal: AbortSignal): Promise<unknown> =>
        mapBounded(artifacts, artifactsAtOnce, async (location, index) => {
          signal.throwIfAborted();
          rows[index] = await toRow(location, verifyOne(options, location, chosen, basis, signal), signal);
          advance();
          await yieldToEvents();
        });
      const toNote = (): { note: string } => ({
        note: `${rows.filter(({ report }) => report?.verdict === 'verified').length}/${rows.length}`,
      });
      const job = jobs.start({ kind: 'verifyMany', title, total: artifacts.length }, async (advance, signal) => {
        await activity.record('verify.verifyMany', title, signal, () => verifyAll(advance, signal), toNote);
      });
      remember(job.id, rows);
      return { jobId: job.id };
    },

    'verify.readReports': async ({ jobId }) => {
      const rows = rowsOfJob.get(jobId);
      if (rows === undefined) throw new AppError('rpc.jobNotFound', { id: jobId });
      return { reports: [...rows] };
    },
  };
}
