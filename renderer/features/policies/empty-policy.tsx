import { ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import { Form } from 'react-aria-components';
import { toIdentity } from '../../../shared/model/distinguished-name.ts';
import type { TrustStore } from '../../../shared/model/trust-store.ts';
import { createDocument } from '../../../shared/policy-text/statement-list.ts';
import { useCall } from '../../client/use-call.ts';
import { useIsScratch } from '../../client/use-is-scratch.ts';
import { useText } from '../../locales/use-text.tsx';
import { Button } from '../../ui/button.tsx';
import { SelectField } from '../../ui/choices.tsx';
import { CommandLine } from '../../ui/copy.tsx';
import { TextField } from '../../ui/fields.tsx';
import { Rich } from '../../ui/rich.tsx';
import { useDocumentKind } from './document-kind.ts';
import { toRepository } from './fixes.ts';
import styles from './policies.module.css';
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
  const kind = useDocumentKind();
  return (
    <div className={styles.empty}>
      <ShieldCheck aria-hidden />
      <h2>{t('policies.emptyTitle')}</h2>
      <p className="sub">
        <Rich id={kind === 'oci' ? 'policies.emptyText' : 'policies.emptyTextBlob'} values={{ path, scratch }} />
      </p>
      <Template search={search} onMake={onMake} />
    </div>
  );
}

function Template({ search, onMake }: Omit<EmptyPolicyProps, 'path'>) {
  const t = useText();
  const stores = useStores();
  const kind = useDocumentKind();
  const [scope, setScope] = useState(search.scope ?? (kind === 'blob' ? 'files' : ''));
  const [chosenStore, setStore] = useState<string | null>(search.store ?? null);
  const [identity, setIdentity] = useState(search.identity ?? '*');
  const store = chosenStore ?? (stores[0] ? `ca:${stores[0].name}` : null);
  const repository = kind === 'blob' ? scope.trim() : (toRepository(scope) ?? scope.trim());
  const place =
    kind === 'blob'
      ? { name: repository, isGlobal: true }
      : { name: toStatementName(repository, []), scopes: [repository] };
  const make = () => {
    const trusted = { stores: store ? [store] : [], identities: [identity] };
    onMake(createDocument({ ...place, level: 'strict', ...trusted }));
  };
  return (
    <Form
      className={styles.first ?? ''}
      onSubmit={(event) => {
        event.preventDefault();
        if (repository !== '') make();
      }}
    >
      <h3>{t(kind === 'oci' ? 'policies.templateTitle' : 'policies.templateTitleBlob')}</h3>
      <TextField
        label={t(kind === 'oci' ? 'policies.templateScope' : 'policies.name')}
        hint={t(kind === 'oci' ? 'policies.templateScopeHint' : 'policies.templateNameHint')}
        placeholder={kind === 'oci' ? 'localhost:5000/busybox' : 'files'}
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
      {kind === 'blob' && store && repository !== '' && (
        <CommandLine command={initCommand(repository, store, identity)} />
      )}
    </Form>
  );
}

/** What makes the same file. */
function initCommand(name: string, store: string, identity: string): string {
  const quoted = [name, store, identity].map((word) => `'${word.replaceAll("'", "'\\''")}'`);
  return `notation blob policy init --name ${quoted[0]} --trust-store ${quoted[1]} --trusted-identity ${quoted[2]} --global`;
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
