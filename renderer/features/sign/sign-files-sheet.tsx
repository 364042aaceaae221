import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { isAppError } from '../../../shared/errors/app-error.ts';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import { callHost } from '../../client/connection.ts';
import { useCall } from '../../client/use-call.ts';
import { useText } from '../../locales/use-text.tsx';
import { Button } from '../../ui/button.tsx';
import { CommandLine, WholeDigest } from '../../ui/copy.tsx';
import { Sheet } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/fields.tsx';
import { Section } from '../../ui/page.tsx';
import { Callout, ErrorCard } from '../../ui/states.tsx';
import { Untrusted } from '../../ui/untrusted.tsx';
import { Findings } from './findings.tsx';
import { emptyDraft, toOptions, type SignDraft } from './sign-draft.ts';
import { SignForm } from './sign-form.tsx';
import styles from './sign.module.css';

interface FileToSign {
  readonly key: string;
  readonly name: string;
  /** The file's id at the host; `again` when the host does not know it any more. */
  readonly toId: (again: boolean) => Promise<string>;
}
interface SignFilesSheetProps {
  readonly files: readonly FileToSign[];
  readonly onSigned: (key: string, name: string, bytes: Uint8Array<ArrayBuffer>) => void;
  readonly onClose: () => void;
}

const defaultMediaType = 'application/octet-stream';

type Signed = OutputOf<'blobs.signFile'>;
interface Row {
  readonly name: string;
  readonly signed?: Signed;
  readonly error?: unknown;
}

async function signOne(file: FileToSign, options: object): Promise<Signed> {
  const sign = async (again: boolean) => callHost('blobs.signFile', { fileId: await file.toId(again), ...options });
  try {
    return await sign(false);
  } catch (error) {
    if (isAppError(error, 'intake.notFound')) return sign(true);
    throw error;
  }
}

/** Signs each file, one after the other; one that fails does not keep the others from being signed. */
function useSigning({ files, onSigned }: SignFilesSheetProps) {
  const [rows, setRows] = useState<readonly Row[]>([]);
  const [running, setRunning] = useState(false);
  const start = async (options: object) => {
    setRunning(true);
    setRows([]);
    for (const file of files) {
      const row = await signOne(file, options).then(
        (signed): Row => ({ name: file.name, signed }),
        (error: unknown): Row => ({ name: file.name, error }),
      );
      if (row.signed) onSigned(file.key, row.signed.signatureName, fromBase64(row.signed.base64));
      setRows((before) => [...before, row]);
    }
    setRunning(false);
  };
  return { rows, running, start };
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

/** Signs files: which, with which key, what stands in the way, then what came of it. */
export function SignFilesSheet(props: SignFilesSheetProps) {
  const t = useText();
  const { files, onClose } = props;
  const [draft, setDraft] = useState<SignDraft>(emptyDraft);
  const [mediaType, setMediaType] = useState(defaultMediaType);
  const { rows, running, start } = useSigning(props);
  const [first] = files;
  const id = useQuery({ queryKey: ['files.id', first?.key], queryFn: () => first?.toId(false) ?? '', retry: false });
  const options = { ...toOptions(draft), ...(mediaType !== '' && { mediaType }) };
  const plan = useCall(
    'blobs.planSign',
    { fileId: id.data ?? '', ...options },
    { enabled: id.data !== undefined, keepPrevious: true },
  );
  const blocked = plan.isError || (plan.data?.findings.some(({ severity }) => severity === 'blocks') ?? true);
  const isDone = rows.length === files.length;
  const footer = isDone ? (
    <Button autoFocus key="close" variant="primary" onPress={onClose}>
      {t('ui.close')}
    </Button>
  ) : (
    <>
      <Button onPress={onClose}>{t('ui.cancel')}</Button>
      <Button
        variant="primary"
        isDisabled={blocked || running || plan.isPlaceholderData}
        onPress={() => void start(options)}
      >
        {running
          ? t('sign.signingFiles', { done: rows.length, total: files.length })
          : t('sign.verbFiles', { count: files.length })}
      </Button>
    </>
  );
  const title =
    files.length === 1 ? t('sign.title', { name: first?.name ?? '' }) : t('sign.titleFiles', { count: files.length });
  return (
    <Sheet title={title} isOpen onClose={onClose} footer={footer}>
      {rows.length > 0 ? (
        <Results rows={rows} isDone={isDone} />
      ) : (
        <>
          {id.error && <ErrorCard error={id.error} onRetry={() => void id.refetch()} />}
          <SignForm draft={draft} onChange={setDraft} />
          <TextField
            mono
            label={t('sign.mediaType')}
            hint={t('sign.mediaTypeHint')}
            value={mediaType}
            maxLength={1024}
            onChange={setMediaType}
          />
          <Before plan={plan.data} error={plan.error} count={files.length} />
        </>
      )}
    </Sheet>
  );
}

interface BeforeProps {
  readonly plan: OutputOf<'blobs.planSign'> | undefined;
  readonly error: Error | null;
  readonly count: number;
}

function Before({ plan, error, count }: BeforeProps) {
  const t = useText();
  return (
    <>
      <Section title={t('sign.before')}>
        {error && <ErrorCard error={error} />}
        {plan ? <Findings findings={plan.findings} /> : !error && <p className="sub">{t('sign.planning')}</p>}
      </Section>
      {plan?.subject && (
        <Section title={t('sign.what')} note={count > 1 ? t('sign.firstOfFiles') : undefined}>
          <WholeDigest digest={plan.subject.digest} />
        </Section>
      )}
      {plan && (
        <Section title={t('sign.command')} note={count > 1 ? t('sign.firstOfFiles') : undefined}>
          <CommandLine command={plan.command} />
        </Section>
      )}
    </>
  );
}

function Results({ rows, isDone }: { readonly rows: readonly Row[]; readonly isDone: boolean }) {
  const t = useText();
  const failed = rows.filter(({ error }) => error !== undefined);
  const signed = rows.length - failed.length;
  return (
    <>
      {isDone && signed > 0 && (
        <Callout tone="ok" role="status" title={t('sign.doneFilesTitle', { count: signed })}>
          <p>{t('sign.doneFilesText')}</p>
        </Callout>
      )}
      {rows.map((row, index) => (
        <section key={index} className={styles.signedFile}>
          <h3>
            <Untrusted text={row.signed?.signatureName ?? row.name} />
          </h3>
          {row.error !== undefined && <ErrorCard error={row.error} />}
          {row.signed && <CommandLine command={row.signed.command} />}
        </section>
      ))}
    </>
  );
}
