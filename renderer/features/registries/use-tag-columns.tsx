import { ChevronDown, ChevronUp } from 'lucide-react';
import { Button } from 'react-aria-components';
import { useText } from '../../locales/use-text.tsx';
import type { GridColumn } from '../../ui/virtual-grid.tsx';
import styles from './tags-pane.module.css';

/** The columns of the tag list; the first one turns the order around. */
export function useTagColumns(newestFirst: boolean, isWide: boolean, onToggle: () => void): readonly GridColumn[] {
  const t = useText();
  const header = (
    <Button className={styles.sort ?? ''} onPress={onToggle}>
      {t('registries.columnTag')}
      {newestFirst ? <ChevronDown aria-hidden /> : <ChevronUp aria-hidden />}
    </Button>
  );
  const always: readonly GridColumn[] = [
    { id: 'tag', header, track: 'minmax(110px, 1.2fr)' },
    { id: 'digest', header: t('registries.columnDigest'), track: '116px' },
    { id: 'kind', header: t('registries.columnKind'), track: 'minmax(90px, 1fr)' },
    { id: 'verdict', header: t('registries.columnVerdict'), track: isWide ? '204px' : '150px' },
  ];
  if (!isWide) return always;
  return [
    ...always,
    { id: 'signers', header: t('registries.columnSigners'), track: 'minmax(90px, 1.3fr)' },
    { id: 'size', header: t('registries.columnSize'), track: '84px', alignEnd: true },
  ];
}
