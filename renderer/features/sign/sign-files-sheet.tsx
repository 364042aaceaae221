import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
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
import { BeforeSigning } from './before-signing.tsx';
import { Cancelled, CancelSigning } from './cancel-signing.tsx';
import { emptyDraft, missingFrom, toOptions, type SignDraft } from './sign-draft.ts';
import { SignForm } from './sign-form.tsx';
import styles from './sign.module.css';
import { useRememberedAuthority } from './use-remembered-authority.ts';

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

type FileOptions = ReturnType<typeof toOptions> & { readonly mediaType?: string };
type Signed = OutputOf<'blobs.signFile'>;
interface Row {
  readonly name: string;
  readonly signed?: Signed;
  readonly error?: unknown;
}

async function signOne(file: FileToSign, options: FileOptions, signal: AbortSignal): Promise<Signed> {
  const sign = async (again: boolean) =>
    callHost('blobs.signFile', { fileId: await file.toId(again), ...options }, signal);
  try {
    return await sign(false);
  } catch (error) {
    if (isAppError(error, 'intake.notFound')) return sign(true);
    throw error;
  }
}

/** Signs each file, one after the other; one that fails does not keep the others from being signed, and a cancelled one does. */
function useSigning({ files, onSigned }: SignFilesSheetProps) {
  const [rows, setRows] = useState<readonly Row[]>([]);
  const [state, setState] = useState<'idle' | 'running' | 'cancelling' | 'cancelled'>('idle');
  const controller = useRef<AbortController>(null);
  const remember = useRememberedAuthority();
  const start = async (options: FileOptions) => {
    const { signal } = (controller.current = new AbortController());
    setState('running');
    setRows([]);
    for (const file of files) {
      if (signal.aborted) break;
      const row = await signOne(file, options, signal).then(
        (signed): Row => ({ name: file.name, signed }),
        (error: unknown): Row => ({ name: file.name, error }),
      );
      if (isAppError(row.error, 'rpc.cancelled')) break;
      if (row.signed) onSigned(file.key, row.signed.signatureName, fromBase64(row.signed.base64));
      if (row.signed) remember(options.timestamp);
      setRows((before) => [...before, row]);
    }
    setState(signal.aborted ? 'cancelled' : 'idle');
  };
  const cancel = () => {
    setState('cancelling');
    controller.current?.abort();
  };
  const isPending = state === 'running' || state === 'cancelling';
  return { rows, start, cancel, isPending, isCancelling: state === 'cancelling', isCancelled: state === 'cancelled' };
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

/** What signing the first of the files would do. */
function useFilePlan([first]: readonly FileToSign[], options: FileOptions, enabled: boolean) {
  const id = useQuery({ queryKey: ['files.id', first?.key], queryFn: () => first?.toId(false) ?? '', retry: false });
  const input = { fileId: id.data ?? '', ...options };
  const plan = useCall('blobs.planSign', input, { enabled: enabled && id.data !== undefined, keepPrevious: true });
  const isBlocked = plan.isError || (plan.data?.findings.some(({ severity }) => severity === 'blocks') ?? true);
  return { id, plan, isBlocked };
}

/** Signs files: which, with which key, what stands in the way, then what came of it. */
export function SignFilesSheet(props: SignFilesSheetProps) {
  const t = useText();
  const { files, onClose } = props;
  const [draft, setDraft] = useState<SignDraft>(emptyDraft);
  const [mediaType, setMediaType] = useState(defaultMediaType);
  const signing = useSigning(props);
  const { rows, isPending, isCancelled } = signing;
  const missing = missingFrom(draft);
  const options = { ...toOptions(draft), ...(mediaType !== '' && { mediaType }) };
  const { id, plan, isBlocked } = useFilePlan(files, options, missing === undefined);
  const isDone = rows.length === files.length || (isCancelled && rows.length > 0);
  const footer = isDone ? (
    <Button autoFocus key="close" variant="primary" onPress={onClose}>
      {t('ui.close')}
    </Button>
  ) : (
    <>
      <CancelSigning {...signing} onClose={onClose} />
      <Button
        variant="primary"
        isDisabled={missing !== undefined || isBlocked || isPending || plan.isPlaceholderData}
        onPress={() => void signing.start(options)}
      >
        {isPending
          ? t('sign.signingFiles', { done: rows.length, total: files.length })
          : t('sign.verbFiles', { count: files.length })}
      </Button>
    </>
  );
  const title =
    files.length === 1
      ? t('sign.title', { name: files[0]?.name ?? '' })
      : t('sign.titleFiles', { count: files.length });
  return (
    <Sheet title={title} isOpen onClose={isPending ? signing.cancel : onClose} footer={footer}>
      {rows.length > 0 ? (
        <Results rows={rows} isDone={isDone} unsigned={isCancelled ? files.length - rows.length : 0} />
      ) : (
        <>
          {isCancelled && <Cancelled />}
          {id.error && <ErrorCard error={id.error} onRetry={() => void id.refetch()} />}
          <SignForm draft={draft} onChange={setDraft} signs="files" />
          <TextField
            mono
            label={t('sign.mediaType')}
            hint={t('sign.mediaTypeHint')}
            value={mediaType}
            maxLength={1024}
            onChange={setMediaType}
          />
          <BeforeSigning missing={missing} findings={missing ? undefined : plan.data?.findings} error={plan.error} />
          {!missing && plan.data && <Plan plan={plan.data} count={files.length} />}
        </>
      )}
    </Sheet>
  );
}

interface PlanProps {
  readonly plan: OutputOf<'blobs.planSign'>;
  readonly count: number;
}

function Plan({ plan, count }: PlanProps) {
  const t = useText();
  const note = count > 1 ? t('sign.firstOfFiles') : undefined;
  return (
    <>
      {plan.subject && (
        <Section title={t('sign.what')} note={note}>
          <WholeDigest digest={plan.subject.digest} />
        </Section>
      )}
      <Section title={t('sign.command')} note={note}>
        <CommandLine command={plan.command} />
      </Section>
    </>
  );
}

interface ResultsProps {
  readonly rows: readonly Row[];
  readonly isDone: boolean;
  /** How many were left when signing was cancelled. */
  readonly unsigned: number;
}

function Results({ rows, isDone, unsigned }: ResultsProps) {
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
      {unsigned > 0 && (
        <Callout tone="mute" role="status" title={t('sign.cancelledTitle')}>
          <p>{t('sign.cancelledFiles', { count: unsigned })}</p>
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
