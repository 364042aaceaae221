import { Link } from '@tanstack/react-router';
import { Plus, Store } from 'lucide-react';
import { Button } from 'react-aria-components';
import type { TrustStore, TrustStoreType } from '../../../shared/model/trust-store.ts';
import { trustStoreTypeSchema } from '../../../shared/model/trust-store.ts';
import { useCall } from '../../client/use-call.ts';
import { useText } from '../../locales/use-text.tsx';
import { buttonLink } from '../../ui/button.tsx';
import { MenuButton } from '../../ui/menu.tsx';
import { Untrusted } from '../../ui/untrusted.tsx';
import { ChipsField } from './chips-field.tsx';
import { placeOf } from './fixes.ts';
import { FormSection } from './form-section.tsx';
import styles from './policies.module.css';
import { addToList, removeFromList } from './policy-edits.ts';
import { ProblemNotes } from './problem-note.tsx';
import type { SectionProps } from './statement-form.tsx';
import { blocksSaving, problemsOf, type Edit } from './use-policy.ts';

const types = trustStoreTypeSchema.options;

function typeOf(reference: string): TrustStoreType | undefined {
  return types.find((type) => reference.startsWith(`${type}:`));
}

/** The stores whose certificates anchor signatures; one that is missing is marked. */
export function StoresSection({ statement, problems, edit }: SectionProps) {
  const t = useText();
  const list = useCall('trustStores.listStores', {}).data?.stores;
  const { index, stores } = statement;
  const own = problemsOf(problems, index, 'trustStores');
  const faulty = own.filter(blocksSaving).map((problem) => placeOf(problem).at);
  const isThere = (reference: string) => list?.some(({ type, name }) => `${type}:${name}` === reference) ?? false;
  const isMissing = (reference: string) => list !== undefined && typeOf(reference) !== undefined && !isThere(reference);
  const missing = stores.flatMap((reference, at) => (!faulty.includes(at) && isMissing(reference) ? [at] : []));
  return (
    <FormSection
      member="trustStores"
      title={t('policies.stores')}
      note={<span className={styles.right}>{t('policies.addStore')}</span>}
      actions={types.map((type) => (
        <AddStore key={type} type={type} index={index} listed={stores} stores={list ?? []} edit={edit} />
      ))}
    >
      <ChipsField
        values={stores}
        wrong={[...faulty, ...missing]}
        addLabel={t('policies.addStoreByName')}
        placeholder="ca:…"
        suggestions={(list ?? []).map(({ type, name }) => ({ value: `${type}:${name}` }))}
        show={(reference) => (isThere(reference) ? <StoreLink reference={reference} /> : undefined)}
        onAdd={(store) => edit((text) => addToList(text, index, 'trustStores', store))}
        onRemove={(at) => edit((text) => removeFromList(text, index, 'trustStores', at))}
        extra={(reference) => (isMissing(reference) ? <Missing reference={reference} /> : null)}
      />
      {missing.length > 0 && <p className={styles.note}>{t('policies.storeMissingNote')}</p>}
      <ProblemNotes problems={own} edit={edit} />
    </FormSection>
  );
}

/** A store that is there leads to what is in it. */
function StoreLink({ reference }: { readonly reference: string }) {
  return (
    <Link to="/trust-stores" search={{ store: reference }} className={styles.storeLink ?? ''}>
      <Store aria-hidden />
      <Untrusted text={reference} />
    </Link>
  );
}

function Missing({ reference }: { readonly reference: string }) {
  const t = useText();
  const name = reference.slice(reference.indexOf(':') + 1);
  return (
    <>
      <em>{t('policies.storeMissing')}</em>
      <Link to="/trust-stores" search={{ type: typeOf(reference), name }} className={buttonLink('small')}>
        {t('policies.createStore')}
      </Link>
    </>
  );
}

interface AddStoreProps {
  readonly type: TrustStoreType;
  readonly index: number;
  readonly listed: readonly string[];
  readonly stores: readonly TrustStore[];
  readonly edit: Edit;
}

function AddStore({ type, index, listed, stores, edit }: AddStoreProps) {
  const t = useText();
  const free = stores.filter((store) => store.type === type && !listed.includes(`${type}:${store.name}`));
  const entries = free.map(({ name }) => ({
    id: name,
    label: `${type}:${name}`,
    icon: Store,
    onAction: () => edit((text) => addToList(text, index, 'trustStores', `${type}:${name}`)),
  }));
  const none = { id: '-', label: t('policies.noFreeStore', { type }), onAction: () => undefined, isDisabled: true };
  const label = t('policies.addStoreOf', { type });
  return (
    <MenuButton label={label} entries={entries.length > 0 ? entries : [none]}>
      <Button className={styles.add ?? ''} aria-label={label}>
        <Plus aria-hidden />
        <code>{type}:</code>
      </Button>
    </MenuButton>
  );
}
