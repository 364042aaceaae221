import { mediaTypes } from '../../shared/model/media-types.ts';
import { createTestChain } from '../../electron/testing/chain-factory.ts';
import { cosePayloadText, coseTime, forgeCose } from '../../electron/testing/cose-forge.ts';
import { mutateCose, type CoseSeed } from '../../electron/testing/mutate-cose.ts';
import { differenceOf } from './envelope-differences.ts';
import { describeMutations } from './mutation-run.ts';

const expiry = 'io.cncf.notary.expiry';
const seeds: readonly CoseSeed[] = [
  { chain: createTestChain({ length: 1 }), forgery: {} },
  {
    chain: createTestChain({ length: 3 }),
    forgery: {
      header: [
        [2, ['io.cncf.notary.signingScheme', expiry]],
        [expiry, coseTime('2099-01-01T00:00:00Z')],
      ],
    },
  },
  { chain: createTestChain({ algorithm: 'RSA-2048' }), forgery: { header: [['com.example.attribute', 'x']] } },
  {
    chain: createTestChain({ algorithm: 'EC-384' }),
    forgery: { payload: cosePayloadText.replace('"digest"', '"annotations":{"a":"b"},"digest"') },
  },
];

describeMutations({
  suite: 'cose-mutations',
  others: ['envelope-rules', 'mutations', 'cose-envelopes'],
  format: 'COSE',
  mediaType: mediaTypes.cose,
  seeds,
  write: ({ chain, forgery }) => forgeCose(chain, forgery),
  mutate: mutateCose,
  nameOf: differenceOf,
});
