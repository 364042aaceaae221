import type { TrustStore } from '../../../shared/model/trust-store.ts';
import { useCommand } from '../../client/use-call.ts';
import { useText } from '../../locales/use-text.tsx';
import { CommandLine } from '../../ui/copy.tsx';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { PlannedFiles } from '../../ui/planned-files.tsx';
import { Callout, ErrorCard } from '../../ui/states.tsx';
import { certCommand, storeReference } from './store-words.ts';

interface DeleteStoreDialogProps {
  readonly store: TrustStore;
  readonly onClose: () => void;
}

/** The command line that removes the same. */
function SameCommand({ store, file }: { readonly store: TrustStore; readonly file?: string }) {
  const command = certCommand('delete', store, file);
  return command && <CommandLine command={command} />;
}

/** What stops working when a store loses certificates. */
function Consequence({ store }: { readonly store: TrustStore }) {
  const t = useText();
  if (store.usedBy.length === 0) return null;
  return <Callout tone="warn">{t('trustStores.deleteUsed', { names: store.usedBy.join(', ') })}</Callout>;
}

const folderOf = ({ type, name }: TrustStore) => `truststore/x509/${type}/${name}/`;

/** Removes one file of a store, and says what goes with it. */
export function DeleteFileDialog({
  store,
  file,
  onClose,
}: DeleteStoreDialogProps & { readonly file: TrustStore['files'][number] }) {
  const t = useText();
  const remove = useCommand('trustStores.deleteCertificate');
  const { type, name } = store;
  const isLast = store.files.length === 1;
  const done = () => {
    onClose();
  };
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={t('trustStores.deleteFileTitle', { file: file.file, store: storeReference(store) })}
      verb={t('trustStores.deleteFileVerb')}
      isPending={remove.isPending}
      onConfirm={() => remove.mutate({ type, name, file: file.file }, { onSuccess: done })}
    >
      <PlannedFiles root={folderOf(store)} files={[{ path: file.file, action: 'remove' }]} />
      {file.certificates.length > 1 && <p>{t('trustStores.deleteSeveral', { count: file.certificates.length })}</p>}
      {isLast && <p>{t('trustStores.deleteLast')}</p>}
      <Consequence store={store} />
      <SameCommand store={store} file={file.file} />
      {remove.isError && <ErrorCard error={remove.error} />}
    </ConfirmDialog>
  );
}

/** Removes a store with all its files, which it lists first. */
export function DeleteStoreDialog({ store, onClose }: DeleteStoreDialogProps) {
  const t = useText();
  const remove = useCommand('trustStores.deleteStore');
  const { type, name, files } = store;
  const reference = storeReference(store);
  const done = () => {
    onClose();
  };
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={t('trustStores.deleteStoreTitle', { store: reference })}
      verb={t('trustStores.deleteStoreVerb')}
      isPending={remove.isPending}
      onConfirm={() => remove.mutate({ type, name }, { onSuccess: done })}
    >
      <p>{t('trustStores.deleteStoreText')}</p>
      <PlannedFiles root={folderOf(store)} files={files.map(({ file }) => ({ path: file, action: 'remove' }))} />
      <Consequence store={store} />
      <SameCommand store={store} />
      {remove.isError && <ErrorCard error={remove.error} />}
    </ConfirmDialog>
  );
}
