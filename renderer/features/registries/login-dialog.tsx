import { useState } from 'react';
import type { Source } from '../../../shared/model/source.ts';
import { useCommand } from '../../client/use-call.ts';
import { useText } from '../../locales/use-text.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/fields.tsx';
import { Callout } from '../../ui/states.tsx';
import { tellDone } from '../../ui/toast.tsx';
import { RegistryError } from './registry-error.tsx';

interface LoginDialogProps {
  readonly source: Source;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** Logs in to a registry. The password is gone from the page when the dialog closes. */
export function LoginDialog(props: LoginDialogProps) {
  return props.isOpen ? <Body {...props} /> : null;
}

function Body({ source, isOpen, onClose }: LoginDialogProps) {
  const t = useText();
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const login = useCommand('registries.login');
  const [failure, setFailure] = useState<Error | null>(null);
  const submit = () =>
    login.mutate(
      { id: source.id, username, password },
      {
        onSuccess: ({ helper }) => {
          tellDone(t('registries.loginDone', { host: source.name }), t('registries.loginDoneText', { helper }));
          onClose();
        },
        onError: setFailure,
        onSettled: () => login.reset(),
      },
    );
  const footer = (
    <>
      <Button onPress={onClose}>{t('ui.cancel')}</Button>
      <Button variant="primary" isDisabled={password === '' || login.isPending} onPress={submit}>
        {t('registries.loginVerb')}
      </Button>
    </>
  );
  return (
    <Dialog title={t('registries.loginTitle', { host: source.name })} isOpen={isOpen} onClose={onClose} footer={footer}>
      {failure && <RegistryError source={source} error={failure} />}
      {source.insecure && <Callout tone="warn" title={t('registries.loginPlainWarning')} />}
      <TextField
        autoFocus
        label={t('registries.loginUser')}
        hint={t('registries.loginUserHint')}
        value={username}
        onChange={setUsername}
        maxLength={1024}
      />
      <TextField
        type="password"
        label={t('registries.loginPassword')}
        hint={t('registries.loginPasswordHint')}
        value={password}
        onChange={setPassword}
        onEnter={() => {
          if (password !== '') submit();
        }}
      />
    </Dialog>
  );
}
