import { Link } from '@tanstack/react-router';
import type { SigningKey } from '../../../shared/model/signing-key.ts';
import { useCall } from '../../client/use-call.ts';
import { useText, type Translate } from '../../locales/use-text.tsx';
import { toVisibleText } from '../../locales/visible-text.ts';
import { buttonLink } from '../../ui/button.tsx';
import { SelectField } from '../../ui/choices.tsx';
import { TextField } from '../../ui/fields.tsx';
import { PluginConfigField } from '../../ui/option-pairs.tsx';
import { Callout, ErrorCard, SkeletonRows } from '../../ui/states.tsx';
import { useIsTest } from '../../ui/test-mark.tsx';
import { NoKeys } from './no-keys.tsx';
import { noPluginKey, type SignDraft } from './sign-draft.ts';
import styles from './sign.module.css';

export interface KeyChoiceProps {
  readonly draft: SignDraft;
  readonly onChange: (draft: SignDraft) => void;
  /** A plugin that makes whole envelopes cannot sign files. */
  readonly signs: 'artifact' | 'files';
}

/** No key of the list is called so. */
const ofPlugin = '\u0000plugin';

function noteOn(key: SigningKey, isTest: boolean, t: Translate): string {
  if (key.problems.length > 0) return t('sign.keyProblem');
  if (key.kind === 'plugin') return toVisibleText(t('sign.keyPlugin', { plugin: key.pluginName ?? '' }));
  const subject = key.chain[0]?.subject ?? '';
  const mark = isTest && t('certificates.test');
  return toVisibleText([mark, key.algorithm, subject].filter(Boolean).join(' · '));
}

/** A key of the list, or one that a plugin keeps, named for this one signature. */
export function KeyChoice(props: KeyChoiceProps) {
  const { draft, onChange } = props;
  const t = useText();
  const isTest = useIsTest();
  const { data, error } = useCall('keys.listKeys', {});
  if (error) return <ErrorCard error={error} />;
  const keys = data?.keys ?? [];
  // Settings are for one plugin, and are handed to no other.
  const takePlugin = () => onChange({ ...draft, pluginKey: draft.pluginKey ?? noPluginKey, pluginConfig: [] });
  const takeListed = (keyName: string) => onChange({ ...draft, keyName, pluginKey: null, pluginConfig: [] });
  if (data && keys.length === 0 && draft.pluginKey === null) return <NoKeys path={data.path} onPlugin={takePlugin} />;
  const inUse = draft.keyName ?? keys.find(({ isDefault }) => isDefault)?.name ?? null;
  return (
    <>
      <SelectField
        label={t('sign.key')}
        value={draft.pluginKey ? ofPlugin : inUse}
        onChange={(id) => (id === ofPlugin ? takePlugin() : takeListed(id))}
        choices={[
          ...keys.map((key) => ({
            id: key.name,
            label: toVisibleText(key.isDefault ? t('sign.keyDefault', { name: key.name }) : key.name),
            text: noteOn(key, key.chain.some(isTest), t),
          })),
          { id: ofPlugin, label: t('sign.keyOfPlugin'), text: t('sign.keyOfPluginText') },
        ]}
      />
      {draft.pluginKey && <PluginKey {...props} />}
    </>
  );
}

/** Which plugin, and how it names the key. */
function PluginKey({ draft, onChange, signs }: KeyChoiceProps) {
  const t = useText();
  const { data, error } = useCall('plugins.listPlugins', {});
  const key = draft.pluginKey ?? noPluginKey;
  const choose = (plugin: string) => {
    const pluginConfig = key.plugin === '' || key.plugin === plugin ? draft.pluginConfig : [];
    onChange({ ...draft, pluginKey: { ...key, plugin }, pluginConfig });
  };
  if (error) return <ErrorCard error={error} />;
  if (!data) return <SkeletonRows count={1} />;
  if (data.plugins.length === 0) {
    const install = (
      <Link to="/plugins" className={buttonLink('small')}>
        {t('sign.openPlugins')}
      </Link>
    );
    return <Callout tone="plain" title={t('sign.noPlugins')} actions={install} />;
  }
  const whyNot = (capabilities: readonly string[] = []): string | undefined => {
    if (capabilities.includes('SIGNATURE_GENERATOR.RAW')) return undefined;
    if (!capabilities.includes('SIGNATURE_GENERATOR.ENVELOPE')) return t('sign.pluginSignsNot');
    return signs === 'files' ? t('sign.pluginSignsNoFiles') : undefined;
  };
  const choices = data.plugins.map(({ name, metadata, problems }) => {
    const fault = problems.length > 0 ? t('plugins.unusable') : whyNot(metadata?.capabilities);
    const text = fault ?? toVisibleText(metadata?.description ?? '');
    return { id: name, label: toVisibleText(name), text, isDisabled: fault !== undefined };
  });
  return (
    <div className={styles.given}>
      <SelectField
        label={t('plugins.plugin')}
        value={key.plugin === '' ? null : key.plugin}
        placeholder={t('sign.pluginChoose')}
        choices={choices}
        onChange={choose}
      />
      <TextField
        mono
        label={t('plugins.keyId')}
        hint={t('plugins.idHint')}
        value={key.id}
        maxLength={2048}
        onChange={(id) => onChange({ ...draft, pluginKey: { ...key, id } })}
      />
    </div>
  );
}

/** Settings for the plugin that keeps the key; for a key of the list they are laid over its own. */
export function PluginConfig({ draft, onChange }: Omit<KeyChoiceProps, 'signs'>) {
  const t = useText();
  const keys = useCall('keys.listKeys', {}).data?.keys ?? [];
  const chosen = keys.find(({ name, isDefault }) => (draft.keyName === null ? isDefault : name === draft.keyName));
  if (draft.pluginKey === null && chosen?.kind !== 'plugin') return null;
  return (
    <PluginConfigField
      label={t('sign.pluginConfig')}
      hint={t(draft.pluginKey ? 'sign.pluginConfigOnce' : 'sign.pluginConfigHint')}
      pairs={draft.pluginConfig}
      onChange={(pluginConfig) => onChange({ ...draft, pluginConfig })}
    />
  );
}
