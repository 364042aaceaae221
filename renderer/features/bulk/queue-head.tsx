import { Ellipsis, FileDown, Trash2 } from 'lucide-react';
import type { CommandName, InputOf } from '../../../shared/contract/contract.ts';
import { useCommand } from '../../client/use-call.ts';
import { useText } from '../../locales/use-text.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { Tag } from '../../ui/chip.tsx';
import { downloadText } from '../../ui/download.ts';
import { MenuButton } from '../../ui/menu.tsx';
import { useTellError } from '../../ui/toast.tsx';
import styles from './bulk.module.css';
import { toReport, type ReportForm } from './queue-report.ts';
import type { QueueData } from './queue-view.tsx';
import { totalOf, useReportWords } from './queue-words.ts';

interface QueueHeadProps {
  readonly data: QueueData;
  readonly concurrency: number;
  /** Asks how to sign. */
  readonly onSign: () => void;
  readonly onRemoved: () => void;
}

/** What the queue is, in which state, and what can be done with it now. */
export function QueueHead({ data, concurrency, onSign, onRemoved }: QueueHeadProps) {
  const t = useText();
  const { queue } = data;
  return (
    <header className={styles.head}>
      <h2 id="queue-title">
        {t(queue.action === 'verify' ? 'bulk.verifyTitle' : 'bulk.signTitle', { count: totalOf(queue) })}
      </h2>
      <Tag>{t(`bulk.state_${queue.state}`)}</Tag>
      <div className={styles.actions}>
        <Steps queue={queue} concurrency={concurrency} onSign={onSign} />
        <ReportMenu data={data} />
        {(queue.state === 'planned' || queue.state === 'paused' || queue.state === 'ended') && (
          <Removal id={queue.id} onRemoved={onRemoved} />
        )}
      </div>
    </header>
  );
}

function useStep<M extends Extract<CommandName, `bulk.${string}`>>(method: M) {
  const { mutate, isPending } = useCommand(method);
  const tellError = useTellError();
  return { isPending, run: (input: InputOf<M>) => mutate(input, { onError: tellError }) };
}

type StepsProps = Pick<QueueHeadProps, 'concurrency' | 'onSign'> & { readonly queue: QueueData['queue'] };

function Steps({ queue, concurrency, onSign }: StepsProps) {
  const t = useText();
  const start = useStep('bulk.startQueue');
  const pause = useStep('bulk.pauseQueue');
  const cancel = useStep('bulk.cancelQueue');
  const retry = useStep('bulk.retryFailed');
  const { id, action, state, counts, needsOptions } = queue;
  const stands = state === 'planned' || state === 'paused';
  const isBusy = start.isPending || pause.isPending || retry.isPending;
  const begin = () => start.run({ id, concurrency });
  const asks = action === 'sign' && (state === 'planned' || needsOptions);
  const count = counts.waiting;
  return (
    <>
      {counts.failed > 0 && state !== 'running' && state !== 'pinning' && (
        <Button isDisabled={isBusy} onPress={() => retry.run({ id })}>
          {t('bulk.retry', { count: counts.failed })}
        </Button>
      )}
      {state === 'running' && (
        <Button isDisabled={isBusy} onPress={() => pause.run({ id })}>
          {t('bulk.pause')}
        </Button>
      )}
      {state !== 'ended' && (
        <Button isDisabled={cancel.isPending} onPress={() => cancel.run({ id })}>
          {t('bulk.cancel')}
        </Button>
      )}
      {stands && count > 0 && (
        <Button variant="primary" isDisabled={isBusy} onPress={asks ? onSign : begin}>
          {asks ? t('bulk.signOpen', { count }) : state === 'paused' ? t('bulk.resume') : t('bulk.start', { count })}
        </Button>
      )}
    </>
  );
}

const types: Readonly<Record<ReportForm, string>> = {
  json: 'application/json',
  csv: 'text/csv',
  md: 'text/markdown',
};

function ReportMenu({ data: { queue, items } }: Pick<QueueHeadProps, 'data'>) {
  const t = useText();
  const words = useReportWords(queue);
  const save = (form: ReportForm) => () =>
    downloadText(`inkan-${queue.action}-queue.${form}`, toReport(form, queue, items, words), types[form]);
  return (
    <MenuButton
      label={t('bulk.report')}
      entries={[
        { id: 'json', label: t('bulk.reportJson'), onAction: save('json') },
        { id: 'csv', label: t('bulk.reportCsv'), onAction: save('csv') },
        { id: 'md', label: t('bulk.reportMarkdown'), onAction: save('md') },
      ]}
    >
      <Button>
        <FileDown aria-hidden />
        {t('bulk.report')}
      </Button>
    </MenuButton>
  );
}

function Removal({ id, onRemoved }: { readonly id: string; readonly onRemoved: () => void }) {
  const t = useText();
  const remove = useCommand('bulk.removeQueue');
  const tellError = useTellError();
  const onAction = () => remove.mutate({ id }, { onError: tellError, onSuccess: onRemoved });
  return (
    <MenuButton
      label={t('ui.more')}
      entries={[{ id: 'remove', label: t('bulk.remove'), icon: Trash2, danger: true, onAction }]}
    >
      <IconButton label={t('ui.more')}>
        <Ellipsis aria-hidden />
      </IconButton>
    </MenuButton>
  );
}
