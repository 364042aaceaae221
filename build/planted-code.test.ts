import path from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '..');

/** Codes of what the compiler says of a file with this text, as the only one of a project, with its settings and references. */
function compile(project: string, text: string): number[] {
  const config = path.join(root, project, 'tsconfig.json');
  const host = ts.createCompilerHost({});
  const parsed = ts.getParsedCommandLineOfConfigFile(
    config,
    {},
    { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => {} },
  );
  if (!parsed) throw new Error(`${config} cannot be read`);
  const planted = path.join(root, project, 'planted.ts');
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (name) => name === planted || fileExists(name);
  host.readFile = (name) => (name === planted ? text : readFile(name));
  host.getSourceFile = (name, ...rest) =>
    name === planted ? ts.createSourceFile(name, text, ts.ScriptTarget.ES2023) : getSourceFile(name, ...rest);
  const program = ts.createProgram({
    rootNames: [planted, ...parsed.fileNames.filter((name) => name.endsWith('.d.ts'))],
    options: parsed.options,
    projectReferences: parsed.projectReferences ?? [],
    host,
  });
  const found = [...program.getOptionsDiagnostics(), ...program.getSemanticDiagnostics(program.getSourceFile(planted))];
  return [...new Set(found.map(({ code }) => code))];
}

test.each([
  ['electron/domain', "import '../infra/notation-paths.ts';", 6307],
  ['electron/domain', 'window.close();', 2304],
  ['electron/services', "import '../infra/notation-paths.ts';", 6307],
  ['shared', "Buffer.from('');", 2591],
  ['shared', 'document.title;', 2584],
  ['renderer', 'process.exit();', 2591],
])('in %s the compiler refuses %s', (project, text, code) => {
  expect(compile(project, `${text}\nexport {};\n`)).toContain(code);
});

test('and takes what is right', () => {
  expect(compile('shared', 'export const planted = new AbortController();\n')).toEqual([]);
});
