import { useCallback } from 'react';
import type { SigningKey } from '../../../shared/model/signing-key.ts';
import { useCall } from '../../client/use-call.ts';
import { trustOfChain, type TrustOfChain } from './accepting-policies.ts';

/** What the trust stores and the policy make of a key; `null` while they are not known. */
export function useTrustOfKeys(): (key: SigningKey) => TrustOfChain | null {
  const stores = useCall('trustStores.listStores', {}).data?.stores;
  const policy = useCall('policies.readPolicy', {}).data;
  return useCallback(
    ({ chain }) => (stores && policy ? trustOfChain(chain, stores, policy.statements ?? []) : null),
    [stores, policy],
  );
}
