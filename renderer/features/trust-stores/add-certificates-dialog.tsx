import { useState } from 'react';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import type { TrustStore, TrustStoreType } from '../../../shared/model/trust-store.ts';
import { toBase64 } from '../../client/base64.ts';
import { useCall, useCommand } from '../../client/use-call.ts';
import { useText } from '../../locales/use-text.tsx';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/choices.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/fields.tsx';
import { FileInput } from '../../ui/file-input.tsx';
import { ErrorCard, SkeletonRows } from '../../ui/states.tsx';
import { useDebounced } from '../../ui/use-debounced.ts';
import { CertificatePreview } from './certificate-preview.tsx';
import { StoreTarget } from './store-target.tsx';
import { isStoreName, storeReference, suggestedFile } from './store-words.ts';

interface AddCertificatesDialogProps {
  /** A certificate that a link brought along. */
  readonly pem?: string | undefined;
  readonly type?: TrustStoreType | undefined;
  readonly name?: string | undefined;
  readonly stores: readonly TrustStore[];
  /** With the store that took the certificate. */
  readonly onClose: (added?: string) => void;
}

/** What the user has given so far; `file` and `name` are `null` until typed, so that suggestions may change. */
export interface Draft {
  readonly pasted: string;
  /** Bytes of a chosen file, in base64. */
  readonly uploaded: { readonly name: string; readonly content: string } | null;
  readonly type: TrustStoreType;
  readonly name: string | null;
  readonly file: string | null;
  readonly isConfirmed: boolean;
}

type Inspection = OutputOf<'trustStores.inspectCertificates'>;

const limit = 786_432;
const pasteMs = 250;

function contentOf({ uploaded, pasted }: Pick<Draft, 'uploaded' | 'pasted'>): string {
  if (uploaded) return uploaded.content;
  return pasted.trim() === '' ? '' : toBase64(new TextEncoder().encode(pasted));
}

/** Puts certificates into a trust store: shown whole first, and added only against their fingerprints. */
export function AddCertificatesDialog({ pem, type, name, stores, onClose }: AddCertificatesDialogProps) {
  const t = useText();
  const [draft, setDraft] = useState<Draft>({
    ...{ pasted: pem ?? '', uploaded: null, type: type ?? 'ca', name: name ?? null, file: null, isConfirmed: false },
  });
  const add = useCommand('trustStores.addCertificates');
  const content = contentOf(draft);
  const [found, inspection] = useInspection(content);
  const change = (changes: Partial<Draft>) => {
    add.reset();
    setDraft((now) => ({ ...now, ...changes }));
  };
  const target = targetOf(draft, inspection);
  const isReady =
    inspection !== undefined && draft.isConfirmed && inspection.acceptedBy[draft.type] && isStoreName(target.name);
  const submit = () => {
    if (!inspection) return;
    const confirmedSha256 = inspection.certificates.map(({ sha256 }) => sha256);
    add.mutate(
      { type: draft.type, ...target, content, confirmedSha256 },
      {
        onSuccess: (store) => onClose(storeReference(store)),
      },
    );
  };
  return (
    <Dialog
      isOpen
      wide
      onClose={() => onClose()}
      title={t('trustStores.addTitle')}
      footer={
        <>
          <Button onPress={() => onClose()}>{t('ui.cancel')}</Button>
          <Button variant="primary" isDisabled={!isReady} isPending={add.isPending} onPress={submit}>
            {t('trustStores.addVerb', { count: inspection?.certificates.length ?? 1 })}
          </Button>
        </>
      }
    >
      {(pem === undefined || found.isError) && <Source draft={draft} onChange={change} />}
      {content !== '' && found.isError && <ErrorCard error={found.error} />}
      {content !== '' && !inspection && !found.isError && <SkeletonRows count={3} />}
      {inspection && (
        <>
          <CertificatePreview certificates={inspection.certificates} />
          <Checkbox isSelected={draft.isConfirmed} onChange={(isConfirmed) => change({ isConfirmed })}>
            {t('trustStores.confirm', { count: inspection.certificates.length })}
          </Checkbox>
          <StoreTarget draft={draft} target={target} inspection={inspection} stores={stores} onChange={change} />
        </>
      )}
      {add.isError && <ErrorCard error={add.error} />}
    </Dialog>
  );
}

/** The certificates in what was given, once it has stayed the same for a moment. */
function useInspection(content: string) {
  const settled = useDebounced(content, pasteMs);
  const found = useCall('trustStores.inspectCertificates', { content: settled }, { enabled: settled !== '' });
  return [found, content === settled && content !== '' ? found.data : undefined] as const;
}

/** The store and file that were typed, or else suggested by the first certificate. */
function targetOf({ name, file, uploaded }: Draft, inspection: Inspection | undefined) {
  const suggested = suggestedFile(inspection?.certificates[0]?.commonName ?? '');
  return { name: name ?? suggested.replace(/\.crt$/, ''), file: file ?? uploaded?.name ?? suggested };
}

function Source({ draft, onChange }: { readonly draft: Draft; readonly onChange: (changes: Partial<Draft>) => void }) {
  const t = useText();
  return (
    <>
      <FileInput
        label={t('trustStores.chooseFile')}
        hint={draft.uploaded ? draft.uploaded.name : t('trustStores.dropFile')}
        accept={['.pem', '.crt', '.cer', '.der']}
        limit={limit}
        onFiles={([file]) => {
          if (!file) return;
          const uploaded = { name: file.name, content: toBase64(file.bytes) };
          onChange({ uploaded, pasted: '', file: null, isConfirmed: false });
        }}
      />
      <TextField
        lines
        label={t('trustStores.paste')}
        value={draft.pasted}
        placeholder="-----BEGIN CERTIFICATE-----"
        onChange={(pasted) => onChange({ pasted, uploaded: null, isConfirmed: false })}
      />
    </>
  );
}
