import path from 'node:path';
import { _electron, type ElectronApplication } from '@playwright/test';
import { toEnvironment, type RunningApp, type StartOptions, type TestDirs } from './host.ts';

const executablePath = path.resolve(import.meta.dirname, '..', '..', 'release', 'linux-unpacked', 'inkan');

/** The packaged app; `electron` reaches its main process, for what no page can see. */
export interface RunningElectron extends RunningApp {
  readonly electron: ElectronApplication;
}

/** Starts the packaged app with a profile of its own and waits for its window. */
export async function startElectron(dirs: TestDirs, options: StartOptions = {}): Promise<RunningElectron> {
  const electron = await _electron.launch({
    executablePath,
    args: [`--user-data-dir=${path.join(dirs.home, 'profile')}`, '--lang=en-US', ...(options.args ?? [])],
    env: toEnvironment(dirs, options.env),
    timeout: 30_000,
  });
  const page = await electron.firstWindow();
  return { page, electron, stop: () => close(electron) };
}

/** A journey that ends with something unsaved ends all the same; one about the question has answered it itself. */
async function close(electron: ElectronApplication): Promise<void> {
  await electron
    .evaluate(({ dialog }) => {
      dialog.showMessageBoxSync = () => 1;
    })
    .catch(() => undefined);
  await electron.close();
}
