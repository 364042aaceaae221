import { ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import { Form } from 'react-aria-components';
import { toIdentity } from '../../../shared/model/distinguished-name.ts';
import type { TrustStore } from '../../../shared/model/trust-store.ts';
import { useCall } from '../../client/use-call.ts';
import { useIsScratch } from '../../client/use-is-scratch.ts';
import { useText } from '../../locales/use-text.tsx';
import { Button } from '../../ui/button.tsx';
import { SelectField } from '../../ui/choices.tsx';
import { TextField } from '../../ui/fields.tsx';
import { Rich } from '../../ui/rich.tsx';
import { toRepository } from './fixes.ts';
import styles from './policies.module.css';
import { createDocument } from './policy-edits.ts';
import { toStatementName, type PolicySearch } from './proposal.ts';
import { useKnownCertificates } from './use-known-certificates.ts';

interface EmptyPolicyProps {
  readonly path: string;
  readonly search: PolicySearch;
  readonly onMake: (text: string) => void;
}

/** The `ca` stores, those with the default key's certificate first. */
function useStores(): readonly TrustStore[] {
  const stores = useCall('trustStores.listStores', {}).data?.stores.filter(({ type }) => type === 'ca') ?? [];
  const chain = useCall('keys.listKeys', {}).data?.keys.find(({ isDefault }) => isDefault)?.chain ?? [];
  const holds = ({ files }: TrustStore) =>
    files.some(({ certificates }) => certificates.some(({ sha256 }) => chain.some((own) => own.sha256 === sha256)));
  return stores.toSorted((a, b) => Number(holds(b)) - Number(holds(a)));
}

/** No policy yet: makes the first one for a repository and a signer. */
export function EmptyPolicy({ path, search, onMake }: EmptyPolicyProps) {
  const t = useText();
  const scratch = String(useIsScratch());
  return (
    <div className={styles.empty}>
      <ShieldCheck aria-hidden />
      <h2>{t('policies.emptyTitle')}</h2>
      <p className="sub">
        <Rich id="policies.emptyText" values={{ path, scratch }} />
      </p>
      <Template search={search} onMake={onMake} />
    </div>
  );
}

function Template({ search, onMake }: Omit<EmptyPolicyProps, 'path'>) {
  const t = useText();
  const stores = useStores();
  const [scope, setScope] = useState(search.scope ?? '');
  const [chosenStore, setStore] = useState<string | null>(search.store ?? null);
  const [identity, setIdentity] = useState(search.identity ?? '*');
  const store = chosenStore ?? (stores[0] ? `ca:${stores[0].name}` : null);
  const repository = toRepository(scope) ?? scope.trim();
  const make = () => {
    const name = toStatementName(repository, []);
    const trusted = { stores: store ? [store] : [], identities: [identity] };
    onMake(createDocument({ name, scopes: [repository], level: 'strict', ...trusted }));
  };
  return (
    <Form
      className={styles.first ?? ''}
      onSubmit={(event) => {
        event.preventDefault();
        if (repository !== '') make();
      }}
    >
      <h3>{t('policies.templateTitle')}</h3>
      <TextField
        label={t('policies.templateScope')}
        hint={t('policies.templateScopeHint')}
        placeholder="localhost:5000/busybox"
        mono
        value={scope}
        onChange={setScope}
      />
      <SelectField
        label={t('policies.templateStore')}
        placeholder={t('policies.templateNoStore')}
        value={store}
        onChange={setStore}
        choices={stores.map(({ name }) => ({ id: `ca:${name}`, label: `ca:${name}` }))}
      />
      <SignerField identity={identity} onChange={setIdentity} />
      <Button variant="primary" type="submit" isDisabled={repository === ''}>
        {t('policies.templateMake')}
      </Button>
      <p className={styles.note}>{t('policies.templateNote')}</p>
    </Form>
  );
}

function SignerField({
  identity,
  onChange,
}: {
  readonly identity: string;
  readonly onChange: (identity: string) => void;
}) {
  const t = useText();
  const named = useKnownCertificates().map(({ commonName, parts, subject }) => ({
    id: toIdentity(parts),
    label: commonName,
    text: subject,
  }));
  const brought =
    identity !== '*' && !named.some(({ id }) => id === identity) ? [{ id: identity, label: identity }] : [];
  return (
    <SelectField
      label={t('policies.templateSigner')}
      value={identity}
      onChange={onChange}
      choices={[{ id: '*', label: t('policies.templateAny') }, ...brought, ...named]}
    />
  );
}
