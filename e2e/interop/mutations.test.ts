import { mediaTypes } from '../../shared/model/media-types.ts';
import { createTestChain } from '../../electron/testing/chain-factory.ts';
import { forgeJws, payloadText } from '../../electron/testing/jws-forge.ts';
import { mutateJws, type JwsSeed } from '../../electron/testing/mutate-jws.ts';
import { differenceOf, hasLooseLeaf } from './envelope-differences.ts';
import { describeMutations } from './mutation-run.ts';

const expiry = 'io.cncf.notary.expiry';
const seeds: readonly JwsSeed[] = [
  { chain: createTestChain({ length: 1 }), forgery: {} },
  {
    chain: createTestChain({ length: 3 }),
    forgery: { header: { crit: ['io.cncf.notary.signingScheme', expiry], [expiry]: '2099-01-01T00:00:00Z' } },
  },
  { chain: createTestChain({ algorithm: 'RSA-2048' }), forgery: { header: { 'com.example.attribute': 'x' } } },
  {
    chain: createTestChain({ algorithm: 'EC-384' }),
    forgery: { payloadText: payloadText.replace('"digest"', '"annotations":{"a":"b"},"digest"') },
  },
];

describeMutations({
  suite: 'mutations',
  others: ['envelope-rules'],
  format: 'JWS',
  mediaType: mediaTypes.jws,
  seeds,
  write: ({ chain, forgery }) => new TextEncoder().encode(JSON.stringify(forgeJws(chain, forgery))),
  mutate: mutateJws,
  nameOf: (fault, envelope) =>
    fault === 'malformed leaf certificate' && hasLooseLeaf(envelope) ? 'envelope: loose base64' : differenceOf(fault),
});
