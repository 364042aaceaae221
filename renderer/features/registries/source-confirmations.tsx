import type { Source } from '../../../shared/model/source.ts';
import { useCommand } from '../../client/use-call.ts';
import { useText } from '../../locales/use-text.tsx';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { ErrorCard } from '../../ui/states.tsx';
import { tellDone } from '../../ui/toast.tsx';

interface ConfirmationProps {
  readonly source: Source;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

export function LogoutDialog({ source, isOpen, onClose }: ConfirmationProps) {
  const t = useText();
  const logout = useCommand('registries.logout');
  const done = () => {
    tellDone(t('registries.logoutDone', { host: source.name }));
    onClose();
  };
  return (
    <ConfirmDialog
      title={t('registries.logoutTitle', { host: source.name })}
      isOpen={isOpen}
      onClose={onClose}
      verb={t('registries.logoutVerb')}
      isPending={logout.isPending}
      onConfirm={() => logout.mutate({ id: source.id }, { onSuccess: done })}
    >
      {logout.error && <ErrorCard error={logout.error} />}
      <p>{t('registries.logoutText')}</p>
    </ConfirmDialog>
  );
}

export function RemoveSourceDialog({
  source,
  isOpen,
  onClose,
  onRemoved,
}: ConfirmationProps & { readonly onRemoved: () => void }) {
  const t = useText();
  const remove = useCommand('registries.removeSource');
  const name = source.alias ?? source.name;
  const done = () => {
    onClose();
    onRemoved();
  };
  return (
    <ConfirmDialog
      title={t('registries.removeTitle', { name })}
      isOpen={isOpen}
      onClose={onClose}
      verb={t('registries.removeVerb')}
      isPending={remove.isPending}
      onConfirm={() => remove.mutate({ id: source.id }, { onSuccess: done })}
    >
      {remove.error && <ErrorCard error={remove.error} />}
      <p>{t('registries.removeText')}</p>
    </ConfirmDialog>
  );
}
