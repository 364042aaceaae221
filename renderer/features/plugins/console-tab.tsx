import { CircleAlert, Check, Terminal } from 'lucide-react';
import type { RecordedPluginCall } from '../../../shared/model/plugin.ts';
import { useCall, useCommand } from '../../client/use-call.ts';
import { useErrorText } from '../../locales/error-text.ts';
import { useFormat } from '../../locales/format.ts';
import { useText } from '../../locales/use-text.tsx';
import { Button } from '../../ui/button.tsx';
import { Chip } from '../../ui/chip.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { CodeBlock } from '../../ui/page.tsx';
import { Empty } from '../../ui/states.tsx';
import styles from './plugins.module.css';

const refreshMs = 2000;

/** The last calls to a plugin, without secrets. */
export function ConsoleTab({ plugin }: { readonly plugin: string }) {
  const t = useText();
  const calls = useCall('plugins.readConsole', { plugin }, { everyMs: refreshMs });
  const clear = useCommand('plugins.clearConsole');
  return (
    <Loaded query={calls}>
      {(data) =>
        data.calls.length === 0 ? (
          <Empty icon={Terminal} title={t('plugins.consoleEmptyTitle')}>
            {t('plugins.consoleEmptyText')}
          </Empty>
        ) : (
          <div className={styles.console}>
            <div className={styles.consoleHead}>
              <p className="sub">{t('plugins.consoleText')}</p>
              <Button size="small" onPress={() => clear.mutate({}, { onSuccess: () => void calls.refetch() })}>
                {t('plugins.consoleClear')}
              </Button>
            </div>
            {data.calls.map((call) => (
              <Call key={call.id} call={call} />
            ))}
          </div>
        )
      }
    </Loaded>
  );
}

function Call({ call }: { readonly call: RecordedPluginCall }) {
  const t = useText();
  const format = useFormat();
  const errorText = useErrorText();
  const { command, startedAt, durationMs, exitCode, request, response, stderr, problem } = call;
  return (
    <details className={styles.call}>
      <summary>
        <code>{command}</code>
        {problem ? (
          <Chip tone="err" icon={CircleAlert}>
            {t('plugins.callFailed')}
          </Chip>
        ) : (
          <Chip tone="ok" icon={Check}>
            {t('plugins.callAnswered')}
          </Chip>
        )}
        <span className={styles.when}>
          {t('plugins.callFacts', { time: format.dateTime(startedAt), ms: durationMs, status: exitCode ?? 'none' })}
        </span>
      </summary>
      {problem && <p>{`${errorText(problem).title} ${errorText(problem).cause}`}</p>}
      <h4>{t('plugins.request')}</h4>
      <CodeBlock text={request} label={t('plugins.request')} />
      {response !== '' && (
        <>
          <h4>{t('plugins.response')}</h4>
          <CodeBlock text={response} label={t('plugins.response')} />
        </>
      )}
      {stderr !== '' && (
        <>
          <h4>{t('plugins.stderr')}</h4>
          <CodeBlock text={stderr} label={t('plugins.stderr')} />
        </>
      )}
    </details>
  );
}
