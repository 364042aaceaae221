import { FileUp } from 'lucide-react';
import { useState } from 'react';
import { DropZone, type FileDropItem } from 'react-aria-components';
import { sendFile } from '../../client/send-file.ts';
import { useCommand } from '../../client/use-call.ts';
import { useText } from '../../locales/use-text.tsx';
import { Button } from '../../ui/button.tsx';
import { RadioCards } from '../../ui/choices.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/fields.tsx';
import { ErrorCard } from '../../ui/states.tsx';
import type { OpenedPackage } from './install-checked.tsx';
import styles from './install.module.css';

interface InstallSourceProps {
  readonly title: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onOpened: (opened: OpenedPackage) => void;
}

const checksumForm = /^[0-9a-f]{64}$/i;

/** Where a plugin comes from, and the checksum that its vendor publishes. */
export function InstallSource({ title, isOpen, onClose, onOpened }: InstallSourceProps) {
  const t = useText();
  const [kind, setKind] = useState<'file' | 'url'>('file');
  const [url, setUrl] = useState('');
  const [checksum, setChecksum] = useState('');
  const sha256 = checksum.trim();
  const isWrong = sha256 !== '' && !checksumForm.test(sha256);
  const { take, choose, download, isPending, error } = useOpening(sha256, onOpened);
  const footer = (
    <>
      <Button onPress={onClose}>{t('ui.cancel')}</Button>
      {kind === 'url' && (
        <Button
          variant="primary"
          isDisabled={isPending || isWrong || url.trim() === '' || sha256 === ''}
          onPress={() => download(url.trim())}
        >
          {t(isPending ? 'pluginPackages.downloading' : 'pluginPackages.download')}
        </Button>
      )}
    </>
  );
  return (
    <Dialog title={title} isOpen={isOpen} onClose={onClose} footer={footer} wide>
      {error && <ErrorCard error={error} />}
      <RadioCards
        label={t('pluginPackages.from')}
        value={kind}
        onChange={setKind}
        choices={[
          { id: 'file', label: t('pluginPackages.fromFile'), text: t('pluginPackages.fromFileText') },
          { id: 'url', label: t('pluginPackages.fromUrl'), text: t('pluginPackages.fromUrlText') },
        ]}
      />
      {kind === 'url' && (
        <TextField
          mono
          label={t('pluginPackages.url')}
          placeholder="https://"
          value={url}
          onChange={setUrl}
          maxLength={2000}
        />
      )}
      <TextField
        mono
        label={t('pluginPackages.checksum')}
        hint={t(kind === 'url' ? 'pluginPackages.checksumNeeded' : 'pluginPackages.checksumOptional')}
        {...(isWrong && { error: t('pluginPackages.checksumWrong') })}
        value={checksum}
        onChange={setChecksum}
        maxLength={100}
      />
      {kind === 'file' && <PackageDrop isDisabled={isWrong || isPending} onFile={take} onChoose={choose} />}
    </Dialog>
  );
}

/** Lets the host receive and check a package; what came of it is handed on. */
function useOpening(sha256: string, onOpened: (opened: OpenedPackage) => void) {
  const [sendFault, setSendFault] = useState<unknown>();
  const [isSending, setSending] = useState(false);
  const open = useCommand('pluginPackages.openPackage');
  const start = (from: Parameters<typeof open.mutate>[0]['from']) =>
    open.mutate(
      { from, ...(sha256 && { sha256 }) },
      { onSuccess: ({ package: opened }) => opened && onOpened(opened) },
    );
  const send = async (file: File) => {
    setSending(true);
    setSendFault(undefined);
    try {
      start({ kind: 'intake', id: await sendFile(file, { keep: 'spool' }) });
    } catch (fault) {
      setSendFault(fault);
    } finally {
      setSending(false);
    }
  };
  return {
    take: (file: File) => void send(file),
    choose: () => start({ kind: 'dialog' }),
    download: (url: string) => start({ kind: 'url', url }),
    isPending: open.isPending || isSending,
    error: sendFault ?? open.error,
  };
}

interface PackageDropProps {
  readonly isDisabled: boolean;
  readonly onFile: (file: File) => void;
  readonly onChoose: () => void;
}

function PackageDrop({ isDisabled, onFile, onChoose }: PackageDropProps) {
  const t = useText();
  const drop = async (items: readonly { kind: string }[]) => {
    const [first] = items.filter((item): item is FileDropItem => item.kind === 'file');
    if (first && !isDisabled) onFile(await first.getFile());
  };
  return (
    <DropZone
      className={styles.drop ?? ''}
      aria-label={t('pluginPackages.drop')}
      onDrop={(event) => void drop(event.items)}
    >
      <Button variant="primary" isDisabled={isDisabled} onPress={onChoose}>
        <FileUp aria-hidden />
        {t('pluginPackages.choose')}
      </Button>
      <span>{t('pluginPackages.drop')}</span>
    </DropZone>
  );
}
