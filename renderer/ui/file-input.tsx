import { FileUp } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { DropZone, FileTrigger, type FileDropItem } from 'react-aria-components';
import { useText } from '../locales/use-text.tsx';
import { Button } from './button.tsx';
import styles from './file-input.module.css';

/** A file that the user chose or dropped. */
export interface ReadFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

interface FileInputProps {
  /** What the button says. */
  readonly label: string;
  /** What may be dropped, beside the button. */
  readonly hint?: ReactNode;
  /** Suffixes such as `.pem`, for the file dialog only. */
  readonly accept?: readonly string[];
  readonly multiple?: boolean;
  readonly limit: number;
  readonly onFiles: (files: readonly ReadFile[]) => void;
}

async function read(files: readonly File[], limit: number): Promise<readonly ReadFile[] | null> {
  if (files.some((file) => file.size > limit)) return null;
  return Promise.all(files.map(async (file) => ({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) })));
}

/** A place to drop files, with a button that opens the file dialog. */
export function FileInput({ label, hint, accept, multiple = false, limit, onFiles }: FileInputProps) {
  const t = useText();
  const [fault, setFault] = useState<'tooLarge' | 'unreadable' | null>(null);
  const take = async (files: readonly File[]) => {
    if (files.length === 0) return;
    const done = await read(multiple ? files : files.slice(0, 1), limit).catch(() => undefined);
    setFault(done === null ? 'tooLarge' : done === undefined ? 'unreadable' : null);
    if (done) onFiles(done);
  };
  const drop = async (items: readonly { kind: string }[]) => {
    const dropped = items.filter((item): item is FileDropItem => item.kind === 'file');
    await take(await Promise.all(dropped.map((item) => item.getFile())));
  };
  return (
    <DropZone
      className={styles.zone ?? ''}
      aria-label={t('certificates.dropHere')}
      onDrop={(event) => void drop(event.items)}
    >
      <FileTrigger
        allowsMultiple={multiple}
        {...(accept ? { acceptedFileTypes: [...accept] } : {})}
        onSelect={(list) => void take(Array.from(list ?? []))}
      >
        <Button>
          <FileUp aria-hidden />
          {label}
        </Button>
      </FileTrigger>
      <span className={styles.hint}>{hint ?? t('certificates.dropHere')}</span>
      {fault && (
        <span role="alert" className={styles.fault}>
          {t(fault === 'tooLarge' ? 'certificates.fileTooLarge' : 'certificates.fileUnreadable')}
        </span>
      )}
    </DropZone>
  );
}
