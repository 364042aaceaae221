import { expect, test } from 'vitest';
import { toCommandEnvironment } from './command-environment.ts';

const configuration = {
  path: '~/inkan/scratch-notation',
  notationPath: '~/n',
  scratchPath: '~/inkan/scratch-notation',
};
const scratch = { ...configuration, choice: 'scratch' as const, fixedByEnvironment: false };

test.each([
  ['the scratch configuration', scratch, 'NOTATION_CONFIG=~/inkan/scratch-notation '],
  ['one that nobody chose yet', { ...scratch, choice: 'unset' as const }, 'NOTATION_CONFIG=~/inkan/scratch-notation '],
  [
    'a path with a space',
    { ...scratch, path: '~/Application Support/n' },
    "NOTATION_CONFIG=~/'Application Support/n' ",
  ],
  ['a path with a quote', { ...scratch, path: "/srv/o'hara" }, String.raw`NOTATION_CONFIG='/srv/o'\''hara' `],
  ['the own configuration', { ...scratch, choice: 'notation' as const }, ''],
  ['one that the environment names', { ...scratch, fixedByEnvironment: true }, ''],
])('%s is named before a command line where the command line would not find it', (_, used, prefix) => {
  expect(toCommandEnvironment(used)).toBe(prefix);
});
