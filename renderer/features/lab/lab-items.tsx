import { labPlaces, type LabItem, type LabPlace } from '../../../shared/model/lab.ts';
import { useText, type Translate } from '../../locales/use-text.tsx';
import { PlannedFiles, type PlannedRow } from '../../ui/planned-files.tsx';
import styles from './lab.module.css';

interface LabItemsProps {
  readonly roots: Readonly<Partial<Record<LabPlace, string>>>;
  readonly items: readonly LabItem[];
}

/** Files and entries by the place that they are in. */
export function LabItems({ roots, items }: LabItemsProps) {
  const t = useText();
  return (
    <div className={styles.places}>
      {labPlaces.map((place) => {
        const inside = items.filter((item) => item.place === place);
        if (inside.length === 0) return null;
        return (
          <div key={place} role="group" aria-label={t(`lab.place_${place}`)}>
            <h4>{t(`lab.place_${place}`)}</h4>
            <PlannedFiles root={roots[place] ?? ''} files={inside.map((item) => toRow(item, t))} />
          </div>
        );
      })}
    </div>
  );
}

function toRow({ path, action, mode, entry, why }: LabItem, t: Translate): PlannedRow {
  const named =
    entry?.kind === 'artifact' && entry.name === 'signature'
      ? t('lab.entry_signature')
      : entry && t(`lab.entry_${entry.kind}`, { name: entry.name });
  const note = [named, why && t(`lab.why_${why}`)].filter(Boolean).join(t('certificates.comma'));
  return { path, action, ...(mode !== undefined && { mode }), ...(note !== '' && { note }) };
}
