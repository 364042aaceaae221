import { useCall, useCommand } from '../../client/use-call.ts';
import { useFormat } from '../../locales/format.ts';
import { useText } from '../../locales/use-text.tsx';
import { CommandLine } from '../../ui/copy.tsx';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { Section } from '../../ui/page.tsx';
import { Callout, ErrorCard, SkeletonRows } from '../../ui/states.tsx';
import { Untrusted } from '../../ui/untrusted.tsx';
import styles from './install.module.css';

/** Removes a plugin; lists what goes first, and what can no longer sign. */
export function UninstallDialog({ plugin, onClose }: { readonly plugin: string; readonly onClose: () => void }) {
  const t = useText();
  const format = useFormat();
  const plan = useCall('pluginPackages.planUninstall', { plugin });
  const remove = useCommand('pluginPackages.uninstallPlugin');
  const confirm = () => plan.data && remove.mutate({ plugin, revision: plan.data.revision }, { onSuccess: onClose });
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={t('pluginPackages.uninstallTitle', { plugin })}
      verb={t('pluginPackages.uninstall')}
      isPending={remove.isPending || !plan.data}
      onConfirm={confirm}
    >
      <p>{t('pluginPackages.uninstallText')}</p>
      {plan.isPending && <SkeletonRows count={3} />}
      {plan.isError && <ErrorCard error={plan.error} onRetry={() => void plan.refetch()} />}
      {plan.data && (
        <>
          <ul className={styles.files}>
            {plan.data.files.map(({ path, size, kind }) => (
              <li key={path}>
                <Untrusted text={kind === 'directory' ? `${path}/` : path} mono />
                <span className="dim">{kind === 'file' ? format.bytes(size) : t(`pluginPackages.kind_${kind}`)}</span>
              </li>
            ))}
          </ul>
          {plan.data.keys.length > 0 && (
            <Callout tone="warn" title={t('pluginPackages.keysLost', { count: plan.data.keys.length })}>
              <p>
                <Untrusted text={plan.data.keys.join(', ')} />
              </p>
            </Callout>
          )}
          <Section title={t('sign.command')}>
            <CommandLine command={plan.data.command} />
          </Section>
        </>
      )}
      {remove.isError && <ErrorCard error={remove.error} onRetry={() => void plan.refetch()} />}
    </ConfirmDialog>
  );
}
