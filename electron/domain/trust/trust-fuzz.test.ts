import { expect, it } from 'vitest';
import { toDistinguishedName } from '../../../shared/model/distinguished-name.ts';
import { fuzzParser } from '../../testing/fuzz-parser.ts';
import { mutateJsonDeep } from '../../testing/mutate-json.ts';
import { mutateText } from '../../testing/mutate-text.ts';
import { richBlobPolicy, richPolicy } from '../../testing/policy-mutations.ts';
import { readDistinguishedName } from './distinguished-name.ts';
import { isUsable, validatePolicy } from './policy-document.ts';
import { isRegistryScope } from './registry-scope.ts';
import { matchIdentity } from './trusted-identity.ts';

const noFault = (): boolean => false;
/** A byte that is no UTF-8 stands as half a surrogate pair, which cannot be written. */
const isWritable = (text: string): boolean => !/\p{Cs}/u.test(text);

it('names: one that is taken is written and read again as the same', async () => {
  const { findings } = await fuzzParser({
    seeds: ['C=US, ST=WA, O=Notary', String.raw`CN=a\,b\+c,O=\#x\ ,S=\c3\a9,C=JP;L=" q "`, 'O=é印🙂, ST=a=b, C= U S '],
    mutate: mutateText,
    parse: readDistinguishedName,
    isFault: noFault,
    check: (reading) => {
      if (reading.fault) return expect(reading.fault.message).not.toBe('');
      const parts = Array.from(reading.name, ([type, value]) => ({ type, value }));
      const written = toDistinguishedName(parts);
      if (written.includes('=#') || parts.some(({ type, value }) => !/^[\w.]+$/.test(type) || !isWritable(value)))
        return;
      expect(readDistinguishedName(written)).toEqual(reading);
    },
  });
  expect(findings).toEqual([]);
});

it('identities: no subject and no list of them brings it to a stop', async () => {
  const { findings } = await fuzzParser({
    seeds: ['x509.subject: C=US, ST=WA, O=Notary', '*', 'x509.subject: C=US, ST=WA, O=Notary, CN=x', 'arn:aws:x'],
    mutate: mutateText,
    parse: (text) => matchIdentity([text, 'x509.subject: C=US, ST=WA, O=Notary'], text.slice(14), 'one'),
    isFault: noFault,
  });
  expect(findings).toEqual([]);
});

it.each([
  ['OCI', 'oci', richPolicy],
  ['blob', 'blob', richBlobPolicy],
] as const)(
  '%s policies: every fault has its place, and one that is taken is what everybody reads',
  async (_, kind, rich) => {
    const { findings, accepted } = await fuzzParser({
      seeds: [JSON.stringify(rich), JSON.stringify(rich, undefined, 2)],
      mutate: (random, text, other) =>
        random.chance(0.7)
          ? mutateJsonDeep(random, text, ['"skip"', '"log"', '"*"', '["*"]'])
          : mutateText(random, text, other),
      parse: (text) => validatePolicy(text, kind),
      isFault: noFault,
      check: (policy, text) => {
        for (const { from, to } of policy.problems) expect(from >= 0 && from <= to && to <= text.length).toBe(true);
        if (policy.statements === null) return expect(policy.problems).not.toEqual([]);
        if (!isUsable(policy)) return;
        const { trustPolicies } = JSON.parse(text) as { trustPolicies: readonly Record<string, unknown>[] };
        const shared = ['name', 'registryScopes', 'trustStores', 'trustedIdentities'] as const;
        policy.statements.forEach((statement, at) => {
          for (const member of shared)
            expect(statement[member]).toEqual(trustPolicies[at]?.[member] ?? (member === 'name' ? '' : []));
        });
      },
    });
    expect(findings).toEqual([]);
    expect(accepted).toBeGreaterThan(0);
  },
);

it('scopes: none brings it to a stop', async () => {
  const { findings } = await fuzzParser({
    seeds: ['registry.example:5000/acme/web', 'a/b', `a/${'b__'.repeat(2000)}`, `a/${'0-'.repeat(20_000)}`],
    mutate: mutateText,
    parse: isRegistryScope,
    isFault: noFault,
  });
  expect(findings).toEqual([]);
});
