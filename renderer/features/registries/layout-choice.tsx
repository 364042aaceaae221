import { ChevronDown, FileArchive, FolderOpen } from 'lucide-react';
import { useState } from 'react';
import { DropZone, FileTrigger, type FileDropItem } from 'react-aria-components';
import { sendFile } from '../../client/send-file.ts';
import { useCall, useCommand } from '../../client/use-call.ts';
import { useText } from '../../locales/use-text.tsx';
import { Button } from '../../ui/button.tsx';
import { MenuButton } from '../../ui/menu.tsx';
import { ErrorCard } from '../../ui/states.tsx';
import styles from './source-page.module.css';

const accepted = ['.tar', '.tar.gz', '.tgz', '.gz'];

/** A layout on this computer: a folder or an archive from a native dialog, or an archive that is dropped or chosen in the page. */
export function LayoutChoice({ onAdded }: { readonly onAdded: (sourceId: string) => void }) {
  const t = useText();
  const host = useCall('app.describeHost', {}).data;
  const choose = useCommand('registries.chooseLayout');
  const archive = useArchive(onAdded);
  const hasDialogs = host?.capabilities.includes('nativeDialog') ?? false;
  const press = (from: 'folder' | 'archive') => () =>
    choose.mutate({ from }, { onSuccess: ({ source }) => source && onAdded(source.id) });
  const entries = [
    { id: 'folder', label: t('registries.layoutFolder'), icon: FolderOpen, onAction: press('folder') },
    {
      id: 'archive',
      label: t('registries.layoutArchive'),
      text: t('registries.layoutArchiveText'),
      icon: FileArchive,
      onAction: press('archive'),
    },
  ];
  const drop = async (items: readonly { kind: string }[]) => {
    const [first] = items.filter((item): item is FileDropItem => item.kind === 'file');
    if (first) archive.take(await first.getFile());
  };
  const isBusy = choose.isPending || archive.isPending;
  const error = choose.error ?? archive.error;
  return (
    <section className={styles.layoutChoice} aria-label={t('layouts.choice')}>
      <DropZone
        className={styles.layoutDrop ?? ''}
        aria-label={t('layouts.drop')}
        onDrop={(event) => void drop(event.items)}
      >
        {hasDialogs ? (
          <MenuButton label={t('registries.chooseLayout')} entries={entries}>
            <Button isDisabled={isBusy}>
              <FolderOpen aria-hidden />
              {t('registries.chooseLayout')}
              <ChevronDown aria-hidden />
            </Button>
          </MenuButton>
        ) : (
          <FileTrigger
            acceptedFileTypes={accepted}
            onSelect={(list) => {
              const [file] = Array.from(list ?? []);
              if (file) archive.take(file);
            }}
          >
            <Button isDisabled={isBusy}>
              <FileArchive aria-hidden />
              {t('layouts.chooseArchive')}
            </Button>
          </FileTrigger>
        )}
        <span className="sub">{t(archive.isPending ? 'layouts.receiving' : 'layouts.drop')}</span>
      </DropZone>
      {error !== undefined && error !== null && <ErrorCard error={error} />}
    </section>
  );
}

/** Hands an archive over to Inkan, which keeps its own copy. */
function useArchive(onAdded: (sourceId: string) => void) {
  const [isPending, setPending] = useState(false);
  const [fault, setFault] = useState<unknown>();
  const add = useCommand('layouts.addArchive');
  const take = async (file: File) => {
    setPending(true);
    setFault(undefined);
    try {
      const { source } = await add.mutateAsync({ fileId: await sendFile(file, { keep: 'spool' }) });
      onAdded(source.id);
    } catch (error) {
      setFault(error);
    } finally {
      setPending(false);
    }
  };
  return { take: (file: File) => void take(file), isPending, error: fault };
}
