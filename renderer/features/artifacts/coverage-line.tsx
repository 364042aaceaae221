import { Layers } from 'lucide-react';
import type { Digest } from '../../../shared/model/digest.ts';
import { useText } from '../../locales/use-text.tsx';
import { Button } from '../../ui/button.tsx';
import type { AttachmentsTree } from './attachments-tree.ts';
import styles from './attachments.module.css';
import { countCoverage } from './coverage.ts';
import type { RowVerdicts } from './use-row-verdicts.ts';

interface CoverageLineProps {
  readonly tree: AttachmentsTree;
  readonly verdicts: RowVerdicts;
  readonly onSignMany: (digests: readonly Digest[]) => void;
}

/** How many platforms of an index are covered, and by what; the missing ones can be signed at once. */
export function CoverageLine({ tree, verdicts, onSignMany }: CoverageLineProps) {
  const t = useText();
  const platforms = tree.root.children.filter(({ platform }) => platform !== undefined);
  if (platforms.length === 0) return null;
  const coverages = platforms.map((row) => verdicts.coverageOf(row));
  const { isWhole, ...count } = countCoverage(coverages);
  const digestsOf = (wanted: string) =>
    platforms.filter((_, index) => coverages[index] === wanted).map(({ digest }) => digest);
  const [missing, inherited] = [digestsOf('noSignature'), digestsOf('byIndex')];
  return (
    <div className={styles.coverage} role="status">
      <Layers aria-hidden />
      <span>
        {isWhole ? t('attachments.coverage', count) : t('artifacts.platformsCounting', { total: count.total })}
      </span>
      {isWhole && missing.length > 0 && (
        <Button size="small" onPress={() => onSignMany(missing)}>
          {t('attachments.signMissing', { count: missing.length })}
        </Button>
      )}
      {isWhole && missing.length === 0 && inherited.length > 0 && (
        <Button size="small" onPress={() => onSignMany(inherited)}>
          {t('attachments.signInherited', { count: inherited.length })}
        </Button>
      )}
    </div>
  );
}
