import { useState } from 'react';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import type { QueueSummary } from '../../../shared/model/bulk.ts';
import { useCall, useCommand } from '../../client/use-call.ts';
import { useText } from '../../locales/use-text.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/fields.tsx';
import { ErrorCard } from '../../ui/states.tsx';
import { Untrusted } from '../../ui/untrusted.tsx';
import { useDebounced } from '../../ui/use-debounced.ts';
import styles from './bulk.module.css';

interface ListDialogProps {
  readonly onPlanned: (id: string) => void;
  readonly onClose: () => void;
}

const restMs = 200;

/** Makes a queue of artifacts from anywhere out of a pasted list; what is none of them is told before. */
export function ListDialog({ onPlanned, onClose }: ListDialogProps) {
  const t = useText();
  const [text, setText] = useState('');
  const settled = useDebounced(text, restMs);
  const list = useCall('bulk.readList', { text: settled }, { enabled: settled.trim() !== '', keepPrevious: true });
  const plan = useCommand('bulk.planQueue');
  const { artifacts = [], faults = [], left = 0 } = settled.trim() === '' ? {} : (list.data ?? {});
  const count = artifacts.length;
  const begin = (action: QueueSummary['action']) => () =>
    plan.mutate(
      { action, artifacts },
      {
        onSuccess: ({ id }) => {
          onClose();
          onPlanned(id);
        },
      },
    );
  const isDisabled = count === 0 || text !== settled || list.isPlaceholderData || plan.isPending;
  const footer = (
    <>
      <Button onPress={onClose}>{t('ui.cancel')}</Button>
      <Button isDisabled={isDisabled} onPress={begin('verify')}>
        {t('bulk.listVerify', { count })}
      </Button>
      <Button isDisabled={isDisabled} onPress={begin('sign')}>
        {t('bulk.listSign', { count })}
      </Button>
    </>
  );
  const error = plan.error ?? list.error;
  return (
    <Dialog title={t('bulk.listTitle')} isOpen onClose={onClose} footer={footer} wide>
      <div className={styles.listing}>
        <TextField
          autoFocus
          lines
          mono
          label={t('bulk.listLabel')}
          hint={t('bulk.listHint')}
          value={text}
          onChange={setText}
          maxLength={500_000}
        />
        <p role="status" className="sub">
          {t('bulk.listCount', { count })} {left > 0 && t('bulk.listLeft', { count: left })}
        </p>
        <Faults faults={faults} />
        {error && <ErrorCard error={error} />}
      </div>
    </Dialog>
  );
}

function Faults({ faults }: Pick<OutputOf<'bulk.readList'>, 'faults'>) {
  const t = useText();
  if (faults.length === 0) return null;
  return (
    <ul className={styles.faults}>
      {faults.map(({ text, why }) => (
        <li key={text}>
          <Untrusted text={t(`bulk.fault_${why}`, { text })} limit={200} />
        </li>
      ))}
    </ul>
  );
}
