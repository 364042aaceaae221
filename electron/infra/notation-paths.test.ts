import { describe, expect, it } from 'vitest';
import { inkanPaths } from './inkan-paths.ts';
import { notationPaths } from './notation-paths.ts';

const linux = { platform: 'linux', workingDirectory: '/work' } as const;
const mac = { platform: 'darwin', workingDirectory: '/work' } as const;
const windows = { platform: 'win32', workingDirectory: 'C:\\work' } as const;

describe('notationPaths', () => {
  it.each([
    ['the home folder', { ...linux, env: { HOME: '/home/u' } }, '/home/u/.config/notation', '/home/u/.cache/notation'],
    [
      'XDG directories',
      { ...linux, env: { HOME: '/home/u', XDG_CONFIG_HOME: '/c', XDG_CACHE_HOME: '/k' } },
      '/c/notation',
      '/k/notation',
    ],
    [
      'a relative XDG directory, which the reference does not take',
      { ...linux, env: { HOME: '/home/u', XDG_CONFIG_HOME: 'c' } },
      '/work/.notation',
      '/home/u/.cache/notation',
    ],
    ['no home', { ...linux, env: {} }, '/work/.notation', '/work/.notation/cache'],
    [
      'macOS',
      { ...mac, env: { HOME: '/Users/u', XDG_CONFIG_HOME: '/c' } },
      '/Users/u/Library/Application Support/notation',
      '/Users/u/Library/Caches/notation',
    ],
    [
      'Windows, whose names have no letter case',
      { ...windows, env: { APPDATA: 'C:\\U\\Roaming', LOCALAPPDATA: 'C:\\U\\Local' } },
      'C:\\U\\Roaming\\notation',
      'C:\\U\\Local\\notation',
    ],
  ])('by %s', (_title, environment, config, cache) => {
    expect(notationPaths(environment)).toEqual({ config, cache, libexec: undefined, fixedByEnvironment: false });
  });

  it('gives the directories the environment names, and plugins beside the configuration', () => {
    const env = { HOME: '/home/u', NOTATION_CONFIG: 'here', NOTATION_CACHE: '/k' };
    expect(notationPaths({ ...linux, env })).toEqual({
      config: '/work/here',
      cache: '/k',
      libexec: undefined,
      fixedByEnvironment: true,
    });
    expect(notationPaths({ ...linux, env: { ...env, NOTATION_LIBEXEC: '/l' } }).libexec).toBe('/l');
  });

  it('takes an empty variable for none', () => {
    const paths = notationPaths({ ...linux, env: { HOME: '/home/u', NOTATION_CONFIG: '' } });
    expect(paths).toMatchObject({ config: '/home/u/.config/notation', fixedByEnvironment: false });
  });
});

describe('inkanPaths', () => {
  it.each([
    ['INKAN_HOME', { ...linux, env: { HOME: '/home/u', INKAN_HOME: 'mine' } }, '/work/mine'],
    ['the home folder', { ...linux, env: { HOME: '/home/u' } }, '/home/u/.local/share/inkan'],
    ['XDG_DATA_HOME', { ...linux, env: { HOME: '/home/u', XDG_DATA_HOME: '/d' } }, '/d/inkan'],
    ['no home', { ...linux, env: {} }, '/work/.inkan'],
    ['macOS', { ...mac, env: { HOME: '/Users/u' } }, '/Users/u/Library/Application Support/Inkan'],
  ])('by %s', (_title, environment, home) => {
    expect(inkanPaths(environment)).toEqual({ home, scratch: `${home}/scratch-notation` });
  });

  it('by Windows', () => {
    const paths = inkanPaths({ ...windows, env: { LocalAppData: 'C:\\U\\Local' } });
    expect(paths).toEqual({ home: 'C:\\U\\Local\\Inkan', scratch: 'C:\\U\\Local\\Inkan\\scratch-notation' });
  });
});
