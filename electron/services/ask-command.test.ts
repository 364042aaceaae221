import { describe, expect, it } from 'vitest';
import { isAppError } from '../../shared/errors/app-error.ts';
import type { Digest } from '../../shared/model/digest.ts';
import type { Repository } from '../domain/oci/repository.ts';
import { ProcessFailure, type ProcessRequest, type ProcessResult } from '../domain/ports.ts';
import { MemoryDirectory } from '../testing/memory-directory.ts';
import { askCommand } from './ask-command.ts';

const digest = `sha256:${'a'.repeat(64)}` as Digest;
const bytes = (text: string) => new TextEncoder().encode(text);
const answerOf = (exitCode: number, stdout: string, stderr = ''): ProcessResult => ({
  exitCode,
  stdout: bytes(stdout),
  stderr: bytes(stderr),
});

interface Scene {
  readonly repository?: Partial<Repository>;
  readonly found?: string | undefined;
  readonly verify?: () => ProcessResult;
}

/** Asks a command that is there; gives what it was asked, too. */
async function ask({ repository = {}, verify = () => answerOf(0, 'ok\n'), ...scene }: Scene = {}) {
  const found = 'found' in scene ? scene.found : '/usr/bin/notation';
  const requests: ProcessRequest[] = [];
  const variables: Record<string, string>[] = [];
  const opened = { kind: 'registry', name: 'r.example/app', ...repository } as Repository;
  const answer = askCommand(
    {
      repositories: { open: async () => opened },
      configuration: { current: () => new MemoryDirectory('/n') },
      inkan: new MemoryDirectory('/n'),
      clock: { now: () => new Date(0), monotonicMs: () => 0, sleep: async () => undefined },
      runWith: (given) => {
        variables.push({ ...given });
        return {
          find: async () => found,
          run: async (request) => {
            requests.push(request);
            return request.args[0] === 'version' ? answerOf(0, 'Notation\n\nVersion:     2.0.0\nGo: 1') : verify();
          },
        };
      },
    },
    { sourceId: 's', repository: 'app', digest },
    new AbortController().signal,
  );
  return { answer: await answer, requests, variables };
}

describe('askCommand', () => {
  it.each([
    ['a registry', {}, ['verify', `r.example/app@${digest}`]],
    ['plain HTTP', { insecure: true }, ['verify', '--insecure-registry', `r.example/app@${digest}`]],
    [
      'a layout',
      { kind: 'layout', name: '/l/app' },
      ['verify', '--oci-layout', '--scope', 'local/app', `/l/app@${digest}`],
    ],
  ] as const)('asks about the digest in %s', async (_, repository, args) => {
    const { requests, variables } = await ask({ repository });
    expect(requests.map((request) => request.args)).toEqual([['version'], args]);
    expect(variables).toEqual([{ NOTATION_CONFIG: new MemoryDirectory('/n').path, NOTATION_EXPERIMENTAL: '1' }]);
  });

  it.each([
    ['accepts', answerOf(0, 'Successfully verified\n'), { succeeds: true, output: 'Successfully verified' }],
    ['refuses', answerOf(1, '', 'Error: no\n'), { succeeds: false, output: 'Error: no' }],
    ['was killed', answerOf(-1, 'begun', 'broken'), { succeeds: false, output: 'begun\nbroken' }],
  ])('tells that it %s', async (_, result, expected) => {
    const { answer } = await ask({ verify: () => result });
    expect(answer).toMatchObject({ program: '/usr/bin/notation', version: '2.0.0', durationMs: 0, ...expected });
  });

  const failing = (failure: ProcessFailure) => () => {
    throw failure;
  };
  it.each([
    ['compare.notInstalled', { found: undefined }],
    ['compare.archive', { repository: { unpacked: { folder: '/l/app', command: 'tar' } } }],
    ['compare.notStarted', { verify: failing(new ProcessFailure('notStarted', 'x')) }],
    ['compare.tookTooLong', { verify: failing(new ProcessFailure('timeout', 'x', 60_000)) }],
    ['compare.saidTooMuch', { verify: failing(new ProcessFailure('tooMuchOutput', 'x', 65_536)) }],
  ] as const)('%s', async (code, scene) => {
    const error: unknown = await ask(scene as Scene).catch((thrown: unknown) => thrown);
    expect(isAppError(error) ? error.code : error).toBe(code);
  });
});
