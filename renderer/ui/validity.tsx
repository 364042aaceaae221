import { CircleX, Clock3, TriangleAlert } from 'lucide-react';
import { useFormat, type Format } from '../locales/format.ts';
import { useText, type Translate } from '../locales/use-text.tsx';
import styles from './certificate.module.css';
import { Chip } from './chip.tsx';
import { Section } from './page.tsx';
import { useNow } from './use-now.ts';

interface Period {
  readonly notBefore: string;
  readonly notAfter: string;
}

const dayMs = 24 * 60 * 60 * 1000;
const soonMs = 7 * dayMs;

/** How long a certificate is still good, in a row: amber in the last week of a longer life. */
export function ExpiryChip({ notBefore, notAfter }: Period) {
  const t = useText();
  const format = useFormat();
  const now = useNow(30_000);
  const from = Date.parse(notBefore);
  const left = Date.parse(notAfter) - now;
  const span = format.span(left);
  if (left < 0) {
    return (
      <Chip tone="bad" icon={CircleX}>
        {t('certificates.overdue', { span })}
      </Chip>
    );
  }
  if (from > now) {
    return (
      <Chip tone="warn" icon={Clock3}>
        {t('certificates.notYet', { span: format.span(from - now) })}
      </Chip>
    );
  }
  const isLong = Date.parse(notAfter) - from > 2 * soonMs;
  return (
    <Chip tone={isLong && left < soonMs ? 'warn' : 'mute'} icon={isLong && left < soonMs ? TriangleAlert : Clock3}>
      {span}
    </Chip>
  );
}

function describe(period: Period, now: number, format: Format, t: Translate): string {
  const [from, to] = [Date.parse(period.notBefore), Date.parse(period.notAfter)];
  if (to < now) return t('certificates.overdue', { span: format.span(now - to) });
  if (from > now) return t('certificates.notYet', { span: format.span(from - now) });
  return t('certificates.left', { left: format.span(to - now), total: format.span(to - from) });
}

/** The life of a certificate as a bar, with the present marked. */
export function Validity(period: Period) {
  const t = useText();
  const format = useFormat();
  const now = useNow(30_000);
  const [from, to] = [Date.parse(period.notBefore), Date.parse(period.notAfter)];
  const share = Math.min(1, Math.max(0, (now - from) / Math.max(1, to - from)));
  return (
    <Section title={t('certificates.validity')} note={describe(period, now, format, t)}>
      <svg className={styles.life} viewBox="0 0 100 14" preserveAspectRatio="none" aria-hidden>
        <rect className={styles.lifeAll} x="0" y="3" width="100" height="8" />
        <rect className={styles.lifeGone} x="0" y="3" width={share * 100} height="8" />
        <rect className={styles.lifeNow} x={Math.min(99.4, share * 100)} y="0" width="0.6" height="14" />
      </svg>
      <div className={styles.ends}>
        <span>{format.dateTime(period.notBefore)}</span>
        <span>{format.dateTime(period.notAfter)}</span>
      </div>
    </Section>
  );
}
