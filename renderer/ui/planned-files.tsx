import type { PlannedFile } from '../../shared/model/signing-key.ts';
import type { MessageKey } from '../locales/catalogs.ts';
import { useText, type Translate } from '../locales/use-text.tsx';
import styles from './planned-files.module.css';
import { Untrusted } from './untrusted.tsx';

/** A file of a plan; a note that is no known word is shown as it is. */
export type PlannedRow = Pick<PlannedFile, 'path' | 'mode'> & {
  readonly action: PlannedFile['action'] | 'keep';
  readonly note?: string | undefined;
};

interface Folder {
  readonly path: string;
  readonly files: readonly PlannedRow[];
}

/** Files by folder, in the order given; those in the directory itself come last. */
function byFolder(files: readonly PlannedRow[]): readonly Folder[] {
  const folders = new Map<string, PlannedRow[]>();
  for (const file of files) {
    const folder = file.path.slice(0, file.path.lastIndexOf('/') + 1);
    folders.set(folder, [...(folders.get(folder) ?? []), file]);
  }
  const list = [...folders].map(([path, inside]) => ({ path, files: inside }));
  return [...list.filter(({ path }) => path !== ''), ...list.filter(({ path }) => path === '')];
}

/** What an operation will write, change or remove, as a small tree below the configuration directory. */
export function PlannedFiles({ root, files }: { readonly root: string; readonly files: readonly PlannedRow[] }) {
  return (
    <div className={styles.files}>
      <div className={styles.folder}>
        <Untrusted text={root.endsWith('/') ? root : `${root}/`} />
      </div>
      {byFolder(files).map((folder) => (
        <div key={folder.path} className={styles.group}>
          {folder.path !== '' && (
            <div className={styles.folder}>
              <Untrusted text={folder.path} />
            </div>
          )}
          <ul data-inside={folder.path !== ''}>
            {folder.files.map((file) => (
              <Row key={`${file.path} ${file.note ?? ''}`} file={file} />
            ))}
          </ul>
        </div>
      ))}
    </div>
  );
}

const notes: Readonly<Record<string, MessageKey>> = {
  addsKey: 'certificates.note_addsKey',
  addsDefaultKey: 'certificates.note_addsDefaultKey',
  removesKey: 'certificates.note_removesKey',
};

function noteText(note: string | undefined, t: Translate): string {
  const known = note !== undefined && Object.hasOwn(notes, note) ? notes[note] : undefined;
  return known ? t(known) : (note ?? '');
}

function Row({ file }: { readonly file: PlannedRow }) {
  const t = useText();
  const name = file.path.slice(file.path.lastIndexOf('/') + 1);
  const rest = [file.action === 'create' ? file.mode : undefined, noteText(file.note, t)]
    .filter(Boolean)
    .join(t('certificates.comma'));
  return (
    <li>
      <span>
        <Untrusted text={name} />
      </span>
      <em>
        {t(`certificates.file_${file.action}`)}
        {rest && `${t('certificates.comma')}${rest}`}
      </em>
    </li>
  );
}
