import type { InputOf, OutputOf } from '../../shared/contract/contract.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import type { Digest } from '../../shared/model/digest.ts';
import { toCliName } from '../domain/notation-command.ts';
import type { Repository, RepositoryFinder } from '../domain/oci/repository.ts';
import { ProcessFailure, type Clock, type Directory, type ProcessResult, type ProcessRunner } from '../domain/ports.ts';
import { toLayoutScope } from '../domain/trust/registry-scope.ts';
import { defaultMaxSignatures } from '../domain/verify/verify-artifact.ts';
import type { ConfigurationProvider } from './configuration.ts';
import { readSettingsFile } from './settings-file.ts';
import { toReference } from './whole-reference.ts';

export interface AskCommandOptions {
  readonly repositories: RepositoryFinder;
  readonly configuration: Pick<ConfigurationProvider, 'current'>;
  /** Inkan's own directory, for the settings. */
  readonly inkan: Directory;
  readonly clock: Clock;
  /** Runs programs with these variables beside Inkan's own; Notation's own credentials never are among them. */
  readonly runWith: (variables: Readonly<Record<string, string>>) => ProcessRunner;
}

type Answer = OutputOf<'verify.askCommand'>;

const program = 'notation';
const limitMs = 60_000;
const versionLimitMs = 5000;
const maxOutputBytes = 65_536;

/** The arguments of `notation verify` for a digest; it only reads, and writes no more than its own cache. */
function toArguments({ kind, insecure = false, name }: Repository, digest: Digest, maxSignatures: number): string[] {
  const place =
    kind === 'layout' ? ['--oci-layout', '--scope', toLayoutScope(name)] : insecure ? ['--insecure-registry'] : [];
  const limit = maxSignatures === defaultMaxSignatures ? [] : ['--max-signatures', String(maxSignatures)];
  return ['verify', ...place, ...limit, toReference(name, digest)];
}

function toText({ stdout, stderr }: ProcessResult): string {
  const decode = (bytes: Uint8Array): string => new TextDecoder().decode(bytes).trim();
  return [decode(stdout), decode(stderr)].filter((text) => text !== '').join('\n');
}

function toFailure(failure: ProcessFailure, path: string): AppError {
  if (failure.kind === 'timeout')
    return new AppError('compare.tookTooLong', { program: path, seconds: failure.limit / 1000 }, { cause: failure });
  if (failure.kind === 'tooMuchOutput')
    return new AppError('compare.saidTooMuch', { program: path, bytes: failure.limit }, { cause: failure });
  return new AppError('compare.notStarted', { program: path }, { cause: failure });
}

/** `notation version` writes `Version:     2.0.0`; undefined where it says something else. */
function parseVersion(text: string): string | undefined {
  return /^Version:\s{1,20}(\S{1,64})$/m.exec(text)?.[1];
}

/**
 * Lets the installed `notation` command verify a digest under the same configuration, to compare its verdict with Inkan's.
 *
 * @throws AppError `compare.*`; what opening the repository throws
 */
export async function askCommand(
  { repositories, configuration, inkan, clock, runWith }: AskCommandOptions,
  { sourceId, repository: repositoryName, digest }: InputOf<'verify.askCommand'>,
  signal: AbortSignal,
): Promise<Answer> {
  const runner = runWith({ NOTATION_CONFIG: configuration.current().path, NOTATION_EXPERIMENTAL: '1' });
  const path = await runner.find(program);
  if (path === undefined) throw new AppError('compare.notInstalled', {});
  const repository = await repositories.open(sourceId, repositoryName);
  if (repository.unpacked) throw new AppError('compare.archive', { folder: toCliName(repository) });
  const run = async (args: readonly string[], timeoutMs: number): Promise<ProcessResult> => {
    try {
      return await runner.run({ program: path, args, stdin: new Uint8Array(), timeoutMs, maxOutputBytes }, signal);
    } catch (error) {
      throw error instanceof ProcessFailure ? toFailure(error, path) : error;
    }
  };
  const version = parseVersion(toText(await run(['version'], versionLimitMs)));
  const { maxSignatures } = await readSettingsFile(inkan);
  const startMs = clock.monotonicMs();
  const result = await run(toArguments(repository, digest, maxSignatures), limitMs);
  return {
    program: path,
    ...(version !== undefined && { version }),
    succeeds: result.exitCode === 0,
    output: toText(result),
    durationMs: Math.round(clock.monotonicMs() - startMs),
  };
}
