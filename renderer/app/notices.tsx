import { Unplug } from 'lucide-react';
import { useConnection } from '../client/connection.ts';
import { useCall, useCommand } from '../client/use-call.ts';
import { useText } from '../locales/use-text.tsx';
import { Button } from '../ui/button.tsx';
import { Callout } from '../ui/states.tsx';
import { useTellError } from '../ui/toast.tsx';
import styles from './shell.module.css';

/** What stands above every screen while it matters: no connection, and the choice of the first run. */
export function Notices() {
  return (
    <div className={styles.notices}>
      <Disconnected />
      <FirstRun />
    </div>
  );
}

function Disconnected() {
  const t = useText();
  const state = useConnection((connection) => connection.state);
  if (state === 'open') return null;
  const title = t(state === 'refused' ? 'app.refusedTitle' : 'app.endedTitle');
  return (
    <div className={styles.notice}>
      <Callout tone="warn" icon={Unplug} role="alert" title={title}>
        <p>{t(state === 'refused' ? 'app.refusedText' : 'app.endedText')}</p>
      </Callout>
    </div>
  );
}

function FirstRun() {
  const t = useText();
  const { data } = useCall('app.describeHost', {});
  const choose = useCommand('app.chooseConfiguration');
  const tellError = useTellError();
  if (!data || data.configuration.choice !== 'unset' || data.configuration.fixedByEnvironment) return null;
  const pick = (choice: 'notation' | 'scratch') => choose.mutate({ choice }, { onError: tellError });
  return (
    <div className={styles.notice}>
      <Callout
        tone="plain"
        title={t('app.firstRunTitle')}
        actions={
          <>
            <Button size="small" isDisabled={choose.isPending} onPress={() => pick('notation')}>
              {t('app.firstRunNotation')}
            </Button>
            <Button size="small" isDisabled={choose.isPending} onPress={() => pick('scratch')}>
              {t('app.firstRunScratch')}
            </Button>
          </>
        }
      >
        <p>
          {t('app.firstRunText')} {t('app.firstRunPath', { path: data.configuration.notationPath })}
        </p>
      </Callout>
    </div>
  );
}
