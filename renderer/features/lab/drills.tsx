import { useState } from 'react';
import { labDrills, type Lab, type LabDrill } from '../../../shared/model/lab.ts';
import { useCommand } from '../../client/use-call.ts';
import { useText } from '../../locales/use-text.tsx';
import { Button } from '../../ui/button.tsx';
import { Section } from '../../ui/page.tsx';
import { ErrorCard } from '../../ui/states.tsx';
import { DrillCard, drillIcons } from './drill-card.tsx';
import styles from './lab.module.css';

/** The drills: each can be run by itself, or all one after the other. */
export function Drills({ lab }: { readonly lab: Lab }) {
  const t = useText();
  const run = useCommand('lab.runDrill');
  const [running, setRunning] = useState<LabDrill | null>(null);
  const runThese = async (drills: readonly LabDrill[]) => {
    try {
      for (const drill of drills) {
        setRunning(drill);
        await run.mutateAsync({ drill });
      }
    } catch {
      // The command itself shows what went wrong.
    } finally {
      setRunning(null);
    }
  };
  return (
    <section aria-labelledby="lab-drills">
      <header className={styles.drillsHead}>
        <h2 id="lab-drills">{t('lab.drills')}</h2>
        <span className="sub">{t('lab.drillsNote')}</span>
        <Button size="small" isPending={running !== null} onPress={() => void runThese(labDrills)}>
          {t('lab.runAll')}
        </Button>
      </header>
      {run.isError && <ErrorCard error={run.error} />}
      <ul className={styles.drills}>
        {labDrills.map((drill) => (
          <DrillCard
            key={drill}
            drill={drill}
            state={lab.drills.find((made) => made.drill === drill)}
            isRunning={running === drill}
            isDisabled={running !== null}
            onRun={() => void runThese([drill])}
          />
        ))}
      </ul>
    </section>
  );
}

/** What there will be to try, before there is an example to try it with. */
export function DrillsToCome() {
  const t = useText();
  return (
    <Section level="h2" title={t('lab.drillsLater')}>
      <ul className={styles.toCome}>
        {labDrills.map((drill) => {
          const Icon = drillIcons[drill];
          return (
            <li key={drill}>
              <Icon aria-hidden />
              <b>{t(`lab.${drill}_title`)}</b>
              <span>{t(`lab.${drill}_story`)}</span>
            </li>
          );
        })}
      </ul>
    </Section>
  );
}
