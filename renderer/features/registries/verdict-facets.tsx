import { FileSignature, Link2 } from 'lucide-react';
import { memo } from 'react';
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import { useText } from '../../locales/use-text.tsx';
import { classes } from '../../ui/classes.ts';
import { verdictLooks } from '../../ui/verdict-chip.tsx';
import { isSigned, type TagVerdict } from './known-tags.ts';
import styles from './tags-pane.module.css';
import type { TagFacet } from './use-tags-pane.ts';

const order: readonly TagFacet[] = [
  'signed',
  'verified',
  'verifiedWithWarnings',
  'notTrusted',
  'coveredByIndex',
  'noSignature',
  'couldNotCheck',
  'skipped',
];
const looks = {
  ...verdictLooks,
  signed: { tone: 'plain', icon: FileSignature, word: 'registries.facetSigned' },
  coveredByIndex: { tone: 'plain', icon: Link2, word: 'registries.coveredByIndex' },
} as const;

/** What most repositories have none of is shown once there is one. */
const rare: readonly TagFacet[] = ['verifiedWithWarnings', 'coveredByIndex', 'skipped'];

interface VerdictFacetsProps {
  readonly verdicts: ReadonlyMap<string, TagVerdict>;
  readonly chosen: TagFacet | null;
  readonly onChoose: (facet: TagFacet | null) => void;
}

/** How many tags have which verdict, of those looked at so far; pressing one shows only them. */
export const VerdictFacets = memo(function VerdictFacets({ verdicts, chosen, onChoose }: VerdictFacetsProps) {
  const t = useText();
  const all = [...verdicts.values()];
  return (
    <ToggleButtonGroup
      aria-label={t('registries.facetLabel')}
      className={styles.facets ?? ''}
      selectionMode="single"
      selectedKeys={chosen === null ? [] : [chosen]}
      onSelectionChange={(keys) => onChoose(([...keys][0] as TagFacet | undefined) ?? null)}
    >
      {order.map((facet) => {
        const { icon: Icon, tone, word } = looks[facet];
        const count = all.filter((known) => (facet === 'signed' ? isSigned(known) : known === facet)).length;
        if (count === 0 && facet !== chosen && rare.includes(facet)) return null;
        return (
          <ToggleButton key={facet} id={facet} className={classes(styles.facet, count === 0 && styles.zero)}>
            <i className={styles[tone]}>
              <Icon aria-hidden />
            </i>
            {t(word)} <b>{count}</b>
          </ToggleButton>
        );
      })}
    </ToggleButtonGroup>
  );
});
