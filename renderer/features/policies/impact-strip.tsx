import { ArrowLeftRight, ArrowRight } from 'lucide-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import { useCall } from '../../client/use-call.ts';
import { useText } from '../../locales/use-text.tsx';
import { Button, TextButton } from '../../ui/button.tsx';
import { Sheet } from '../../ui/dialog.tsx';
import { Rich } from '../../ui/rich.tsx';
import { Callout, ErrorCard } from '../../ui/states.tsx';
import { Untrusted } from '../../ui/untrusted.tsx';
import { useDebounced } from '../../ui/use-debounced.ts';
import { VerdictChip } from '../../ui/verdict-chip.tsx';
import styles from './impact.module.css';

type Impact = OutputOf<'impact.judgeDraft'>;
type Changed = Impact['changed'][number];

const settleMs = 600;

/** Under the editor while there is a draft: for which artifacts verified lately it would change the verdict. */
export function ImpactStrip({ text }: { readonly text: string }) {
  const t = useText();
  const client = useQueryClient();
  const settled = useDebounced(text, settleMs);
  const [cancelled, setCancelled] = useState<string | null>(null);
  const isWanted = cancelled !== settled;
  const input = { text: settled };
  const answer = useCall('impact.judgeDraft', input, { enabled: isWanted, keepPrevious: true });
  const isAsking = isWanted && (answer.isFetching || settled !== text);
  const cancel = () => {
    setCancelled(settled);
    void client.cancelQueries({ queryKey: ['impact.judgeDraft'] });
  };
  return (
    <section className={styles.strip} aria-label={t('policyTrial.impactLabel')} aria-busy={isAsking}>
      <ArrowLeftRight aria-hidden />
      {isAsking ? (
        <>
          <span>{t('policyTrial.impactAsking', { count: answer.data?.total ?? 0 })}</span>
          <Button size="small" variant="quiet" onPress={cancel}>
            {t('ui.cancel')}
          </Button>
        </>
      ) : !isWanted ? (
        <>
          <span>{t('policyTrial.impactCancelled')}</span>
          <Button size="small" onPress={() => setCancelled(null)}>
            {t('policyTrial.impactAgain')}
          </Button>
        </>
      ) : answer.isError ? (
        <ErrorCard error={answer.error} onRetry={() => void answer.refetch()} />
      ) : (
        answer.data && <Told impact={answer.data} />
      )}
    </section>
  );
}

function Told({ impact }: { readonly impact: Impact }) {
  const t = useText();
  const [isOpen, setOpen] = useState(false);
  const { isValid, total, changed, unjudged } = impact;
  if (!isValid) return <span>{t('policyTrial.impactInvalid')}</span>;
  if (total === 0) return <span>{t('policyTrial.impactNothing')}</span>;
  return (
    <>
      <span>
        {changed.length === 0 ? (
          t('policyTrial.impactNone', { total })
        ) : (
          <Rich id="policyTrial.impactSome" values={{ total, changed: changed.length }} />
        )}
      </span>
      {summaries(changed).map(([key, [first, ...others]]) => (
        <span key={key} className={styles.step}>
          {first && (
            <>
              {others.length + 1} <VerdictChip verdict={first.before.verdict} />
              <ArrowRight aria-hidden />
              <VerdictChip verdict={first.after.verdict} />
            </>
          )}
        </span>
      ))}
      {unjudged.length > 0 && (
        <span className="sub">{t('policyTrial.impactUnjudged', { count: unjudged.length })}</span>
      )}
      {changed.length + unjudged.length > 0 && (
        <span className={styles.see}>
          <TextButton onPress={() => setOpen(true)}>{t('policyTrial.impactSee')}</TextButton>
        </span>
      )}
      {isOpen && <ImpactSheet impact={impact} onClose={() => setOpen(false)} />}
    </>
  );
}

/** Artifacts with the same step stand together. */
function summaries(changed: readonly Changed[]): readonly (readonly [string, readonly Changed[]])[] {
  const found = new Map<string, Changed[]>();
  for (const item of changed) {
    const key = `${item.before.verdict} ${item.after.verdict}`;
    found.set(key, [...(found.get(key) ?? []), item]);
  }
  return [...found].slice(0, 3);
}

function ImpactSheet({ impact, onClose }: { readonly impact: Impact; readonly onClose: () => void }) {
  const t = useText();
  const { changed, unjudged } = impact;
  return (
    <Sheet title={t('policyTrial.impactTitle')} isOpen onClose={onClose}>
      <ul className={styles.artifacts}>
        {changed.map((item) => (
          <li key={`${item.sourceId} ${item.name}`}>
            <code>
              <Untrusted text={item.name} />
            </code>
            <div className={styles.step}>
              <VerdictChip verdict={item.before.verdict} />
              <ArrowRight aria-hidden />
              <VerdictChip verdict={item.after.verdict} />
            </div>
            <p className="sub">
              <Under judged={item.before} /> → <Under judged={item.after} />
            </p>
          </li>
        ))}
      </ul>
      {unjudged.length > 0 && (
        <Callout tone="plain" title={t('policyTrial.impactUnjudgedTitle')}>
          <p>{t('policyTrial.impactUnjudgedText')}</p>
          <ul>
            {unjudged.map(({ sourceId, name }) => (
              <li key={`${sourceId} ${name}`}>
                <code>
                  <Untrusted text={name} />
                </code>
              </li>
            ))}
          </ul>
        </Callout>
      )}
    </Sheet>
  );
}

function Under({ judged: { statement } }: { readonly judged: Changed['before'] }) {
  const t = useText();
  return statement === undefined ? t('policyTrial.underNone') : t('policyTrial.under', { statement });
}
