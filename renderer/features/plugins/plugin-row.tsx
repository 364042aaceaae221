import { Check, CircleAlert, Puzzle } from 'lucide-react';
import { Button as AriaButton } from 'react-aria-components';
import { useText, type Translate } from '../../locales/use-text.tsx';
import { Chip, Tag } from '../../ui/chip.tsx';
import { Untrusted } from '../../ui/untrusted.tsx';
import type { Plugin } from './plugins-page.tsx';
import styles from './plugins.module.css';

const words: Readonly<Record<string, Parameters<Translate>[0]>> = {
  'SIGNATURE_GENERATOR.RAW': 'plugins.does_signature',
  'SIGNATURE_GENERATOR.ENVELOPE': 'plugins.does_envelope',
  'SIGNATURE_VERIFIER.TRUSTED_IDENTITY': 'plugins.does_identity',
  'SIGNATURE_VERIFIER.REVOCATION_CHECK': 'plugins.does_revocation',
};

/** What a plugin can do, in words; what the contract does not know, as the plugin says it. */
export function Capabilities({ capabilities }: { readonly capabilities: readonly string[] }) {
  const t = useText();
  return (
    <span className={styles.tags}>
      {capabilities.slice(0, 10).map((capability, index) => {
        const key = Object.hasOwn(words, capability) ? words[capability] : undefined;
        return <Tag key={index}>{key ? t(key) : <Untrusted text={capability} />}</Tag>;
      })}
    </span>
  );
}

interface PluginRowProps {
  readonly plugin: Plugin;
  readonly isSelected: boolean;
  readonly onSelect: () => void;
}

export function PluginRow({ plugin, isSelected, onSelect }: PluginRowProps) {
  const t = useText();
  const { name, metadata, problems } = plugin;
  return (
    <li className={styles.row} data-selected={isSelected}>
      <AriaButton className={styles.choose ?? ''} aria-pressed={isSelected} onPress={onSelect}>
        <Puzzle aria-hidden />
        <span className={styles.names}>
          <b className="cut">
            <Untrusted text={name} cut />
          </b>
          <small className="cut">
            {metadata ? <Untrusted text={`${metadata.version} · ${metadata.description}`} cut /> : t('plugins.unknown')}
          </small>
        </span>
        <Capabilities capabilities={metadata?.capabilities ?? []} />
        {problems.length === 0 ? (
          <Chip tone="ok" icon={Check}>
            {t('plugins.ready')}
          </Chip>
        ) : (
          <Chip tone="err" icon={CircleAlert}>
            {t('plugins.unusable')}
          </Chip>
        )}
      </AriaButton>
    </li>
  );
}
