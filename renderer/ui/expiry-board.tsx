import { CircleX, Clock3, TriangleAlert, type LucideIcon } from 'lucide-react';
import { useFormat } from '../locales/format.ts';
import { useText } from '../locales/use-text.tsx';
import { TextButton } from './button.tsx';
import styles from './expiry-board.module.css';
import { laneNames, toLanes, type Ending, type LaneName } from './expiry-lanes.ts';
import { TestMark } from './test-mark.tsx';
import { Untrusted } from './untrusted.tsx';
import { useNow } from './use-now.ts';

const icons: Readonly<Record<LaneName, LucideIcon>> = {
  overdue: CircleX,
  week: TriangleAlert,
  month: Clock3,
  quarter: Clock3,
};
const shownInLane = 2;

interface ExpiryBoardProps {
  readonly endings: readonly Ending[];
  readonly onSelect: (id: string) => void;
}

/** Which certificates end soon, in days, and what depends on each; nothing when none does. */
export function ExpiryBoard({ endings, onSelect }: ExpiryBoardProps) {
  const t = useText();
  const lanes = toLanes(endings, useNow(60_000));
  if (laneNames.every((lane) => lanes[lane].length === 0)) return null;
  return (
    <section className={styles.board} aria-label={t('certificates.board')}>
      {laneNames.map((lane) => (
        <Lane key={lane} lane={lane} endings={lanes[lane]} onSelect={onSelect} />
      ))}
    </section>
  );
}

function Lane({ lane, endings, onSelect }: ExpiryBoardProps & { readonly lane: LaneName }) {
  const t = useText();
  const Icon = icons[lane];
  const more = endings.length - shownInLane;
  return (
    <div className={styles.lane} data-lane={lane} data-filled={endings.length > 0}>
      <h2>
        <Icon aria-hidden />
        {t(`certificates.lane_${lane}`)}
        <b>{endings.length}</b>
      </h2>
      {endings.slice(0, shownInLane).map((ending) => (
        <LaneItem key={ending.id} ending={ending} onSelect={onSelect} />
      ))}
      {more > 0 && <small>{t('certificates.laneMore', { count: more })}</small>}
    </div>
  );
}

function LaneItem({ ending, onSelect }: { readonly ending: Ending; readonly onSelect: (id: string) => void }) {
  const t = useText();
  const format = useFormat();
  const now = useNow(60_000);
  const { id, name, notAfter, dependents, isTest } = ending;
  return (
    <div className={styles.laneItem}>
      <div className={styles.laneLine}>
        <TextButton onPress={() => onSelect(id)}>
          <Untrusted text={name} cut />
        </TextButton>
        <span>{format.relative(notAfter, now)}</span>
      </div>
      <small>
        {isTest && <TestMark />}{' '}
        <Untrusted
          text={dependents.length > 0 ? dependents.join(t('certificates.comma')) : t('certificates.noDependents')}
        />
      </small>
    </div>
  );
}
