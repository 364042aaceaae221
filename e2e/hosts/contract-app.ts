import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import { build, type InlineConfig } from 'vite';
import { toEnvironment, type TestDirs } from './host.ts';

const root = path.resolve(import.meta.dirname, '..', '..');
const runtime = path.join(root, '.electron');

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
  const folder = path.join(dirs.scratch, 'contract-app');
  const resources = path.join(folder, 'resources', 'app');
  await cp(runtime, folder, { recursive: true });
  await rm(resources, { recursive: true, force: true });
  await mkdir(resources, { recursive: true });
  await build(bundle({ main: path.join(root, 'e2e', 'contract-app', 'main.ts') }, resources, 'es'));
  await build(bundle({ preload: path.join(root, 'electron', 'preload.ts') }, resources, 'cjs'));
  await writeFile(path.join(resources, 'package.json'), '{"name":"contract","version":"1.0.0","type":"module","main":"main.js"}');
  const electron = await _electron.launch({
    executablePath: path.join(folder, 'electron'),
    args: [`--user-data-dir=${path.join(dirs.home, 'contract-profile')}`],
    env: toEnvironment(dirs),
  });
  return { electron, page: await electron.firstWindow() };
}
