import { useCall, useCommand } from '../../client/use-call.ts';
import { useText } from '../../locales/use-text.tsx';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { ErrorCard, SkeletonRows } from '../../ui/states.tsx';
import { tellDone } from '../../ui/toast.tsx';
import { LabItems } from './lab-items.tsx';
import styles from './lab.module.css';

/** Lists exactly what goes and what stays, then removes it. */
export function CleanUpDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useText();
  const plan = useCall('lab.planCleanUp', {});
  const cleanUp = useCommand('lab.cleanUp');
  const submit = () =>
    cleanUp.mutate(
      {},
      {
        onSuccess: ({ items }) => {
          const count = (action: string) => items.filter((item) => item.action === action).length;
          tellDone(t('lab.cleaned'), t('lab.cleanedText', { removed: count('remove'), kept: count('keep') }));
          onClose();
        },
      },
    );
  const kept = plan.data?.items.filter(({ action }) => action === 'keep') ?? [];
  const gone = plan.data?.items.filter(({ action }) => action !== 'keep') ?? [];
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={t('lab.cleanUpTitle')}
      verb={t('lab.cleanUpVerb')}
      isPending={cleanUp.isPending || !plan.data}
      onConfirm={submit}
    >
      <p>{t('lab.cleanUpText')}</p>
      {plan.isPending && <SkeletonRows count={4} />}
      {plan.isError && <ErrorCard error={plan.error} onRetry={() => void plan.refetch()} />}
      {cleanUp.isError && <ErrorCard error={cleanUp.error} />}
      {plan.data && (
        <div className={styles.removals} role="region" aria-label={t('lab.cleanUpText')} tabIndex={0}>
          {kept.length > 0 && (
            <section className={styles.kept}>
              <h3>{t('lab.cleanUpKept')}</h3>
              <LabItems roots={plan.data.roots} items={kept} />
            </section>
          )}
          <LabItems roots={plan.data.roots} items={gone} />
        </div>
      )}
    </ConfirmDialog>
  );
}
