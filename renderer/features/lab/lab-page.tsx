import { FlaskConical } from 'lucide-react';
import { useState } from 'react';
import type { Lab } from '../../../shared/model/lab.ts';
import { useCall } from '../../client/use-call.ts';
import { useText } from '../../locales/use-text.tsx';
import { Button } from '../../ui/button.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { Page, PageHeader } from '../../ui/page.tsx';
import { Callout } from '../../ui/states.tsx';
import { TestMark } from '../../ui/test-mark.tsx';
import { CleanUpDialog } from './clean-up-dialog.tsx';
import { Drills, DrillsToCome } from './drills.tsx';
import { ExampleCard } from './example-card.tsx';
import styles from './lab.module.css';
import { MakeCard } from './make-card.tsx';

/** The test lab: a working example at one click, and the ways in which it fails. */
export function LabPage() {
  const t = useText();
  const state = useCall('lab.readLab', {});
  const [cleaning, setCleaning] = useState(false);
  const lab = state.data?.lab ?? null;
  const header = (
    <PageHeader
      title={t('lab.title')}
      facts={<TestMark />}
      text={t('lab.lead')}
      actions={lab && <Button onPress={() => setCleaning(true)}>{t('lab.cleanUp')}</Button>}
    />
  );
  return (
    <Page header={header}>
      <Loaded query={state}>
        {(data) => (
          <div className={styles.body}>
            {data.lab ? (
              <LabBody lab={data.lab} />
            ) : (
              <>
                <MakeCard />
                <DrillsToCome />
              </>
            )}
          </div>
        )}
      </Loaded>
      {cleaning && <CleanUpDialog onClose={() => setCleaning(false)} />}
    </Page>
  );
}

function LabBody({ lab }: { readonly lab: Lab }) {
  const t = useText();
  if (!lab.isHere)
    return (
      <Callout tone="warn" icon={FlaskConical} title={t('lab.elsewhere')}>
        <p>{t('lab.elsewhereText', { directory: lab.directory })}</p>
      </Callout>
    );
  return (
    <>
      <ExampleCard lab={lab} />
      <Drills lab={lab} />
    </>
  );
}
