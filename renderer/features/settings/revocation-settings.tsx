import { useState } from 'react';
import { Form } from 'react-aria-components';
import { settingsSchema, type Settings } from '../../../shared/model/settings.ts';
import { useUpdateSettings } from '../../client/use-settings.ts';
import { useText } from '../../locales/use-text.tsx';
import { Button } from '../../ui/button.tsx';
import { Segments } from '../../ui/choices.tsx';
import { TextField } from '../../ui/fields.tsx';
import { Section } from '../../ui/page.tsx';
import { useTellError } from '../../ui/toast.tsx';
import styles from './settings.module.css';

type TimeoutName = 'ocspTimeoutSeconds' | 'crlTimeoutSeconds';

/** Whether, where and for how long servers are asked if a certificate was revoked. */
export function RevocationSettings({ settings }: { readonly settings: Settings }) {
  const t = useText();
  const update = useUpdateSettings();
  const tellError = useTellError();
  const { revocationOnline, revocationPrivateAddresses } = settings;
  return (
    <Section level="h2" title={t('settings.revocation')}>
      <div className={styles.row}>
        <span aria-hidden>{t('settings.revocationServers')}</span>
        <Segments
          label={t('settings.revocationServers')}
          value={revocationOnline ? 'online' : 'offline'}
          onChange={(choice) => update({ revocationOnline: choice === 'online' }, tellError)}
          choices={[
            { id: 'online', label: t('settings.revocationOnline') },
            { id: 'offline', label: t('settings.revocationOffline') },
          ]}
        />
      </div>
      {!revocationOnline && <p className={styles.note}>{t('settings.revocationOfflineNote')}</p>}
      <div className={styles.row}>
        <span aria-hidden>{t('settings.revocationAddresses')}</span>
        <Segments
          label={t('settings.revocationAddresses')}
          value={revocationPrivateAddresses ? 'any' : 'public'}
          onChange={(choice) => update({ revocationPrivateAddresses: choice === 'any' }, tellError)}
          choices={[
            { id: 'public', label: t('settings.revocationPublic') },
            { id: 'any', label: t('settings.revocationAny') },
          ]}
        />
      </div>
      <p className={styles.note}>{t('settings.revocationAddressesNote')}</p>
      <div className={styles.stack}>
        <Timeout name="ocspTimeoutSeconds" seconds={settings.ocspTimeoutSeconds} />
        <Timeout name="crlTimeoutSeconds" seconds={settings.crlTimeoutSeconds} />
      </div>
    </Section>
  );
}

function Timeout({ name, seconds }: { readonly name: TimeoutName; readonly seconds: number }) {
  const t = useText();
  const update = useUpdateSettings();
  const tellError = useTellError();
  const [text, setText] = useState<string | null>(null);
  const shown = text ?? String(seconds);
  const parsed = settingsSchema.shape[name].safeParse(/^\d{1,6}$/.test(shown.trim()) ? Number(shown) : 0);
  const isChanged = parsed.success && parsed.data !== seconds;
  return (
    <Form
      className={styles.limit ?? ''}
      onSubmit={(event) => {
        event.preventDefault();
        if (parsed.success) update({ [name]: parsed.data }, tellError);
      }}
    >
      <TextField
        label={t(`settings.${name}`)}
        hint={t(`settings.${name}Hint`)}
        fault={parsed.success ? undefined : t(`settings.${name}Wrong`)}
        value={shown}
        inputMode="numeric"
        onChange={setText}
      />
      <Button type="submit" isDisabled={!isChanged}>
        {t('settings.save')}
      </Button>
    </Form>
  );
}
