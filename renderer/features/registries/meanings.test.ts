import { expect, it } from 'vitest';
import { meaningsOf } from './meanings.ts';

const signers = [
  {
    chain: [
      { subject: 'CN=Suji,O=Notary', sha256: `abcdef12${'0'.repeat(56)}` },
      { subject: 'CN=Root', sha256: `12345678${'0'.repeat(56)}` },
    ],
  },
  { chain: [{ subject: 'CN=Other', sha256: `ffffffff${'0'.repeat(56)}` }] },
  { chain: [] },
];

it.each([
  [' Suji ', ['suji']],
  ['ABCDEF', ['abcdef', 'cn=suji,o=notary']],
  ['AB:CD:EF:12', ['ab:cd:ef:12', 'cn=suji,o=notary']],
  ['12345678', ['12345678', 'cn=suji,o=notary']],
  ['abc', ['abc']],
  ['bcdef1', ['bcdef1']],
  ['', []],
])('takes %j for %j', (text, meanings) => {
  expect(meaningsOf(text, signers)).toEqual(meanings);
});
