import type { SigningKey } from '../../../shared/model/signing-key.ts';
import { useCall, useCommand } from '../../client/use-call.ts';
import { useText } from '../../locales/use-text.tsx';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { PlannedFiles } from '../../ui/planned-files.tsx';
import { Rich } from '../../ui/rich.tsx';
import { ErrorCard, SkeletonRows } from '../../ui/states.tsx';

interface RemoveDialogProps {
  readonly signingKey: SigningKey;
  readonly onClose: () => void;
}

/** Takes a key off the list; its files stay, and it says so. */
export function RemoveKeyDialog({ signingKey: { name, keyPath, isDefault, kind }, onClose }: RemoveDialogProps) {
  const t = useText();
  const remove = useCommand('keys.deleteKey');
  const done = () => {
    onClose();
  };
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={t('keys.removeTitle', { name })}
      verb={t('keys.removeVerb')}
      isPending={remove.isPending}
      onConfirm={() => remove.mutate({ name }, { onSuccess: done })}
    >
      <p>
        {kind === 'local' ? <Rich id="keys.removeText" values={{ path: keyPath ?? '' }} /> : t('keys.removeTextPlugin')}
      </p>
      {isDefault && <p>{t('keys.removeDefault')}</p>}
      {remove.isError && <ErrorCard error={remove.error} />}
    </ConfirmDialog>
  );
}

/** Removes what was made for a test key; lists it first. */
export function CleanUpDialog({ signingKey: { name }, root, onClose }: RemoveDialogProps & { readonly root: string }) {
  const t = useText();
  const plan = useCall('keys.planCleanUp', { name });
  const cleanUp = useCommand('keys.cleanUpTestKey');
  const done = () => {
    onClose();
  };
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={t('keys.cleanUpTitle', { name })}
      verb={t('keys.cleanUpVerb')}
      isPending={cleanUp.isPending || !plan.data}
      onConfirm={() => cleanUp.mutate({ name }, { onSuccess: done })}
    >
      <p>{t('keys.cleanUpText')}</p>
      {plan.isPending && <SkeletonRows count={3} />}
      {plan.isError && <ErrorCard error={plan.error} onRetry={() => void plan.refetch()} />}
      {plan.data && <PlannedFiles root={root} files={plan.data.files} />}
      {plan.data?.problems.map((problem) => (
        <ErrorCard key={problem.code} error={problem} />
      ))}
      {cleanUp.isError && <ErrorCard error={cleanUp.error} />}
    </ConfirmDialog>
  );
}
