import type { SignatureOutcome } from '../../../shared/model/verification.ts';
import { useFormat } from '../../locales/format.ts';
import { useText } from '../../locales/use-text.tsx';
import { toLines, toTimeScale } from './time-scale.ts';
import styles from './verify.module.css';

const width = 390;
const firstLine = 57;
const lineHeight = 13;
/** Labels nearer than this to an end or to each other would overlap. */
const labelRoom = 26;
/** The same for the label of two things at once. */
const longLabelRoom = 46;

/** One picture of the certificate's validity, signing, expiry and now. */
export function TimeBar({ outcome, nowMs }: { readonly outcome: SignatureOutcome; readonly nowMs: number }) {
  const t = useText();
  const format = useFormat();
  const { notBefore, notAfter, signingTime, timestamp } = outcome;
  if (notBefore === undefined || notAfter === undefined) return null;
  const { start, end, now, signed, expires, stamped, isTogether, labels, lines, height } = toPlaces(outcome, nowMs);
  const [from, to] = [format.moment(notBefore, nowMs), format.moment(notAfter, nowMs)];
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
        <Mark
          x={expires}
          label={t('verify.timeExpires')}
          labelX={labels.expires}
          line={lines.expires}
          className={styles.expires}
        />
      )}
      {stamped && <Stamp range={stamped} labelX={labels.stamped} line={lines.stamped} isLabelled={!isTogether} />}
      {signed !== undefined && (
        <Mark
          x={signed}
          label={t(isTogether ? 'verify.timeSignedStamped' : 'verify.timeSigned')}
          labelX={labels.signed}
          line={lines.signed}
          className={styles.signed}
          textClassName={styles.signedText}
        />
      )}
      <Mark
        x={now}
        label={t('verify.timeNow')}
        labelX={labels.now}
        line={lines.now}
        className={styles.now}
        textClassName={styles.nowText}
      />
    </svg>
  );
}

/** Where everything stands across the picture, and on which line each label is written. */
function toPlaces({ notBefore = '', notAfter = '', signingTime, expiry, timestamp }: SignatureOutcome, nowMs: number) {
  const times = [notBefore, notAfter, signingTime, expiry, timestamp?.earliest, timestamp?.latest];
  const at = toTimeScale(
    times.flatMap((time) => time ?? []),
    nowMs,
    width,
  );
  const place = (time: string | undefined) => (time === undefined ? undefined : at(Date.parse(time)));
  const [signed, expires, now] = [place(signingTime), place(expiry), at(nowMs)];
  const stamped = timestamp && ([at(Date.parse(timestamp.earliest)), at(Date.parse(timestamp.latest))] as const);
  const stampedAt = stamped && (stamped[0] + stamped[1]) / 2;
  /** One label for both when there is no room for two. */
  const isTogether = stampedAt !== undefined && signed !== undefined && Math.abs(stampedAt - signed) < 2 * labelRoom;
  const clamp = (x = 0, room = labelRoom) => Math.max(room, Math.min(width - room, x));
  const drawn = [signed, isTogether ? undefined : stampedAt, now, expires];
  const rows = toLines(
    drawn.map((x) => x && clamp(x)),
    2 * labelRoom,
  );
  const [signedLine = 0, stampedLine = 0, nowLine = 0, expiresLine = 0] = rows;
  return {
    start: at(Date.parse(notBefore)),
    end: at(Date.parse(notAfter)),
    ...{ signed, expires, now, stamped, isTogether },
    labels: {
      signed: clamp(signed, isTogether ? longLabelRoom : labelRoom),
      stamped: clamp(stampedAt),
      now: clamp(now),
      expires: clamp(expires),
    },
    lines: { signed: signedLine, stamped: stampedLine, now: nowLine, expires: expiresLine },
    height: toY(Math.max(1, ...rows)) + 2,
  };
}

const toY = (line: number) => firstLine + lineHeight * line;

interface StampProps {
  readonly range: readonly [number, number];
  readonly labelX: number;
  readonly line: number;
  readonly isLabelled: boolean;
}

/** The time of the timestamp with its accuracy to both sides. */
function Stamp({ range: [from, to], labelX, line, isLabelled }: StampProps) {
  const t = useText();
  return (
    <>
      <rect className={styles.stamped} x={from - 1} y={26} width={Math.max(2, to - from) + 1} height={16} />
      {isLabelled && (
        <text className={styles.stampedText} x={labelX} y={toY(line)} textAnchor="middle">
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
  /** The line of the label, 0 for the uppermost. */
  readonly line: number;
  readonly className?: string | undefined;
  readonly textClassName?: string | undefined;
}

function Mark({ x, label, labelX, line, className, textClassName }: MarkProps) {
  return (
    <>
      <line className={className} x1={x} x2={x} y1={24} y2={44} />
      <text className={textClassName} x={labelX} y={toY(line)} textAnchor="middle">
        {label}
      </text>
    </>
  );
}
