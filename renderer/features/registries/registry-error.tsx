import { useState } from 'react';
import type { Source } from '../../../shared/model/source.ts';
import { useCommand } from '../../client/use-call.ts';
import { toFault } from '../../locales/error-text.ts';
import { useText } from '../../locales/use-text.tsx';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { Facts } from '../../ui/page.tsx';
import { ErrorCard } from '../../ui/states.tsx';
import { Untrusted } from '../../ui/untrusted.tsx';
import { EditSourceDialog } from './edit-source-dialog.tsx';
import { realmOrigin } from './realm-origin.ts';

interface RegistryErrorProps {
  readonly source: Source;
  readonly error: unknown;
  readonly onRetry?: () => void;
}

/** An error of a registry; with a way to allow that the credential goes to another host, or to the settings when it speaks plain HTTP. */
export function RegistryError({ source, error, onRetry }: RegistryErrorProps) {
  const t = useText();
  const [isAsking, setAsking] = useState(false);
  const [isEditing, setEditing] = useState(false);
  const fault = toFault(error);
  const origin = realmOrigin(fault);
  const action =
    origin === null ? (
      fault.code === 'registry.spokeHttp' && (
        <Button size="small" onPress={() => setEditing(true)}>
          {t('registries.edit')}
        </Button>
      )
    ) : (
      <Button size="small" onPress={() => setAsking(true)}>
        {t('registries.realmTrust', { realm: new URL(origin).host, host: source.name })}
      </Button>
    );
  return (
    <>
      <ErrorCard error={error} {...(onRetry && { onRetry })} actions={action} />
      {isEditing && <EditSourceDialog source={source} isOpen onClose={() => setEditing(false)} />}
      {isAsking && origin !== null && (
        <TrustRealmDialog
          source={source}
          origin={origin}
          onClose={() => setAsking(false)}
          onTrusted={() => onRetry?.()}
        />
      )}
    </>
  );
}

interface TrustRealmDialogProps {
  readonly source: Source;
  readonly origin: string;
  readonly onClose: () => void;
  readonly onTrusted: () => void;
}

function TrustRealmDialog({ source, origin, onClose, onTrusted }: TrustRealmDialogProps) {
  const t = useText();
  const update = useCommand('registries.updateSource');
  const trustedRealms = [...(source.trustedRealms ?? []), origin];
  const done = () => {
    onClose();
    onTrusted();
  };
  return (
    <ConfirmDialog
      isOpen
      title={t('registries.realmTitle')}
      onClose={onClose}
      verb={t('registries.realmVerb')}
      isPending={update.isPending}
      onConfirm={() => update.mutate({ id: source.id, trustedRealms }, { onSuccess: done })}
    >
      {update.error && <ErrorCard error={update.error} />}
      <p>{t('registries.realmText')}</p>
      <Facts
        items={[
          [t('registries.realmHost'), <Untrusted key="host" text={source.name} mono />],
          [t('registries.realmOrigin'), <Untrusted key="realm" text={origin} mono />],
        ]}
      />
    </ConfirmDialog>
  );
}
