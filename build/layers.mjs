// Which folder may import what. ARCHITECTURE.md draws the same arrows; build/eslint.config.mjs checks them.

/** Packages that only run in Node, or that handle keys: never in the renderer. */
const notForRenderer = ['electron', 'electron/**', 'undici', 'ws', 'jose', '@peculiar/**', 'cbor2'];

const cryptography = ['jose', '@peculiar/*', 'reflect-metadata', 'zod', 'cbor2', 'jsonc-parser'];
const pureNode = ['node:crypto', 'node:buffer', 'node:util', 'node:stream', 'node:zlib'];
const anyOf = ['*', '*/*'];
const anyButElectron = [...anyOf, '!electron'];
const shared = ['model', 'errors', 'contract', 'rpc', 'policy-text'];
const browser = [...anyOf, ...notForRenderer.map((name) => `!${name}`)];

/**
 * @typedef {object} Layer
 * @property {string} name
 * @property {string} path - a folder, or one file
 * @property {readonly string[]} [layers] - names of the layers it may import
 * @property {readonly string[]} [packages] - patterns of npm packages
 * @property {readonly string[]} [node] - patterns of Node built-ins
 */

/** @type {readonly Layer[]} */
export const layers = [
  { name: 'model', path: 'shared/model', packages: ['zod'] },
  { name: 'errors', path: 'shared/errors', layers: ['model'], packages: ['zod'] },
  { name: 'contract', path: 'shared/contract', layers: ['model', 'errors'], packages: ['zod'] },
  { name: 'rpc', path: 'shared/rpc', layers: ['model', 'errors', 'contract'], packages: ['zod'] },
  { name: 'policy-text', path: 'shared/policy-text', packages: ['jsonc-parser'] },

  { name: 'domain', path: 'electron/domain', layers: shared, packages: cryptography, node: pureNode },
  { name: 'infra', path: 'electron/infra', layers: [...shared, 'domain'], packages: anyButElectron, node: anyOf },
  {
    name: 'services',
    path: 'electron/services',
    layers: [...shared, 'domain'],
    packages: cryptography,
    node: [...pureNode, 'node:path'],
  },
  { name: 'desktop', path: 'electron/desktop', layers: [...shared, 'domain'], packages: anyOf, node: anyOf },
  { name: 'loopback', path: 'electron/loopback', layers: shared, packages: ['ws', 'zod'], node: anyOf },
  { name: 'testing', path: 'electron/testing', layers: [...shared, 'domain'], packages: anyButElectron, node: anyOf },
  { name: 'preload-root', path: 'electron/preload.ts', layers: shared, packages: ['electron'] },
  {
    name: 'compose-root',
    path: 'electron/compose-services.ts',
    layers: [...shared, 'domain', 'infra', 'services'],
    node: anyOf,
  },
  {
    name: 'compose-test',
    path: 'electron/compose-services.test.ts',
    layers: [...shared, 'infra', 'compose-root'],
  },
  {
    name: 'packages-test',
    path: 'electron/plugin-packages.test.ts',
    layers: [...shared, 'infra', 'compose-root'],
  },
  {
    name: 'host-root',
    path: 'electron/open-host.ts',
    layers: [...shared, 'domain', 'infra', 'compose-root'],
    node: anyOf,
  },
  {
    name: 'main-root',
    path: 'electron/main.ts',
    layers: [...shared, 'desktop', 'host-root'],
    packages: ['electron'],
    node: anyOf,
  },
  { name: 'loopback-root', path: 'electron/loopback.ts', layers: [...shared, 'loopback', 'host-root'], node: anyOf },

  { name: 'client', path: 'renderer/client', layers: shared, packages: browser },
  { name: 'locales', path: 'renderer/locales', layers: shared, packages: browser },
  { name: 'ui', path: 'renderer/ui', layers: [...shared, 'locales'], packages: browser },
  {
    name: 'feature',
    path: 'renderer/features/*',
    layers: [...shared, 'client', 'ui', 'locales'],
    packages: browser,
  },
  {
    name: 'app',
    path: 'renderer/app',
    layers: [...shared, 'client', 'ui', 'locales', 'feature'],
    packages: browser,
  },
  {
    name: 'renderer-root',
    path: 'renderer/main.tsx',
    layers: [...shared, 'client', 'ui', 'locales', 'feature', 'app'],
    packages: browser,
  },
];
