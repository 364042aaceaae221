import type { Page } from '@playwright/test';

/** The two ways to run Inkan; a journey is the same on both. */
export type HostName = 'loopback' | 'electron';

/** The folders of one test. All are empty at first and gone afterwards. */
export interface TestDirs {
  /** Inkan's own data. */
  readonly inkanHome: string;
  /** Notation's configuration directory: keys, trust stores, policies. */
  readonly configDir: string;
  /** For what the test itself writes, such as image layouts. */
  readonly scratch: string;
  /** Parent of all, and home of the user that the app thinks it runs for. */
  readonly home: string;
}

/** What a test may say about the app that it starts. */
export interface StartOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
}

/** An app with one window. */
export interface RunningApp {
  readonly page: Page;
  stop(): Promise<void>;
}

/** An environment in which the app finds nothing of the machine's own user. */
export function toEnvironment(dirs: TestDirs, extra: StartOptions['env'] = {}): Record<string, string> {
  const inherited = ['PATH', 'DISPLAY', 'XAUTHORITY', 'WAYLAND_DISPLAY', 'TMPDIR', 'SystemRoot', 'TEMP'];
  const kept = inherited.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    ...Object.fromEntries(kept),
    LANG: 'C.UTF-8',
    TZ: 'UTC',
    HOME: dirs.home,
    USERPROFILE: dirs.home,
    INKAN_HOME: dirs.inkanHome,
    NOTATION_CONFIG: dirs.configDir,
    XDG_CONFIG_HOME: `${dirs.home}/.config`,
    XDG_CACHE_HOME: `${dirs.home}/.cache`,
    DOCKER_CONFIG: `${dirs.home}/.docker`,
    ...extra,
  };
}
