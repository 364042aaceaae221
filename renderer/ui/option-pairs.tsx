import { useText } from '../locales/use-text.tsx';
import { PairsField, type Pair } from './pairs-field.tsx';

interface OptionPairsProps {
  readonly pairs: readonly Pair[];
  readonly onChange: (pairs: readonly Pair[]) => void;
}

/** Pairs that must have been signed for a signature to count. */
export function RequiredMetadataField(props: OptionPairsProps) {
  const t = useText();
  return (
    <PairsField
      {...props}
      label={t('verifyForm.metadata')}
      keyLabel={t('sign.metadataKey')}
      valueLabel={t('sign.metadataValue')}
      addLabel={t('sign.metadataAdd')}
      removeLabel={(name) => t('sign.metadataRemove', { name })}
      hint={t('verifyForm.metadataHint')}
    />
  );
}

/** Settings that are handed to a plugin; the hint says to which, and what becomes of them. */
export function PluginConfigField(props: OptionPairsProps & { readonly label: string; readonly hint: string }) {
  const t = useText();
  return (
    <PairsField
      {...props}
      keyLabel={t('plugins.configKey')}
      valueLabel={t('plugins.configValue')}
      addLabel={t('plugins.configAdd')}
      removeLabel={(name) => t('plugins.configRemove', { name })}
    />
  );
}
