import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { mapBounded } from './map-bounded.ts';
import { needsInsecureFlag } from './registry/registry-address.ts';
import { toCommandOn, toMetadataArguments, toNotationCommand, toPluginConfigArguments } from './notation-command.ts';

describe('toNotationCommand', () => {
  it('leaves plain arguments alone', () => {
    expect(toNotationCommand(['verify', 'localhost:5000/a@sha256:ab'])).toBe(
      'notation verify localhost:5000/a@sha256:ab',
    );
    expect(toNotationCommand(['ls'], true)).toBe('NOTATION_EXPERIMENTAL=1 notation ls');
  });

  it('is read by a shell as the same arguments', () => {
    const args = ['a b', "it's", '$HOME', '`id`', '*', '', '\\', "'", '印', 'a\nb', "\u0007'\\", '!!'];
    const command = toNotationCommand(args).replace(/^notation/, 'printf "%s\\0"');
    const read = execFileSync('bash', ['-c', command]).toString().split('\0').slice(0, -1);
    expect(read).toEqual(args);
    expect(command).not.toMatch(/\p{Cc}/u);
  });
});

describe('a command on a repository', () => {
  it.each([
    ['localhost:5000', true, ''],
    ['127.0.0.1:5000', true, ' --insecure-registry'],
    ['localhost', true, ' --insecure-registry'],
    ['LOCALHOST:5000', true, ' --insecure-registry'],
    ['127.0.0.1:5000', false, ''],
  ])('of %s (plain HTTP: %s) says what the CLI does not do by itself', (host, insecure, flag) => {
    const repository = { kind: 'registry', insecure: needsInsecureFlag({ host, insecure }) } as const;
    expect(toCommandOn(repository, 'verify', [`${host}/a`])).toBe(`notation verify${flag} ${host}/a`);
  });
});

describe('arguments for pairs', () => {
  it('hold the first equals sign apart from those of the value', () => {
    expect(toMetadataArguments({ build: '42', query: 'a=b' })).toEqual(['-m', 'build=42', '-m', 'query=a=b']);
  });

  it('mask secrets only where the line is kept', () => {
    const config = { region: 'eu', apiToken: 'hunter22' };
    expect(toPluginConfigArguments(config, 'shown')).toEqual([
      ...['--plugin-config', 'region=eu'],
      ...['--plugin-config', 'apiToken=hunter22'],
    ]);
    expect(toPluginConfigArguments(config, 'masked').at(-1)).toBe('apiToken=••••••');
  });
});

describe('mapBounded', () => {
  it('keeps the order and the bound', async () => {
    let running = 0;
    let most = 0;
    const results = await mapBounded([5, 1, 4, 2, 3], 2, async (value) => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setTimeout(resolve, value));
      running -= 1;
      return value * 2;
    });
    expect(results).toEqual([10, 2, 8, 4, 6]);
    expect(most).toBe(2);
  });

  it('starts nothing more after a failure', async () => {
    const started: number[] = [];
    const failing = mapBounded([0, 1, 2, 3], 1, async (value) => {
      started.push(value);
      if (value === 1) throw new Error('one');
    });
    await expect(failing).rejects.toThrow('one');
    expect(started).toEqual([0, 1]);
  });
});
