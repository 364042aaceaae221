import { FilePlus2, FolderDown, PenLine } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { FileTrigger } from 'react-aria-components';
import { useText } from '../../locales/use-text.tsx';
import { Button } from '../../ui/button.tsx';
import { InspectorPane } from '../../ui/inspector-pane.tsx';
import { Page, PageHeader } from '../../ui/page.tsx';
import { Empty } from '../../ui/states.tsx';
import { FileInspector, type FileParts } from './file-inspector.tsx';
import styles from './files.module.css';
import { selectEntry, useFiles } from './files-store.ts';
import { FilesTable } from './files-table.tsx';
import { addFiles, idOfFile, keepSignature } from './judge-file.ts';
import { maxEntries, nameOf } from './pairing.ts';
import { useSaveSignatures } from './use-save-signatures.ts';

/** A file that is to be signed; the sheet asks for its id at the host when it needs it. */
export interface FileToSign {
  readonly key: string;
  readonly name: string;
  readonly toId: (again: boolean) => Promise<string>;
}

export interface FilesPageProps extends FileParts {
  readonly renderSignSheet: (files: readonly FileToSign[], onSigned: SignedHandler, onClose: () => void) => ReactNode;
}
export type SignedHandler = (key: string, name: string, bytes: Uint8Array<ArrayBuffer>) => void;

/** Files: signed, verified and inspected, several at once. */
export function FilesPage(props: FilesPageProps) {
  const t = useText();
  const { entries, selected } = useFiles();
  const [signing, setSigning] = useState<readonly FileToSign[] | null>(null);
  const chosen = entries.find(({ key }) => key === selected) ?? entries[0];
  const main = (
    <Page header={<Header onSign={setSigning} />}>
      {entries.length === 0 ? (
        <Empty icon={FilePlus2} title={t('files.emptyTitle')} actions={<AddButton />}>
          {t('files.emptyText')}
        </Empty>
      ) : (
        <div className={styles.list}>
          <FilesTable entries={entries} selected={chosen?.key} />
          {entries.length >= maxEntries && <p className="sub">{t('files.tooMany', { limit: maxEntries })}</p>}
          <p className={styles.hint}>{t('files.dropHint')}</p>
        </div>
      )}
    </Page>
  );
  return (
    <>
      <InspectorPane
        id="files"
        label={t('files.inspector')}
        main={main}
        inspector={chosen ? <FileInspector key={chosen.key} {...props} entry={chosen} /> : null}
        isOpen={selected !== undefined}
        onClose={() => selectEntry(undefined)}
      />
      {signing && props.renderSignSheet(signing, keepSignature, () => setSigning(null))}
    </>
  );
}

function AddButton() {
  const t = useText();
  return (
    <FileTrigger allowsMultiple onSelect={(list) => addFiles(Array.from(list ?? []))}>
      <Button>
        <FilePlus2 aria-hidden />
        {t('files.add')}
      </Button>
    </FileTrigger>
  );
}

function Header({ onSign }: { readonly onSign: (files: readonly FileToSign[]) => void }) {
  const t = useText();
  const { entries, selected } = useFiles();
  const save = useSaveSignatures();
  const chosen = entries.find(({ key }) => key === selected) ?? entries[0];
  const unsigned = entries.filter(({ blob, signature }) => blob && !signature);
  const toSign = unsigned.length > 0 ? unsigned : chosen?.blob ? [chosen] : [];
  const unsaved = entries.filter((entry) => entry.unsaved);
  const sign = () =>
    onSign(
      toSign.map((entry) => ({
        key: entry.key,
        name: nameOf(entry),
        toId: (again: boolean) => idOfFile(entry.key, again),
      })),
    );
  const actions = entries.length > 0 && (
    <>
      <AddButton />
      {unsaved.length > 0 && (
        <Button onPress={() => void save(unsaved)}>
          <FolderDown aria-hidden />
          {t('files.save', { count: unsaved.length })}
        </Button>
      )}
      <Button variant="primary" isDisabled={toSign.length === 0} onPress={sign}>
        <PenLine aria-hidden />
        {t('files.sign', { count: toSign.length })}
      </Button>
    </>
  );
  return <PageHeader title={t('files.title')} actions={actions} text={t('files.lead')} />;
}
