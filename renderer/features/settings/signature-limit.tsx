import { useState } from 'react';
import { Form } from 'react-aria-components';
import { settingsSchema } from '../../../shared/model/settings.ts';
import { useUpdateSettings } from '../../client/use-settings.ts';
import { useText } from '../../locales/use-text.tsx';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/fields.tsx';
import { Section } from '../../ui/page.tsx';
import { useTellError } from '../../ui/toast.tsx';
import styles from './settings.module.css';

/** How many signatures of an artifact are looked at. */
export function SignatureLimit({ maxSignatures }: { readonly maxSignatures: number }) {
  const t = useText();
  const update = useUpdateSettings();
  const tellError = useTellError();
  const [text, setText] = useState<string | null>(null);
  const shown = text ?? String(maxSignatures);
  const parsed = settingsSchema.shape.maxSignatures.safeParse(/^\d{1,6}$/.test(shown.trim()) ? Number(shown) : 0);
  const isChanged = parsed.success && parsed.data !== maxSignatures;
  return (
    <Section level="h2" title={t('settings.limits')}>
      <Form
        className={styles.limit ?? ''}
        onSubmit={(event) => {
          event.preventDefault();
          if (parsed.success) update({ maxSignatures: parsed.data }, tellError);
        }}
      >
        <TextField
          label={t('settings.maxSignatures')}
          hint={t('settings.maxSignaturesHint')}
          fault={parsed.success ? undefined : t('settings.maxSignaturesWrong')}
          value={shown}
          inputMode="numeric"
          onChange={setText}
        />
        <Button type="submit" isDisabled={!isChanged}>
          {t('settings.save')}
        </Button>
      </Form>
    </Section>
  );
}
