import { defineConfig } from 'vitest/config';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const insideElectron = process.env['INKAN_EXPECT_ELECTRON'] === '1';
const setupFiles = insideElectron ? [path.join(import.meta.dirname, 'expect-electron.ts')] : [];

export default defineConfig({
  root,
  cacheDir: path.join(root, 'node_modules', '.cache', 'vite'),
  test: {
    globals: false,
    restoreMocks: true,
    projects: [
      {
        root,
        test: {
          name: 'unit',
          include: ['{shared,electron,renderer,build}/**/*.test.{ts,tsx}'],
          environment: 'node',
          testTimeout: 15_000,
          setupFiles,
        },
      },
      {
        root,
        test: {
          name: 'interop',
          include: ['e2e/interop/**/*.test.ts'],
          environment: 'node',
          testTimeout: 60_000,
          hookTimeout: 60_000,
          setupFiles,
        },
      },
    ],
  },
});
