import { useNavigate, useSearch } from '@tanstack/react-router';
import { FilePlus2, KeyRound } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import { useCall, useCommand } from '../../client/use-call.ts';
import { useIsScratch } from '../../client/use-is-scratch.ts';
import { useText } from '../../locales/use-text.tsx';
import { Button } from '../../ui/button.tsx';
import { ExpiryBoard } from '../../ui/expiry-board.tsx';
import { InspectorPane } from '../../ui/inspector-pane.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { Page, PageHeader } from '../../ui/page.tsx';
import { Rich } from '../../ui/rich.tsx';
import { Empty } from '../../ui/states.tsx';
import { useTellError } from '../../ui/toast.tsx';
import { AddKeyDialog } from './add-key-dialog.tsx';
import { GoneFiles } from './gone-files.tsx';
import { KeyInspector } from './key-inspector.tsx';
import { KeysTable } from './keys-table.tsx';
import styles from './keys.module.css';
import { CleanUpDialog, RemoveKeyDialog } from './remove-dialogs.tsx';
import { useKeyEndings } from './use-key-endings.ts';
import { TestCertificateCard } from './test-certificate-card.tsx';

type KeyList = OutputOf<'keys.listKeys'>;

/** Keys and certificates. */
export function KeysPage() {
  const t = useText();
  const list = useCall('keys.listKeys', {});
  const scratch = String(useIsScratch());
  const [adding, setAdding] = useState(false);
  const select = useSelect();
  const header = (
    <PageHeader
      title={t('keys.title')}
      actions={
        <Button onPress={() => setAdding(true)}>
          <FilePlus2 aria-hidden />
          {t('keys.add')}
        </Button>
      }
      text={
        list.data && <Rich id="keys.lead" values={{ count: list.data.keys.length, path: list.data.path, scratch }} />
      }
    />
  );
  const added = (name: string) => {
    setAdding(false);
    select(name);
  };
  return (
    <>
      {list.data ? (
        <WithInspector list={list.data}>
          <Page header={header}>
            <Loaded query={list}>{(data) => <KeysBody list={data} />}</Loaded>
          </Page>
        </WithInspector>
      ) : (
        <Page header={header}>
          <Loaded query={list}>{() => null}</Loaded>
        </Page>
      )}
      {adding && <AddKeyDialog onClose={() => setAdding(false)} onAdded={added} />}
    </>
  );
}

function useSelect(): (key: string | undefined) => void {
  const navigate = useNavigate();
  return (key) => void navigate({ to: '/keys', search: key === undefined ? {} : { key }, replace: true });
}

/** The key named in the address, else the default one, else the first. */
function useSelectedKey({ keys }: KeyList) {
  const { key: chosen } = useSearch({ from: '/keys' });
  return keys.find(({ name }) => name === chosen) ?? keys.find(({ isDefault }) => isDefault) ?? keys[0];
}

function useMakeDefault(): (name: string) => void {
  const tellError = useTellError();
  const setDefault = useCommand('keys.setDefaultKey');
  return (name) => setDefault.mutate({ name }, { onError: tellError });
}

function KeysBody({ list }: { readonly list: KeyList }) {
  const t = useText();
  const select = useSelect();
  const selected = useSelectedKey(list);
  const makeDefault = useMakeDefault();
  const endings = useKeyEndings(list.keys);
  return (
    <div className={styles.body}>
      {list.keys.length === 0 ? (
        <Empty icon={KeyRound} title={t('keys.emptyTitle')}>
          {t('keys.emptyText')}
        </Empty>
      ) : (
        <>
          <GoneFiles keys={list.keys} />
          <ExpiryBoard endings={endings} onSelect={select} />
          <KeysTable keys={list.keys} selected={selected?.name} onSelect={select} onMakeDefault={makeDefault} />
        </>
      )}
      <TestCertificateCard keys={list.keys} path={list.path} onMade={select} />
    </div>
  );
}

function WithInspector({ list, children }: { readonly list: KeyList; readonly children: ReactNode }) {
  const t = useText();
  const { key: chosen } = useSearch({ from: '/keys' });
  const select = useSelect();
  const makeDefault = useMakeDefault();
  const selected = useSelectedKey(list);
  const [dialog, setDialog] = useState<'remove' | 'cleanUp' | null>(null);
  const close = () => setDialog(null);
  const root = list.path.replace(/[/\\][^/\\]*$/, '');
  const inspector = selected && (
    <KeyInspector
      signingKey={selected}
      onMakeDefault={() => makeDefault(selected.name)}
      onRemove={() => setDialog('remove')}
      onCleanUp={() => setDialog('cleanUp')}
    />
  );
  return (
    <>
      <InspectorPane
        id="keys"
        label={t('keys.inspector')}
        main={children}
        inspector={inspector ?? null}
        isOpen={chosen !== undefined}
        onClose={() => select(undefined)}
      />
      {selected && dialog === 'remove' && <RemoveKeyDialog signingKey={selected} onClose={close} />}
      {selected && dialog === 'cleanUp' && <CleanUpDialog signingKey={selected} root={root} onClose={close} />}
    </>
  );
}
