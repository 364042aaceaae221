import { Braces, Download, History, Pencil, Redo2, Undo2, Upload } from 'lucide-react';
import { FileTrigger } from 'react-aria-components';
import { useText } from '../../locales/use-text.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { downloadText } from '../../ui/download.ts';
import { useTellError } from '../../ui/toast.tsx';
import { AppError } from '../../../shared/errors/app-error.ts';
import { fileNames, useDocumentKind } from './document-kind.ts';
import { DocumentSwitch } from './document-switch.tsx';
import { useDraft } from './draft-store.ts';
import styles from './policies.module.css';

interface DocumentBarProps {
  readonly changes: number;
  readonly onReview: () => void;
  readonly onHistory: () => void;
  /** Shown on narrow windows, where the JSON is a sheet. */
  readonly onShowJson?: (() => void) | undefined;
}

/** Title, state of the draft, and what can be done with the whole document. */
export function DocumentBar({ changes, onReview, onHistory, onShowJson }: DocumentBarProps) {
  const t = useText();
  const kind = useDocumentKind();
  const { draft, undo, redo, discard } = useDraft();
  const isChanged = draft !== null && draft.text !== draft.base.text;
  return (
    <header className={styles.bar}>
      <h1>{t('policies.title')}</h1>
      <DocumentSwitch />
      <div className={styles.state} role="status">
        {isChanged && (
          <span className={styles.unsaved}>
            <Pencil aria-hidden />
            {t('policies.unsaved')}
          </span>
        )}
        {isChanged && (
          <Button variant="quiet" size="small" onPress={discard}>
            {t('policies.discard')}
          </Button>
        )}
      </div>
      <IconButton label={t('policies.undo')} isDisabled={!draft || draft.past.length === 0} onPress={undo}>
        <Undo2 aria-hidden />
      </IconButton>
      <IconButton label={t('policies.redo')} isDisabled={!draft || draft.future.length === 0} onPress={redo}>
        <Redo2 aria-hidden />
      </IconButton>
      <Button variant="quiet" onPress={onHistory}>
        <History aria-hidden />
        {t('policyHistory.open')}
      </Button>
      <ImportButton />
      <Button
        variant="quiet"
        isDisabled={!draft || draft.text === ''}
        onPress={() => downloadText(fileNames[kind], draft?.text ?? '', 'application/json')}
      >
        <Download aria-hidden />
        {t('policies.export')}
      </Button>
      {onShowJson && (
        <Button onPress={onShowJson}>
          <Braces aria-hidden />
          JSON
        </Button>
      )}
      <Button variant="primary" isDisabled={!isChanged} onPress={onReview}>
        {changes > 0 ? t('policies.reviewCount', { count: changes }) : t('policies.review')}
      </Button>
    </header>
  );
}

const limit = 1_048_576;

async function readText(file: File): Promise<string> {
  if (file.size > limit) throw new AppError('file.tooLarge', { file: file.name, limit });
  const bytes = await file.arrayBuffer();
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new AppError('file.malformed', { file: file.name, fault: 'UTF-8' });
  }
}

/** Takes a file in as a draft, to be reviewed like any other change. */
function ImportButton() {
  const t = useText();
  const tellError = useTellError();
  const take = (files: FileList | null) => {
    const [file] = Array.from(files ?? []);
    if (file) void readText(file).then((text) => useDraft.getState().edit(text), tellError);
  };
  return (
    <FileTrigger acceptedFileTypes={['.json', 'application/json']} onSelect={take}>
      <Button variant="quiet">
        <Upload aria-hidden />
        {t('policies.import')}
      </Button>
    </FileTrigger>
  );
}
