// The three bundles of the application. build/build.mjs runs them; `npm test` reads vitest.config.ts instead.
import path from 'node:path';
import locales from '@react-aria/optimize-locales-plugin';
import react from '@vitejs/plugin-react';
import { root } from './process.mjs';

const source = (...parts) => path.join(root, ...parts);
const common = { configFile: false, root, logLevel: 'warn', publicDir: false };

/** What users look at. The content security policy forbids inline anything, so nothing is inlined. */
const renderer = {
  ...common,
  root: source('renderer'),
  // The components bring strings in thirty languages; Inkan speaks two.
  plugins: [react(), locales.vite({ locales: ['en-US', 'ja-JP'] })],
  build: {
    outDir: source('dist', 'renderer'),
    emptyOutDir: true,
    target: 'chrome130',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 2000,
    // What main.tsx imports first has to run first, whichever chunk the rest is in: it keeps zod from trying eval.
    rolldownOptions: { output: { strictExecutionOrder: true } },
  },
};

/** The main process and the loopback host share their code; packages are bundled, so no node_modules is shipped. */
const main = {
  ...common,
  build: {
    ssr: true,
    outDir: source('dist', 'main'),
    emptyOutDir: true,
    target: 'node20.18',
    rolldownOptions: {
      input: { main: source('electron', 'main.ts'), loopback: source('electron', 'loopback.ts') },
      // The last two are optional accelerators of ws, which does without them.
      external: ['electron', 'bufferutil', 'utf-8-validate'],
      output: {
        format: 'esm',
        entryFileNames: '[name].js',
        chunkFileNames: '[name]-[hash].js',
        // Less to read at the start; names stay, for whoever reads a trace in the log.
        minify: { compress: true, mangle: false, codegen: { removeWhitespace: true } },
      },
    },
  },
  ssr: { noExternal: true, target: 'node' },
};

/** Sandboxed preloads have to be CommonJS. */
const preload = {
  ...common,
  build: {
    ssr: true,
    outDir: source('dist', 'preload'),
    emptyOutDir: true,
    target: 'node20.18',
    minify: false,
    rolldownOptions: {
      input: { preload: source('electron', 'preload.ts') },
      external: ['electron'],
      output: { format: 'cjs', entryFileNames: '[name].cjs' },
    },
  },
  ssr: { noExternal: true, target: 'node' },
};

export const bundles = { main, preload, renderer };
