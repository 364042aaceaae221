import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import type { Verdict } from '../../../shared/model/verification.ts';
import { useText } from '../../locales/use-text.tsx';
import { classes } from '../../ui/classes.ts';
import { verdictLooks } from '../../ui/verdict-chip.tsx';
import styles from './tags-pane.module.css';

const order: readonly Verdict[] = [
  'verified',
  'verifiedWithWarnings',
  'notTrusted',
  'noSignature',
  'couldNotCheck',
  'skipped',
];

interface VerdictFacetsProps {
  readonly verdicts: ReadonlyMap<string, Verdict>;
  readonly chosen: Verdict | null;
  readonly onChoose: (verdict: Verdict | null) => void;
}

/** How many tags have which verdict, of those looked at so far; pressing one shows only them. */
export function VerdictFacets({ verdicts, chosen, onChoose }: VerdictFacetsProps) {
  const t = useText();
  const all = [...verdicts.values()];
  return (
    <ToggleButtonGroup
      aria-label={t('registries.facetLabel')}
      className={styles.facets ?? ''}
      selectionMode="single"
      selectedKeys={chosen === null ? [] : [chosen]}
      onSelectionChange={(keys) => onChoose(([...keys][0] as Verdict | undefined) ?? null)}
    >
      {order.map((verdict) => {
        const { icon: Icon, tone, word } = verdictLooks[verdict];
        const count = all.filter((known) => known === verdict).length;
        return (
          <ToggleButton key={verdict} id={verdict} className={classes(styles.facet, count === 0 && styles.zero)}>
            <i className={styles[tone]}>
              <Icon aria-hidden />
            </i>
            {t(word)} <b>{count}</b>
          </ToggleButton>
        );
      })}
    </ToggleButtonGroup>
  );
}
