import { CircleX, Clock3, TriangleAlert, type LucideIcon } from 'lucide-react';
import type { SigningKey } from '../../../shared/model/signing-key.ts';
import { useFormat } from '../../locales/format.ts';
import { useText } from '../../locales/use-text.tsx';
import { TextButton } from '../../ui/button.tsx';
import { Untrusted } from '../../ui/untrusted.tsx';
import { useNow } from '../../ui/use-now.ts';
import { laneNames, toLanes, type LaneName } from './expiry-lanes.ts';
import styles from './keys.module.css';
import { useTrustOfKeys } from './use-trust-of-keys.ts';

const icons: Readonly<Record<LaneName, LucideIcon>> = {
  overdue: CircleX,
  week: TriangleAlert,
  month: Clock3,
  quarter: Clock3,
};
const shownInLane = 2;

interface ExpiryBoardProps {
  readonly keys: readonly SigningKey[];
  readonly onSelect: (name: string) => void;
}

/** Which certificates end soon; nothing when none does. */
export function ExpiryBoard({ keys, onSelect }: ExpiryBoardProps) {
  const t = useText();
  const lanes = toLanes(keys, useNow(60_000));
  if (laneNames.every((lane) => lanes[lane].length === 0)) return null;
  return (
    <section className={styles.board} aria-label={t('keys.board')}>
      {laneNames.map((lane) => (
        <Lane key={lane} lane={lane} keys={lanes[lane]} onSelect={onSelect} />
      ))}
    </section>
  );
}

function Lane({ lane, keys, onSelect }: ExpiryBoardProps & { readonly lane: LaneName }) {
  const t = useText();
  const Icon = icons[lane];
  const more = keys.length - shownInLane;
  return (
    <div className={styles.lane} data-lane={lane} data-filled={keys.length > 0}>
      <h2>
        <Icon aria-hidden />
        {t(`keys.lane_${lane}`)}
        <b>{keys.length}</b>
      </h2>
      {keys.slice(0, shownInLane).map((key) => (
        <LaneItem key={key.name} signingKey={key} onSelect={onSelect} />
      ))}
      {more > 0 && <small>{t('keys.laneMore', { count: more })}</small>}
    </div>
  );
}

function LaneItem({
  signingKey,
  onSelect,
}: {
  readonly signingKey: SigningKey;
  readonly onSelect: (name: string) => void;
}) {
  const t = useText();
  const format = useFormat();
  const now = useNow(60_000);
  const policies = useTrustOfKeys()(signingKey)?.policies ?? [];
  const [leaf] = signingKey.chain;
  return (
    <div className={styles.laneItem}>
      <div className={styles.laneLine}>
        <TextButton onPress={() => onSelect(signingKey.name)}>
          <Untrusted text={signingKey.name} cut />
        </TextButton>
        {leaf && <span>{format.relative(leaf.notAfter, now)}</span>}
      </div>
      <small>
        <Untrusted text={policies.length > 0 ? policies.join(t('certificates.comma')) : t('keys.noPolicy')} />
      </small>
    </div>
  );
}
