import path from 'node:path';
import { ESLint } from 'eslint';
import { beforeAll, describe, expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '..');

/** Imports that the linter has to refuse, each planted in a file of that name. */
const refused: readonly (readonly [file: string, source: string])[] = [
  ['shared/model/planted.ts', '../errors/app-error.ts'],
  ['shared/errors/planted.ts', '../contract/define.ts'],
  ['shared/contract/planted.ts', 'node:fs'],
  ['shared/rpc/planted.ts', 'jose'],
  ['electron/domain/planted.ts', 'node:fs'],
  ['electron/domain/planted.ts', 'undici'],
  ['electron/domain/planted.ts', 'electron'],
  ['electron/services/planted.ts', 'node:fs/promises'],
  ['electron/services/planted.ts', 'undici'],
  ['electron/infra/planted.ts', 'electron'],
  ['electron/loopback/planted.ts', '../domain/ports.ts'],
  ['electron/loopback.ts', 'electron'],
  ['electron/preload.ts', 'node:fs'],
  ['electron/preload.ts', './domain/ports.ts'],
  ['renderer/features/verify/planted.ts', 'node:path'],
  ['renderer/features/verify/planted.ts', 'jose'],
  ['renderer/features/verify/planted.ts', '@peculiar/x509'],
  ['renderer/features/verify/planted.ts', '../../../electron/domain/ports.ts'],
  ['renderer/main.tsx', 'electron'],
];

const allowed: typeof refused = [
  ['shared/errors/planted.ts', 'zod'],
  ['electron/domain/planted.ts', 'node:crypto'],
  ['electron/domain/planted.ts', '@peculiar/x509'],
  ['electron/domain/planted.ts', '../../shared/model/digest.ts'],
  ['electron/domain/planted.test.ts', 'vitest'],
  ['electron/infra/planted.ts', '../domain/ports.ts'],
  ['electron/infra/planted.ts', 'node:fs/promises'],
  ['electron/desktop/planted.ts', 'electron'],
  ['renderer/features/verify/planted.ts', 'react'],
  ['renderer/main.tsx', 'react-dom/client'],
];

describe('the layers', () => {
  let linter: ESLint;

  beforeAll(() => {
    linter = new ESLint({ cwd: root, overrideConfigFile: path.join(root, 'build', 'eslint.config.mjs') });
  });

  const lint = async (file: string, source: string): Promise<readonly (string | null)[]> => {
    const [result] = await linter.lintText(`import '${source}';\n`, { filePath: path.join(root, file) });
    return result?.messages.map(({ ruleId }) => ruleId) ?? [];
  };

  test.each(refused)('%s may not import %s', async (file, source) => {
    expect(await lint(file, source)).toEqual(['boundaries/dependencies']);
  });

  test.each(allowed)('%s may import %s', async (file, source) => {
    expect(await lint(file, source)).toEqual([]);
  });
});
