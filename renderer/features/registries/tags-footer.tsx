import { Copy } from 'lucide-react';
import type { Source } from '../../../shared/model/source.ts';
import { useText } from '../../locales/use-text.tsx';
import { toClipboardText } from '../../locales/visible-text.ts';
import { TextButton } from '../../ui/button.tsx';
import { useWholeCommand } from '../../ui/copy.tsx';
import { tellDone } from '../../ui/toast.tsx';
import { toVerifyCommand } from './place.ts';
import styles from './tags-pane.module.css';
import type { TagsPaneState } from './use-tags-pane.ts';

interface TagsFooterProps {
  readonly source: Source;
  readonly repository: string;
  readonly state: TagsPaneState;
}

export function TagsFooter({ source, repository, state: { shown, selected } }: TagsFooterProps) {
  const t = useText();
  const whole = useWholeCommand();
  const chosen = shown.filter((tag) => selected.has(tag));
  const copy = () => {
    const commands = chosen.map((tag) => whole(toVerifyCommand(source, repository, tag)));
    const lines = [...(source.archive ? [source.archive.command] : []), ...commands].map(toClipboardText);
    void navigator.clipboard.writeText(lines.join('\n')).then(() => tellDone(t('ui.copied')));
  };
  if (shown.length === 0) return null;
  return (
    <footer className={styles.foot}>
      <span className="cut">{t('registries.rows', { count: shown.length })}</span>
      <span className={styles.footEnd}>
        <span className="cut">{t('registries.signsDigests')}</span>
        {chosen.length > 0 && (
          <TextButton onPress={copy}>
            <Copy aria-hidden />
            {t('registries.copyCommands', { count: chosen.length })}
          </TextButton>
        )}
      </span>
    </footer>
  );
}
