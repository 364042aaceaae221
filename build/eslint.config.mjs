import path from 'node:path';
import boundaries from 'eslint-plugin-boundaries';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';
import { layers } from './layers.mjs';

const root = path.resolve(import.meta.dirname, '..');
const product = ['shared/**/*.ts', 'electron/**/*.ts', 'renderer/**/*.{ts,tsx}'];
const tests = ['**/*.test.{ts,tsx}', 'e2e/**/*.ts', 'build/**/*.test.ts'];

const noDefaultExport = {
  selector: 'ExportDefaultDeclaration',
  message: 'Export by name: one name everywhere, and tools can follow it.',
};
const noRawHtml = {
  selector: "JSXAttribute[name.name='dangerouslySetInnerHTML'], Property[key.name='dangerouslySetInnerHTML']",
  message: 'Text from registries and certificates is never HTML.',
};
const noConsole = {
  selector: "MemberExpression[object.name='console']",
  message: 'Log through the Logger port; the renderer does not log.',
};

const isFile = (layer) => path.extname(layer.path) !== '';
const folders = layers.filter((layer) => !isFile(layer));
const roots = layers.filter(isFile);

/** How eslint-plugin-boundaries is told of a layer: a folder is an element, a single file has a category. */
const selectorOf = (layer) =>
  isFile(layer) ? { file: { categories: layer.name } } : { element: { type: layer.name } };

/** The arrows of layers.mjs; whatever they do not name is refused. */
const policies = layers.flatMap((layer) => {
  const { layers: targets = [], packages = [], node = [] } = layer;
  const from = selectorOf(layer);
  const [allowed, refused] = [packages.filter((p) => !p.startsWith('!')), packages.filter((p) => p.startsWith('!'))];
  const allow = [
    ...targets.map((name) => ({ to: selectorOf(layers.find((target) => target.name === name)) })),
    ...(allowed.length > 0 ? [{ to: { module: { origin: 'external', source: allowed } } }] : []),
    ...(node.length > 0 ? [{ to: { module: { origin: 'core', source: node } } }] : []),
  ];
  return [
    ...(allow.length > 0 ? [{ from, allow }] : []),
    ...(refused.length > 0
      ? [{ from, disallow: { to: { module: { origin: 'external', source: refused.map((p) => p.slice(1)) } } } }]
      : []),
  ];
});

/** Tests may use the fakes, the test tools and Node wherever they stand. */
const testPolicies = [
  {
    from: { file: { categories: 'test' } },
    allow: [{ to: { element: { type: 'testing' } } }, { to: { module: { origin: ['external', 'core'] } } }],
  },
];

const layering = {
  files: product,
  plugins: { boundaries },
  settings: {
    'boundaries/root-path': root,
    'boundaries/elements': folders.map(({ name, path: pattern }) => ({ type: name, pattern, partialMatch: false })),
    'boundaries/files': [
      { category: 'test', pattern: '**/*.test.{ts,tsx}' },
      ...roots.map(({ name, path: pattern }) => ({ category: name, pattern })),
    ],
    'import/resolver': {
      typescript: { project: path.join(root, 'build', 'tsconfig.base.json'), alwaysTryTypes: true },
    },
  },
  rules: {
    'boundaries/dependencies': [
      'error',
      { default: 'disallow', checkAllOrigins: true, policies: [...policies, ...testPolicies] },
    ],
  },
};

export default tseslint.config(
  {
    ignores: [
      '**/node_modules/**',
      '**/*.d.ts',
      'dist/**',
      'release/**',
      '.tsbuild/**',
      '.electron/**',
      '.cache/**',
      'e2e/peers/**',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  ...tseslint.configs.strict,
  {
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-script-url': 'error',
      'prefer-const': 'error',
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      'no-restricted-syntax': ['error', noDefaultExport, noRawHtml],
    },
  },
  {
    files: ['shared/**/*.ts', 'electron/**/*.ts', 'renderer/**/*.{ts,tsx}'],
    rules: { 'no-restricted-syntax': ['error', noDefaultExport, noRawHtml, noConsole] },
  },
  layering,
  {
    files: ['renderer/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': reactHooks },
    rules: { 'react-hooks/rules-of-hooks': 'error', 'react-hooks/exhaustive-deps': 'error' },
  },
  {
    files: tests,
    rules: { 'max-lines-per-function': 'off', '@typescript-eslint/no-non-null-assertion': 'off' },
  },
  {
    files: ['**/*.config.{ts,mjs}', 'build/layers.mjs'],
    rules: { 'no-restricted-syntax': 'off' },
  },
);
