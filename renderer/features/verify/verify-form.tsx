import { useState } from 'react';
import { useSettings } from '../../client/use-settings.ts';
import type { VerifyOptions } from '../../client/verify-options.ts';
import { useText } from '../../locales/use-text.tsx';
import { toVisibleText } from '../../locales/visible-text.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/choices.tsx';
import { Sheet } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/fields.tsx';
import { PluginConfigField, RequiredMetadataField } from '../../ui/option-pairs.tsx';
import { hasHalfPair } from '../../ui/pairs-field.tsx';
import { Callout } from '../../ui/states.tsx';
import { parseAsOf, parseLimit, toVerifyDraft, toVerifyOptions, type VerifyDraft } from './verify-draft.ts';
import styles from './verify.module.css';

interface VerifyFormProps {
  /** Of the artifact. */
  readonly name: string;
  /** Of the last verification. */
  readonly options: VerifyOptions;
  /** For a layout: what scopes are compared with unless another is given, empty where that is not known. Registries have no choice. */
  readonly layoutScope: string | undefined;
  /** A policy that is being edited and is not saved. */
  readonly draftPolicy: string | undefined;
  readonly onVerify: (options: VerifyOptions) => void;
  readonly onClose: () => void;
}

/** What must hold beside the policy, and how far to look: the options of `notation verify`. */
export function VerifyForm({ name, options, layoutScope, draftPolicy, onVerify, onClose }: VerifyFormProps) {
  const t = useText();
  const [draft, setDraft] = useState(() => toVerifyDraft(options));
  const chosen = toVerifyOptions(draft);
  const change = (changes: Partial<VerifyDraft>) => setDraft((now) => ({ ...now, ...changes }));
  const footer = (
    <>
      <Button onPress={onClose}>{t('ui.cancel')}</Button>
      <Button variant="primary" isDisabled={chosen === undefined} onPress={() => chosen && onVerify(chosen)}>
        {t('verifyForm.verb')}
      </Button>
    </>
  );
  return (
    <Sheet title={t('verifyForm.title', { name: toVisibleText(name) })} isOpen onClose={onClose} footer={footer}>
      <div className={styles.form}>
        <RequiredMetadataField pairs={draft.metadata} onChange={(metadata) => change({ metadata })} />
        <LimitField draft={draft} onChange={change} />
        {layoutScope !== undefined && (
          <TextField
            mono
            label={t('verifyForm.scope')}
            hint={t('verifyForm.scopeHint', { scope: layoutScope === '' ? 'none' : toVisibleText(layoutScope) })}
            value={draft.scope}
            maxLength={300}
            placeholder={layoutScope}
            onChange={(scope) => change({ scope })}
          />
        )}
        <PluginConfigField
          label={t('verifyForm.pluginConfig')}
          hint={t('verifyForm.pluginConfigHint')}
          pairs={draft.pluginConfig}
          onChange={(pluginConfig) => change({ pluginConfig })}
        />
        <Simulation draft={draft} draftPolicy={draftPolicy ?? options.draftPolicy} onChange={change} />
        {hasHalfPair(draft.metadata, draft.pluginConfig) && (
          <Callout compact tone="warn">
            {t('verifyForm.half')}
          </Callout>
        )}
      </div>
    </Sheet>
  );
}

interface SimulationProps {
  readonly draft: VerifyDraft;
  readonly draftPolicy: string | undefined;
  readonly onChange: (changes: Partial<VerifyDraft>) => void;
}

/** What would be: at another moment, or under a policy that is not saved yet. */
function Simulation({ draft, draftPolicy, onChange }: SimulationProps) {
  const t = useText();
  return (
    <>
      <TextField
        mono
        label={t('verifyForm.asOf')}
        hint={t('verifyForm.asOfHint')}
        fault={parseAsOf(draft.asOf) === 'wrong' ? t('verifyForm.asOfWrong') : undefined}
        value={draft.asOf}
        maxLength={32}
        placeholder="2027-01-31 12:00"
        onChange={(asOf) => onChange({ asOf })}
      />
      {draftPolicy !== undefined && (
        <Checkbox
          isSelected={draft.draftPolicy !== undefined}
          onChange={(isChosen) => onChange({ draftPolicy: isChosen ? draftPolicy : undefined })}
        >
          {t('verifyForm.draftPolicy')}
        </Checkbox>
      )}
    </>
  );
}

interface LimitFieldProps {
  readonly draft: VerifyDraft;
  readonly onChange: (changes: Partial<VerifyDraft>) => void;
}

function LimitField({ draft, onChange }: LimitFieldProps) {
  const t = useText();
  const { maxSignatures } = useSettings();
  return (
    <TextField
      mono
      label={t('verifyForm.maxSignatures')}
      hint={t('verifyForm.maxSignaturesHint', { count: maxSignatures })}
      fault={parseLimit(draft.maxSignatures) === 'wrong' ? t('verifyForm.maxSignaturesWrong') : undefined}
      value={draft.maxSignatures}
      inputMode="numeric"
      maxLength={6}
      placeholder={String(maxSignatures)}
      onChange={(text) => onChange({ maxSignatures: text })}
    />
  );
}
