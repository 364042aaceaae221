import { useState } from 'react';
import type { QueueItem } from '../../../shared/model/bulk.ts';
import { useCall, useCommand } from '../../client/use-call.ts';
import { useText } from '../../locales/use-text.tsx';
import { Button } from '../../ui/button.tsx';
import { CommandLine, WholeDigest } from '../../ui/copy.tsx';
import { Sheet } from '../../ui/dialog.tsx';
import { Section } from '../../ui/page.tsx';
import { ErrorCard } from '../../ui/states.tsx';
import { Untrusted } from '../../ui/untrusted.tsx';
import { BeforeSigning } from './before-signing.tsx';
import { emptyDraft, missingFrom, toOptions, type SignDraft } from './sign-draft.ts';
import { SignForm } from './sign-form.tsx';
import styles from './sign.module.css';

interface SignQueueSheetProps {
  /** Of the queue. */
  readonly id: string;
  /** What will be signed, each with its digest. */
  readonly items: readonly QueueItem[];
  readonly concurrency: number;
  readonly onClose: () => void;
}

/** Asks how a queue signs, with one confirmation that lists every digest. */
export function SignQueueSheet({ id, items, concurrency, onClose }: SignQueueSheetProps) {
  const t = useText();
  const [draft, setDraft] = useState<SignDraft>(emptyDraft);
  const start = useCommand('bulk.startQueue');
  const missing = missingFrom(draft);
  const [first] = items;
  const reference = first?.digest ?? '';
  const plan = useCall(
    'sign.planSign',
    { sourceId: first?.sourceId ?? '', repository: first?.repository ?? '', reference, ...toOptions(draft) },
    { enabled: reference !== '' && missing === undefined, keepPrevious: true },
  );
  const isBlocked = plan.data?.findings.some(({ severity }) => severity === 'blocks') ?? true;
  const begin = () => start.mutate({ id, concurrency, options: toOptions(draft) }, { onSuccess: onClose });
  const footer = (
    <>
      <Button onPress={onClose}>{t('ui.cancel')}</Button>
      <Button
        variant="primary"
        isDisabled={missing !== undefined || isBlocked || plan.isPlaceholderData || start.isPending}
        isPending={start.isPending}
        onPress={begin}
      >
        {t('bulk.signVerb', { count: items.length })}
      </Button>
    </>
  );
  return (
    <Sheet title={t('bulk.signSheet', { count: items.length })} isOpen onClose={onClose} footer={footer}>
      <SignForm draft={draft} onChange={setDraft} signs="artifact" />
      <BeforeSigning missing={missing} findings={missing ? undefined : plan.data?.findings} error={plan.error} />
      {start.error && <ErrorCard error={start.error} />}
      {plan.data && !missing && (
        <Section title={t('sign.command')}>
          <CommandLine command={plan.data.command} />
        </Section>
      )}
      <Section title={t('sign.what')} note={t('bulk.signDigests')}>
        <ul className={styles.targets}>
          {items.map(({ name, digest }) => (
            <li key={name}>
              <b>
                <Untrusted text={name} />
              </b>
              {digest && <WholeDigest digest={digest} />}
            </li>
          ))}
        </ul>
      </Section>
    </Sheet>
  );
}
