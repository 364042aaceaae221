import { Check, ChevronRight, CircleAlert, CircleSlash } from 'lucide-react';
import { Button as AriaButton, Disclosure, DisclosurePanel } from 'react-aria-components';
import type { ActivityEntry } from '../../../shared/model/job.ts';
import type { Verdict } from '../../../shared/model/verification.ts';
import { useFormat } from '../../locales/format.ts';
import { useText } from '../../locales/use-text.tsx';
import { Chip, type Tone } from '../../ui/chip.tsx';
import { CommandLine } from '../../ui/copy.tsx';
import { Facts, Section } from '../../ui/page.tsx';
import { ErrorCard } from '../../ui/states.tsx';
import { Untrusted } from '../../ui/untrusted.tsx';
import { useNow } from '../../ui/use-now.ts';
import { VerdictChip, verdictLooks } from '../../ui/verdict-chip.tsx';
import styles from './activity.module.css';
import { methodMessage } from './method-name.ts';

const looks = {
  done: { tone: 'mute', icon: Check },
  failed: { tone: 'err', icon: CircleAlert },
  cancelled: { tone: 'plain', icon: CircleSlash },
} as const satisfies Record<ActivityEntry['outcome'], { tone: Tone; icon: typeof Check }>;

/** A verification's note is its verdict; other notes are texts. */
function toVerdict(note: string | undefined): Verdict | undefined {
  return (Object.keys(verdictLooks) as Verdict[]).find((verdict) => verdict === note);
}

/** Digests and revisions. */
const hexForm = /^(?:sha256:)?[0-9a-f]{12,64}$/;

/** One thing that was done; opens to its command line and, if it failed, to what can be done about it. */
export function ActivityRow({ entry }: { readonly entry: ActivityEntry }) {
  const t = useText();
  const format = useFormat();
  const now = useNow(60_000);
  const message = methodMessage(entry.method);
  const what = message ? t(message) : entry.method;
  const { tone, icon } = looks[entry.outcome];
  const verdict = toVerdict(entry.note);
  return (
    <li>
      <Disclosure className={styles.row ?? ''}>
        <AriaButton slot="trigger" className={styles.line ?? ''}>
          <ChevronRight aria-hidden />
          <time dateTime={entry.at} title={format.dateTime(entry.at)}>
            {format.moment(entry.at, now)}
          </time>
          <b className="cut">{what}</b>
          <span className={styles.about}>
            <Untrusted text={entry.subject} mono cut />
            {entry.note && !verdict && (
              <span className={styles.note}>
                <Untrusted text={entry.note} mono={hexForm.test(entry.note)} cut />
              </span>
            )}
          </span>
          {verdict ? (
            <VerdictChip verdict={verdict} />
          ) : (
            <Chip tone={tone} icon={icon}>
              {t(`activity.${entry.outcome}`)}
            </Chip>
          )}
        </AriaButton>
        <DisclosurePanel className={styles.details ?? ''} aria-label={t('activity.details', { what })}>
          <Details entry={entry} />
        </DisclosurePanel>
      </Disclosure>
    </li>
  );
}

function Details({ entry: { at, subject, note, command, error, method } }: { readonly entry: ActivityEntry }) {
  const t = useText();
  const verdict = toVerdict(note);
  const format = useFormat();
  return (
    <>
      {error && <ErrorCard error={error} />}
      <Facts
        items={[
          [t('activity.time'), format.dateTime(at)],
          [t('activity.what'), <code key="method">{method}</code>],
          [t('activity.subject'), <Untrusted key="subject" text={subject} mono />],
          [t('activity.result'), note && (verdict ? t(verdictLooks[verdict].word) : <Untrusted text={note} />)],
        ]}
      />
      {command && (
        <Section title={t('activity.command')}>
          <CommandLine command={command} />
        </Section>
      )}
    </>
  );
}
