import type { SignatureOutcome } from '../../../shared/model/verification.ts';
import { useFormat } from '../../locales/format.ts';
import { useText } from '../../locales/use-text.tsx';
import { toTimeScale } from './time-scale.ts';
import styles from './verify.module.css';

const width = 390;
const height = 72;
/** Labels nearer than this to an end or to each other would overlap. */
const labelRoom = 26;

/** One picture of the certificate's validity, signing, expiry and now. */
export function TimeBar({ outcome, nowMs }: { readonly outcome: SignatureOutcome; readonly nowMs: number }) {
  const t = useText();
  const format = useFormat();
  const { notBefore, notAfter, signingTime, expiry, timestamp } = outcome;
  if (notBefore === undefined || notAfter === undefined) return null;
  const at = toTimeScale(
    [notBefore, notAfter, signingTime, expiry, timestamp?.earliest, timestamp?.latest].flatMap((time) => time ?? []),
    nowMs,
    width,
  );
  const [from, to] = [format.moment(notBefore, nowMs), format.moment(notAfter, nowMs)];
  const [start, end, now] = [at(Date.parse(notBefore)), at(Date.parse(notAfter)), at(nowMs)];
  const signed = signingTime === undefined ? undefined : at(Date.parse(signingTime));
  const expires = expiry === undefined ? undefined : at(Date.parse(expiry));
  const stamped = timestamp && ([at(Date.parse(timestamp.earliest)), at(Date.parse(timestamp.latest))] as const);
  const stampedAt = stamped && (stamped[0] + stamped[1]) / 2;
  /** One label for both when there is no room for two. */
  const isTogether = stampedAt !== undefined && signed !== undefined && Math.abs(stampedAt - signed) < 2 * labelRoom;
  const clamp = (x: number) => Math.max(labelRoom, Math.min(width - labelRoom, x));
  const nowLow = [signed, stampedAt].some((x) => x !== undefined && Math.abs(now - x) < 2 * labelRoom);
  const label = t('verify.timeLabel', {
    from,
    to,
    signed: signingTime ? format.moment(signingTime, nowMs) : '—',
    now: format.moment(new Date(nowMs).toISOString(), nowMs),
    stamped: timestamp ? format.moment(timestamp.time, nowMs) : 'none',
  });
  return (
    <svg className={styles.bar} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      <line className={styles.axis} x1={0} x2={width} y1={34} y2={34} />
      <rect className={styles.validity} x={start} y={28} width={Math.max(2, end - start)} height={12} rx={3} />
      <text x={Math.max(110, Math.min(width - 110, (start + end) / 2))} y={18} textAnchor="middle">
        {t('verify.timeCertificate', { from, to })}
      </text>
      {expires !== undefined && (
        <Mark x={expires} label={t('verify.timeExpires')} labelX={clamp(expires)} className={styles.expires} />
      )}
      {stamped && <Stamp range={stamped} labelX={clamp(stampedAt ?? 0)} isLabelled={!isTogether} />}
      {signed !== undefined && (
        <Mark
          x={signed}
          label={t(isTogether ? 'verify.timeSignedStamped' : 'verify.timeSigned')}
          labelX={clamp(signed)}
          className={styles.signed}
          textClassName={styles.signedText}
        />
      )}
      <Mark
        x={now}
        label={t('verify.timeNow')}
        labelX={clamp(now)}
        low={nowLow}
        className={styles.now}
        textClassName={styles.nowText}
      />
    </svg>
  );
}

interface StampProps {
  readonly range: readonly [number, number];
  readonly labelX: number;
  readonly isLabelled: boolean;
}

/** The time of the timestamp with its accuracy to both sides. */
function Stamp({ range: [from, to], labelX, isLabelled }: StampProps) {
  const t = useText();
  return (
    <>
      <rect className={styles.stamped} x={from - 1} y={26} width={Math.max(2, to - from) + 1} height={16} />
      {isLabelled && (
        <text className={styles.stampedText} x={labelX} y={57} textAnchor="middle">
          {t('verify.timeStamped')}
        </text>
      )}
    </>
  );
}

interface MarkProps {
  readonly x: number;
  readonly label: string;
  readonly labelX: number;
  /** Puts the label a line lower, out of the way of another one. */
  readonly low?: boolean;
  readonly className?: string | undefined;
  readonly textClassName?: string | undefined;
}

function Mark({ x, label, labelX, low = false, className, textClassName }: MarkProps) {
  return (
    <>
      <line className={className} x1={x} x2={x} y1={24} y2={44} />
      <text className={textClassName} x={labelX} y={low ? 70 : 57} textAnchor="middle">
        {label}
      </text>
    </>
  );
}
