import { describe, expect, it } from 'vitest';
import { codeOf } from '../../testing/code-of.ts';
import { FakeProcesses } from '../../testing/fake-processes.ts';
import { MemoryDirectory } from '../../testing/memory-directory.ts';
import { InstantClock } from '../../testing/instant-clock.ts';
import { ProcessFailure, type ProcessResult } from '../ports.ts';
import { findPlugin, listPlugins, type PluginContext } from './plugin-directory.ts';
import type { PluginCall } from './plugin-process.ts';

const never = new AbortController().signal;
const metadata = {
  name: 'sealer',
  description: 'Seals',
  version: '1.2.3',
  url: 'https://sealer.example',
  supportedContractVersions: ['1.0'],
  capabilities: ['SIGNATURE_GENERATOR.RAW'],
};
const path = '/libexec/plugins/sealer/notation-sealer';

function result(exitCode: number, stdout: string, stderr = ''): ProcessResult {
  const encode = (text: string) => new TextEncoder().encode(text);
  return { exitCode, stdout: encode(stdout), stderr: encode(stderr) };
}

class Bench {
  readonly libexec = new MemoryDirectory('/libexec');
  readonly processes = new FakeProcesses();
  readonly calls: PluginCall[] = [];
  readonly context: PluginContext = {
    libexec: this.libexec,
    processes: this.processes,
    clock: new InstantClock(),
    platform: 'linux',
    observe: (call) => void this.calls.push(call),
  };

  constructor(answer: object = metadata) {
    this.libexec.put('plugins/sealer/notation-sealer', '', 0o755);
    this.processes.put(path, () => answer);
  }

  async problems() {
    const [plugin] = await listPlugins(this.context, never);
    return plugin?.problems;
  }
}

describe('the plugin directory', () => {
  it('is empty when there is none', async () => {
    expect(await listPlugins({ ...new Bench().context, libexec: new MemoryDirectory('/other') }, never)).toEqual([]);
  });

  it('lists a plugin with what it says of itself', async () => {
    const bench = new Bench({ ...metadata, more: 1 });
    expect(await listPlugins(bench.context, never)).toEqual([{ name: 'sealer', path, metadata, problems: [] }]);
    expect(bench.processes.calls).toMatchObject([
      { program: path, args: ['get-plugin-metadata'], maxOutputBytes: 64 * 1024 * 1024 },
    ]);
    expect(bench.calls).toMatchObject([
      { plugin: 'sealer', command: 'get-plugin-metadata', exitCode: 0, request: '{}' },
    ]);
  });

  it('passes over files beside the folders', async () => {
    const bench = new Bench();
    bench.libexec.put('plugins/readme.txt', '');
    expect(await listPlugins(bench.context, never)).toHaveLength(1);
  });

  it.each([
    ['no program', (bench: Bench) => bench.libexec.files.delete('plugins/sealer/notation-sealer'), 'plugin.notFound'],
    [
      'a folder for a program',
      (bench: Bench) => {
        bench.libexec.files.delete('plugins/sealer/notation-sealer');
        bench.libexec.put('plugins/sealer/notation-sealer/x', '');
      },
      'plugin.notRegular',
    ],
    [
      'a program that may not be run',
      (bench: Bench) => bench.libexec.put('plugins/sealer/notation-sealer', '', 0o644),
      'plugin.notExecutable',
    ],
  ])('tells of %s and starts nothing', async (_title, spoil, code) => {
    const bench = new Bench();
    spoil(bench);
    expect(await bench.problems()).toEqual([{ code, details: { plugin: 'sealer', path } }]);
    expect(bench.processes.calls).toEqual([]);
  });

  it.each([
    ['another name', { ...metadata, name: 'other' }, 'plugin.nameMismatch', { found: 'other' }],
    [
      'another contract',
      { ...metadata, supportedContractVersions: ['2.0'] },
      'plugin.unsupportedContract',
      { versions: ['2.0'] },
    ],
    ['no version', { ...metadata, version: '' }, 'plugin.badMetadata', { fault: 'empty version' }],
    ['no name at all', { description: 'x' }, 'plugin.badMetadata', { fault: 'empty name' }],
    ['no capabilities', { ...metadata, capabilities: null }, 'plugin.badMetadata', { fault: 'empty capabilities' }],
    [
      'a number for a text',
      { ...metadata, url: 5 },
      'plugin.badMetadata',
      { fault: '"url" has another type than it should' },
    ],
    [
      'names in another case',
      { ...metadata, version: undefined, Version: '1' },
      'plugin.badMetadata',
      { fault: 'empty version' },
    ],
    [
      'endless text',
      { ...metadata, description: 'x'.repeat(5000) },
      'plugin.badMetadata',
      { fault: 'a text is too long' },
    ],
  ])('refuses metadata with %s', async (_title, answer, code, details) => {
    expect(await new Bench(answer).problems()).toMatchObject([{ code, details: { plugin: 'sealer', ...details } }]);
  });

  it.each([
    ['no JSON', result(0, 'garbage'), 'plugin.badAnswer', {}],
    ['a list', result(0, '[]'), 'plugin.badAnswer', { fault: 'its answer is not a JSON object' }],
    ['a member twice', result(0, '{"name":"a","name":"b"}'), 'plugin.badAnswer', {}],
    [
      'an error of the contract',
      result(1, '', '{"errorCode":"ACCESS_DENIED","errorMessage":"no"}'),
      'plugin.failed',
      { pluginCode: 'ACCESS_DENIED', message: 'no' },
    ],
    ['plain words', result(1, '', 'broken\n'), 'plugin.failed', { pluginCode: 'ERROR', message: 'broken' }],
    ['nothing but a status', result(3, 'x'), 'plugin.failed', { message: 'it ended with status 3 and said nothing' }],
    ['silence', new ProcessFailure('timeout', 'late', 30_000), 'plugin.timeout', { limitMs: 30_000 }],
    ['a flood', new ProcessFailure('tooMuchOutput', 'much', 64), 'plugin.tooMuchOutput', { limit: 64 }],
    ['no start', new ProcessFailure('notStarted', 'spawn EACCES'), 'plugin.notStarted', { cause: 'spawn EACCES' }],
  ])('tells of an answer that is %s', async (_title, answer, code, details) => {
    const bench = new Bench(answer);
    expect(await bench.problems()).toMatchObject([{ code, details: { command: 'get-plugin-metadata', ...details } }]);
    expect(bench.calls).toMatchObject([{ error: { code } }]);
  });

  // P-03 of the security reference: no path is built of such a name.
  it.each([
    '',
    '.',
    '..',
    '../sealer',
    'a/b',
    'a\\b',
    '.hidden',
    'a\0b',
    'x'.repeat(65),
    'x'.repeat(10_240),
    'end.',
    'nul',
  ])('P-03: refuses the name %j', async (name) => {
    const bench = new Bench();
    expect(await codeOf(findPlugin(bench.context, name))).toBe('plugin.badName');
    expect(bench.processes.calls).toEqual([]);
  });

  it('asks for .exe on Windows, where there are no permission bits', async () => {
    const bench = new Bench();
    bench.libexec.put('plugins/sealer/notation-sealer.exe', '', 0);
    expect((await findPlugin({ ...bench.context, platform: 'win32' }, 'sealer')).name).toBe('sealer');
  });

  it('ends when cancelled', async () => {
    await expect(listPlugins(new Bench().context, AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough');
  });
});
