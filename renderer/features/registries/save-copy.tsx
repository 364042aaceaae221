import { Download, FileArchive, FolderOutput } from 'lucide-react';
import { useState } from 'react';
import type { Source } from '../../../shared/model/source.ts';
import { fetchCopy } from '../../client/download-copy.ts';
import { useCall, useCommand } from '../../client/use-call.ts';
import { useText } from '../../locales/use-text.tsx';
import { Button } from '../../ui/button.tsx';
import { downloadBytes } from '../../ui/download.ts';
import { Callout, ErrorCard } from '../../ui/states.tsx';
import { tellDone } from '../../ui/toast.tsx';

interface SaveCopyProps {
  readonly source: Source;
  /** Told of the copy when Inkan knows where it is. */
  readonly onSaved: (copy: Source) => void;
}

/** What was signed in an archive and is in no file yet, with the ways to keep it. Nothing when there is nothing. */
export function SaveCopy({ source, onSaved }: SaveCopyProps) {
  const t = useText();
  const { id } = source;
  const count = useCall('layouts.readUnsaved', { id }, { enabled: source.archive !== undefined }).data?.signatures ?? 0;
  const hasDialogs = useCall('app.describeHost', {}).data?.capabilities.includes('nativeDialog') ?? false;
  const save = useCommand('layouts.saveCopy');
  const download = useDownload(id);
  if (count === 0) return null;
  const isPending = save.isPending || download.isPending;
  const saveAs = (as: 'archive' | 'folder') => () =>
    save.mutate(
      { id, as },
      {
        onSuccess: ({ source: copy }) => {
          if (!copy) return;
          tellDone(t('layouts.saved', { path: copy.path ?? copy.name }));
          onSaved(copy);
        },
      },
    );
  const actions = hasDialogs ? (
    <>
      <Button size="small" variant="primary" isDisabled={isPending} onPress={saveAs('archive')}>
        <FileArchive aria-hidden />
        {t('layouts.saveArchive')}
      </Button>
      <Button size="small" isDisabled={isPending} onPress={saveAs('folder')}>
        <FolderOutput aria-hidden />
        {t('layouts.saveFolder')}
      </Button>
    </>
  ) : (
    <Button size="small" variant="primary" isDisabled={isPending} onPress={() => void download.start()}>
      <Download aria-hidden />
      {t('layouts.download')}
    </Button>
  );
  const error = save.error ?? download.error;
  return (
    <>
      <Callout tone="warn" title={t('layouts.unsaved', { count })} actions={actions}>
        <p>{t('layouts.unsavedText')}</p>
      </Callout>
      {error !== undefined && error !== null && <ErrorCard error={error} />}
    </>
  );
}

/** Hands the copy to the browser, where no dialog of Inkan's can ask for a place. */
function useDownload(id: string) {
  const [isPending, setPending] = useState(false);
  const [error, setError] = useState<unknown>();
  const start = async () => {
    setPending(true);
    setError(undefined);
    try {
      const { name, parts } = await fetchCopy(id);
      downloadBytes(name, parts, 'application/x-tar');
    } catch (fault) {
      setError(fault);
    } finally {
      setPending(false);
    }
  };
  return { start, isPending, error };
}
