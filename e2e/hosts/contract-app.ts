import { execFile } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import { build, type InlineConfig } from 'vite';
import { toEnvironment, type TestDirs } from './host.ts';

const root = path.resolve(import.meta.dirname, '..', '..');
const runtime = path.join(root, '.electron');
/** On the runtime's own disk, so that its files can be linked and not copied. */
const folder = path.join(root, '.cache', 'contract-app');

function bundle(input: Record<string, string>, outDir: string, format: 'es' | 'cjs'): InlineConfig {
  return {
    configFile: false,
    root,
    logLevel: 'warn',
    publicDir: false,
    ssr: { noExternal: true, target: 'node' },
    build: {
      ssr: true,
      outDir,
      emptyOutDir: false,
      target: 'node20.18',
      minify: false,
      rolldownOptions: {
        input,
        external: ['electron'],
        output: { format, entryFileNames: format === 'es' ? '[name].js' : '[name].cjs' },
      },
    },
  };
}

/** Builds and starts the app of e2e/contract-app on the test runtime. */
export async function startContractApp(dirs: TestDirs): Promise<{ electron: ElectronApplication; page: Page }> {
  const resources = path.join(folder, 'resources', 'app');
  await rm(folder, { recursive: true, force: true });
  await mkdir(path.dirname(folder), { recursive: true });
  await promisify(execFile)('cp', ['-al', runtime, folder]);
  await mkdir(resources, { recursive: true });
  await build(bundle({ main: path.join(root, 'e2e', 'contract-app', 'main.ts') }, resources, 'es'));
  await build(bundle({ preload: path.join(root, 'electron', 'preload.ts') }, resources, 'cjs'));
  await writeFile(
    path.join(resources, 'package.json'),
    '{"name":"contract","version":"1.0.0","type":"module","main":"main.js"}',
  );
  const electron = await _electron.launch({
    executablePath: path.join(folder, 'electron'),
    args: [`--user-data-dir=${path.join(dirs.home, 'contract-profile')}`],
    env: toEnvironment(dirs),
  });
  return { electron, page: await electron.firstWindow() };
}
