import type { VerifyOptions } from '../../client/verify-options.ts';
import { useFormat } from '../../locales/format.ts';
import { useText } from '../../locales/use-text.tsx';
import { Button } from '../../ui/button.tsx';
import { Tag } from '../../ui/chip.tsx';
import { Callout } from '../../ui/states.tsx';
import { Untrusted } from '../../ui/untrusted.tsx';
import styles from './verify.module.css';

interface AppliedOptionsProps {
  readonly options: VerifyOptions;
  readonly onChange: () => void;
  readonly onDrop: () => void;
}

/** Says that the verdict below was reached with options, which ones, and leads out of them. Nothing where there are none. */
export function AppliedOptions({ options, onChange, onDrop }: AppliedOptionsProps) {
  const t = useText();
  const format = useFormat();
  const { userMetadata = {}, maxSignatures, scope, pluginConfig = {}, asOf, draftPolicy } = options;
  const isSimulated = asOf !== undefined || draftPolicy !== undefined;
  if (Object.keys(options).length === 0) return null;
  const names = Object.keys(pluginConfig).join(', ');
  return (
    <div className={styles.notice}>
      <Callout compact tone={isSimulated ? 'warn' : 'plain'} role="status">
        <div className={styles.applied}>
          <b>{t(isSimulated ? 'verifyForm.simulated' : 'verifyForm.applied')}</b>
          {asOf !== undefined && <Tag>{t('verifyForm.appliedAsOf', { moment: format.dateTime(asOf) })}</Tag>}
          {draftPolicy !== undefined && <Tag>{t('verifyForm.appliedDraft')}</Tag>}
          {Object.entries(userMetadata).map(([key, value]) => (
            <Tag key={key}>
              <Untrusted text={`${key}=${value}`} cut />
            </Tag>
          ))}
          {maxSignatures !== undefined && <Tag>{t('verifyForm.appliedMax', { count: maxSignatures })}</Tag>}
          {scope !== undefined && <Tag>{t('verifyForm.appliedScope', { scope })}</Tag>}
          {names !== '' && <Tag>{t('verifyForm.appliedPlugin', { names })}</Tag>}
        </div>
        <div className={styles.appliedActions}>
          <Button size="small" onPress={onChange}>
            {t('verifyForm.change')}
          </Button>
          <Button size="small" onPress={onDrop}>
            {t('verifyForm.drop')}
          </Button>
        </div>
      </Callout>
    </div>
  );
}
