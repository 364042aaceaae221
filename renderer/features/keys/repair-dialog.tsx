import { FolderOpen, FolderSearch } from 'lucide-react';
import { useState } from 'react';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import { useCall, useCommand } from '../../client/use-call.ts';
import { useText } from '../../locales/use-text.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Section } from '../../ui/page.tsx';
import { Rich } from '../../ui/rich.tsx';
import { Callout, ErrorCard, SkeletonRows } from '../../ui/states.tsx';
import { Untrusted } from '../../ui/untrusted.tsx';
import { FoundKeys, ReplacedParts } from './found-keys.tsx';
import styles from './repair.module.css';

type RepairPlan = OutputOf<'keys.planRepair'>;

/** Finds files of keys again: says what would change in the list, and changes that once it is confirmed. */
export function RepairDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useText();
  const [place, setPlace] = useState<string | undefined>(undefined);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const at = place === undefined ? {} : { place };
  const plan = useCall('keys.planRepair', at);
  const repair = useCommand('keys.repairKeys');
  const chosen = (plan.data?.found ?? []).filter(({ name, problems }) => problems.length === 0 && !left.has(name));
  const names = chosen.map(({ name }) => name);
  const choose = (name: string, isChosen: boolean) =>
    setLeft((now) => new Set(isChosen ? [...now].filter((other) => other !== name) : [...now, name]));
  const done = () => {
    if (plan.data?.lost.length === 0) onClose();
    else void plan.refetch();
  };
  const footer = (
    <>
      <Button onPress={onClose}>{t('ui.cancel')}</Button>
      <Button
        variant="primary"
        isDisabled={names.length === 0}
        isPending={repair.isPending}
        onPress={() => repair.mutate({ ...at, names }, { onSuccess: done })}
      >
        {t('keys.repairVerb', { count: names.length })}
      </Button>
    </>
  );
  return (
    <Dialog isOpen wide onClose={onClose} title={t('keys.repairTitle')} footer={footer}>
      {plan.isPending && <SkeletonRows count={4} />}
      {plan.isError && <ErrorCard error={plan.error} onRetry={() => void plan.refetch()} />}
      {plan.data && (
        <>
          <p className="sub">
            <Rich id="keys.repairLead" values={{ place: plan.data.place }} />
          </p>
          <ReplacedParts found={chosen} />
          <FoundKeys found={plan.data.found} left={left} onChoose={choose} />
          <Elsewhere plan={plan.data} onPlace={setPlace} onAgain={() => void plan.refetch()} />
          <p className="sub">{t('keys.repairNoCommand')}</p>
        </>
      )}
      {repair.isError && <ErrorCard error={repair.error} />}
    </Dialog>
  );
}

interface ElsewhereProps {
  readonly plan: RepairPlan;
  readonly onPlace: (place: string) => void;
  readonly onAgain: () => void;
}

/** What was not found, and where else to look: the desktop asks for a folder, a browser cannot. */
function Elsewhere({ plan: { lost, found, place }, onPlace, onAgain }: ElsewhereProps) {
  const t = useText();
  const host = useCall('app.describeHost', {}, { staleTimeMs: Infinity }).data;
  const choose = useCommand('keys.chooseKeyPlace');
  const ask = (name?: string) =>
    choose.mutate(name === undefined ? {} : { name }, {
      onSuccess: ({ place: chosen }) => {
        if (chosen !== null) onPlace(chosen);
      },
    });
  const isNative = host?.capabilities.includes('nativeDialog') ?? false;
  if (lost.length === 0 && found.length === 0) return <Callout tone="ok" title={t('keys.repairNothing')} compact />;
  return (
    <>
      {lost.length > 0 && (
        <Section title={t('keys.repairLost')} note={lost.length}>
          <ul className={styles.lost}>
            {lost.map((name) => (
              <li key={name}>
                <b>
                  <Untrusted text={name} />
                </b>
                {isNative && (
                  <Button size="small" onPress={() => ask(name)} isDisabled={choose.isPending}>
                    <FolderOpen aria-hidden />
                    {t('keys.repairOwn', { name })}
                  </Button>
                )}
              </li>
            ))}
          </ul>
          <p className="sub">
            <Rich id="keys.repairCopy" values={{ place }} />
          </p>
        </Section>
      )}
      <div className={styles.elsewhere}>
        {isNative && (
          <Button size="small" onPress={() => ask()} isPending={choose.isPending}>
            <FolderSearch aria-hidden />
            {t('keys.repairOther')}
          </Button>
        )}
        {lost.length > 0 && (
          <Button size="small" onPress={onAgain}>
            {t('keys.repairAgain')}
          </Button>
        )}
      </div>
      {choose.isError && <ErrorCard error={choose.error} />}
    </>
  );
}
