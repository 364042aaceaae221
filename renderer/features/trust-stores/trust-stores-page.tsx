import { useNavigate, useRouter, useSearch } from '@tanstack/react-router';
import { Plus, ShieldPlus } from 'lucide-react';
import { useMemo, useState, type ReactNode } from 'react';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import type { SigningKey } from '../../../shared/model/signing-key.ts';
import type { TrustStore } from '../../../shared/model/trust-store.ts';
import { useCall } from '../../client/use-call.ts';
import { useSeenSignatures } from '../../client/use-seen-signatures.ts';
import { useText } from '../../locales/use-text.tsx';
import { Button } from '../../ui/button.tsx';
import { ExpiryBoard } from '../../ui/expiry-board.tsx';
import { InspectorPane } from '../../ui/inspector-pane.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { Page, PageHeader, Section } from '../../ui/page.tsx';
import { Rich } from '../../ui/rich.tsx';
import { Empty } from '../../ui/states.tsx';
import { useIsTest } from '../../ui/test-mark.tsx';
import { AddCertificatesDialog } from './add-certificates-dialog.tsx';
import { findDuplicates, placesById, toEndings } from './anchors.ts';
import { CertificateInspector } from './certificate-inspector.tsx';
import { DeleteFileDialog, DeleteStoreDialog } from './delete-dialogs.tsx';
import { StoreCard } from './store-card.tsx';
import { storeReference, storeTypes, type Place } from './store-words.ts';
import styles from './trust-stores.module.css';

type StoreList = OutputOf<'trustStores.listStores'>;

const noKeys: readonly SigningKey[] = [];

/** Trust stores with everything in them. A route may bring a certificate to be trusted. */
export function TrustStoresPage() {
  const t = useText();
  const list = useCall('trustStores.listStores', {});
  const [place, setPlace] = useState<Place | null>(null);
  const [isAdding, setAdding] = useState(false);
  const search = useSearch({ from: '/trust-stores' });
  const navigate = useNavigate();
  const { history } = useRouter();
  const offered = search.pem !== undefined || search.name !== undefined;
  const closeAdding = (added?: string) => {
    setAdding(false);
    const next = isAdding ? undefined : afterAdding(search, added);
    if (next === 'back') return history.back();
    if (next) return void navigate({ to: '/policies', search: next, replace: true });
    void navigate({ to: '/trust-stores', search: added === undefined ? {} : { store: added }, replace: true });
  };
  const header = (
    <PageHeader
      title={t('trustStores.title')}
      text={
        list.data && <Rich id="trustStores.lead" values={{ count: list.data.stores.length, path: list.data.path }} />
      }
      actions={
        <Button variant="primary" onPress={() => setAdding(true)}>
          <Plus aria-hidden />
          {t('trustStores.add')}
        </Button>
      }
    />
  );
  const page = (
    <Page header={header}>
      <Loaded query={list}>
        {(data) => <StoreList list={data} selected={place} onSelect={setPlace} onAdd={() => setAdding(true)} />}
      </Loaded>
    </Page>
  );
  return (
    <>
      <SelectedPlace list={list.data} place={place} onClose={() => setPlace(null)}>
        {page}
      </SelectedPlace>
      {(isAdding || offered) && (
        <AddCertificatesDialog
          key={search.pem ?? ''}
          pem={search.pem}
          type={search.type}
          name={search.name}
          stores={list.data?.stores ?? []}
          onClose={closeAdding}
        />
      )}
    </>
  );
}

interface Offer {
  readonly type?: TrustStore['type'] | undefined;
  readonly name?: string | undefined;
  readonly statement?: string | undefined;
  readonly scope?: string | undefined;
  readonly identity?: string | undefined;
  readonly document?: 'blob' | undefined;
}

/** Where a certificate that a verdict brought here leads: back to that, or on to the policy when that does not name the store yet. */
function afterAdding({ type = 'ca', name = '', ...offer }: Offer, added: string | undefined) {
  const { statement, scope, identity, document } = offer;
  if ((statement ?? scope ?? document) === undefined) return undefined;
  if (added === undefined) return 'back';
  if (statement === undefined) return { propose: 'statement', store: added, scope, identity, document } as const;
  if (added !== storeReference({ type, name }))
    return { propose: 'store', statement, store: added, identity, document } as const;
  return identity === undefined ? 'back' : ({ propose: 'identity', statement, identity, document } as const);
}

interface StoreListProps {
  readonly list: StoreList;
  readonly selected: Place | null;
  readonly onSelect: (place: Place) => void;
  readonly onAdd: () => void;
}

function StoreList({ list, selected, onSelect, onAdd }: StoreListProps) {
  const t = useText();
  const { store: shown } = useSearch({ from: '/trust-stores' });
  const [deleting, setDeleting] = useState<TrustStore | null>(null);
  const keys = useCall('keys.listKeys', {}).data?.keys ?? noKeys;
  const duplicates = useMemo(() => findDuplicates(list.stores), [list.stores]);
  const places = useMemo(() => placesById(list.stores), [list.stores]);
  const isTest = useIsTest();
  const endings = toEndings(list.stores, keys, { t, isTest, seen: useSeenSignatures() });
  const context = { selected, onSelect, duplicates };
  if (list.stores.length === 0) {
    return (
      <Empty
        icon={ShieldPlus}
        title={t('trustStores.emptyTitle')}
        actions={<Button onPress={onAdd}>{t('trustStores.add')}</Button>}
      >
        {t('trustStores.emptyText')}
      </Empty>
    );
  }
  const show = (id: string) => {
    const place = places.get(id);
    if (place) onSelect(place);
  };
  return (
    <div className={styles.types}>
      <ExpiryBoard endings={endings} onSelect={show} />
      {storeTypes.map((type) => {
        const stores = list.stores.filter((store) => store.type === type);
        return (
          <Section
            key={type}
            level="h2"
            title={<code>{type}</code>}
            note={t('trustStores.count', { count: stores.length })}
          >
            <p className={styles.about}>{t(`trustStores.about_${type}`)}</p>
            {stores.map((store) => (
              <StoreCard
                key={store.name}
                store={store}
                isShown={shown === storeReference(store)}
                {...context}
                onDelete={() => setDeleting(store)}
              />
            ))}
          </Section>
        );
      })}
      {deleting && <DeleteStoreDialog store={deleting} onClose={() => setDeleting(null)} />}
    </div>
  );
}

interface SelectedPlaceProps {
  readonly list: StoreList | undefined;
  readonly place: Place | null;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

function SelectedPlace({ list, place, onClose, children }: SelectedPlaceProps) {
  const t = useText();
  const [isDeleting, setDeleting] = useState(false);
  const store = list?.stores.find((candidate) => storeReference(candidate) === place?.store);
  const file = store?.files.find((candidate) => candidate.file === place?.file);
  const certificate = file?.certificates.find(({ sha256 }) => sha256 === place?.sha256);
  const inspector = store && file && certificate && (
    <CertificateInspector
      key={`${file.file} ${certificate.sha256}`}
      store={store}
      file={file.file}
      certificate={certificate}
      onDelete={() => setDeleting(true)}
    />
  );
  return (
    <>
      <InspectorPane
        id="trust-stores"
        label={t('trustStores.inspector')}
        main={children}
        inspector={inspector || null}
        isOpen={place !== null}
        onClose={onClose}
      />
      {isDeleting && store && file && <DeleteFileDialog store={store} file={file} onClose={() => setDeleting(false)} />}
    </>
  );
}
