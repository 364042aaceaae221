import type { SigningKey } from '../../../shared/model/signing-key.ts';
import { useSeenSignatures } from '../../client/use-seen-signatures.ts';
import { useText } from '../../locales/use-text.tsx';
import { endOfChain, type Ending } from '../../ui/expiry-lanes.ts';
import { isForTests } from './key-words.ts';
import { useTrustOfKeys } from './use-trust-of-keys.ts';

/** When each key ends, and which policies and stores have no use for it then. */
export function useKeyEndings(keys: readonly SigningKey[]): readonly Ending[] {
  const t = useText();
  const trustOf = useTrustOfKeys();
  const seen = useSeenSignatures();
  return keys.flatMap((key) => {
    const notAfter = endOfChain(key.chain);
    if (notAfter === undefined) return [];
    const { policies = [], stores = [] } = trustOf(key) ?? {};
    const signatures = seen.get(key.chain[0]?.sha256 ?? '') ?? 0;
    const dependents = [
      ...policies.map((name) => t('certificates.dependsPolicy', { name })),
      ...stores.map((name) => t('certificates.dependsStore', { name: `ca:${name}` })),
      ...(signatures > 0 ? [t('certificates.dependsSignatures', { count: signatures })] : []),
    ];
    return [{ id: key.name, name: key.name, notAfter, dependents, isTest: isForTests(key) }];
  });
}
