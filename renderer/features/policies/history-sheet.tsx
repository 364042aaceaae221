import { ChevronDown, ChevronRight, History, Stamp, Terminal } from 'lucide-react';
import { useState } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import { useCall } from '../../client/use-call.ts';
import { useFormat } from '../../locales/format.ts';
import { useText } from '../../locales/use-text.tsx';
import { Button } from '../../ui/button.tsx';
import { Tag } from '../../ui/chip.tsx';
import { SelectField } from '../../ui/choices.tsx';
import { Sheet } from '../../ui/dialog.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { Callout, Empty, ErrorCard, SkeletonRows } from '../../ui/states.tsx';
import { useNow } from '../../ui/use-now.ts';
import { ChangeList } from './change-list.tsx';
import { DiffView } from './diff-view.tsx';
import { useDocumentKind } from './document-kind.ts';
import type { Draft } from './draft-store.ts';
import styles from './history.module.css';

type Version = OutputOf<'policies.listVersions'>['versions'][number];

interface HistorySheetProps {
  readonly draft: Draft;
  readonly onClose: () => void;
  /** Takes a text into the draft and shows what that changes in the file. */
  readonly onRestore: (text: string) => void;
}

/** Every version of the policy that was saved or seen: what each changed, any two side by side, and the way back to one. */
export function HistorySheet({ draft, onClose, onRestore }: HistorySheetProps) {
  const t = useText();
  const document = useDocumentKind();
  const list = useCall('policies.listVersions', { document });
  return (
    <Sheet title={t('policyHistory.title')} isOpen onClose={onClose}>
      <Loaded query={list}>
        {({ versions }) =>
          versions.length === 0 ? (
            <Empty icon={History} title={t('policyHistory.emptyTitle')}>
              <p>{t('policyHistory.emptyText')}</p>
            </Empty>
          ) : (
            <Versions versions={versions} draft={draft} onRestore={onRestore} />
          )
        }
      </Loaded>
    </Sheet>
  );
}

interface VersionsProps extends Pick<HistorySheetProps, 'draft' | 'onRestore'> {
  readonly versions: readonly Version[];
}

function Versions({ versions, draft, onRestore }: VersionsProps) {
  const t = useText();
  const [open, setOpen] = useState<number | null>(null);
  return (
    <>
      <p className="sub">{t('policyHistory.lead', { count: versions.length })}</p>
      <ol className={styles.versions} aria-label={t('policyHistory.versions')}>
        {versions.map((version, at) => (
          <li key={version.number} data-open={open === version.number}>
            <VersionHead
              version={version}
              isCurrent={at === 0}
              isOpen={open === version.number}
              onToggle={() => setOpen(open === version.number ? null : version.number)}
            />
            {open === version.number && (
              <VersionDetail version={version} versions={versions} draft={draft} onRestore={onRestore} />
            )}
          </li>
        ))}
      </ol>
    </>
  );
}

interface VersionHeadProps {
  readonly version: Version;
  readonly isCurrent: boolean;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
}

function VersionHead({ version, isCurrent, isOpen, onToggle }: VersionHeadProps) {
  const t = useText();
  const format = useFormat();
  const now = useNow();
  const { number, at, by, sameAs, isFirst } = version;
  const Chevron = isOpen ? ChevronDown : ChevronRight;
  const Writer = by === 'inkan' ? Stamp : Terminal;
  return (
    <>
      <AriaButton className={styles.version ?? ''} aria-expanded={isOpen} onPress={onToggle}>
        <Chevron aria-hidden size={14} />
        <b>{t('policyHistory.version', { number })}</b>
        {isCurrent && <Tag>{t('policyHistory.current')}</Tag>}
        <span className={styles.by}>
          <Writer aria-hidden />
          {t(by === 'inkan' ? 'policyHistory.byInkan' : 'policyHistory.byOther')}
        </span>
        <span title={format.dateTime(at)}>{format.moment(at, now)}</span>
      </AriaButton>
      <div className={styles.what}>
        {isFirst ? <p className="sub">{t('policyHistory.firstSeen')}</p> : <ChangeList comparison={version} />}
        {sameAs !== undefined && <p className="sub">{t('policyHistory.sameAs', { number: sameAs })}</p>}
      </div>
    </>
  );
}

interface VersionDetailProps extends VersionsProps {
  readonly version: Version;
}

/** A version beside another one, or beside the draft. */
function VersionDetail({ version, versions, draft, onRestore }: VersionDetailProps) {
  const t = useText();
  const document = useDocumentKind();
  const older = versions.find(({ number }) => number < version.number);
  const [chosen, choose] = useState<string | null>(null);
  const other = chosen ?? (older ? String(older.number) : 'draft');
  const read = useCall('policies.readVersion', { document, number: version.number }, { staleTimeMs: Infinity });
  const text = read.data?.text ?? null;
  const choices = versions.flatMap(({ number }) =>
    number === version.number ? [] : [{ id: String(number), label: t('policyHistory.version', { number }) }],
  );
  if (read.isError) return <ErrorCard error={read.error} onRetry={() => void read.refetch()} />;
  if (!read.data) return <SkeletonRows count={3} />;
  return (
    <div className={styles.detail}>
      {text !== null && (
        <footer>
          <Button size="small" isDisabled={text === draft.text} onPress={() => onRestore(text)}>
            <History aria-hidden />
            {t('policyHistory.restore')}
          </Button>
          <span className="sub">{t(text === draft.text ? 'policyHistory.isDraft' : 'policyHistory.restoreNote')}</span>
        </footer>
      )}
      <SelectField
        label={t('policyHistory.compareWith')}
        value={other}
        onChange={choose}
        choices={[{ id: 'draft', label: t('policyHistory.draftChoice') }, ...choices]}
      />
      {other === 'draft' ? (
        <Comparison
          before={text}
          after={draft.text}
          from={versionName(version, t)}
          to={t('policyHistory.draftChoice')}
        />
      ) : (
        <WithVersion version={version} text={text} other={Number(other)} />
      )}
    </div>
  );
}

function versionName({ number }: Pick<Version, 'number'>, t: ReturnType<typeof useText>): string {
  return t('policyHistory.version', { number });
}

interface WithVersionProps {
  readonly version: Version;
  readonly text: string | null;
  readonly other: number;
}

/** The older one of two versions stands first, whichever was opened. */
function WithVersion({ version, text, other }: WithVersionProps) {
  const t = useText();
  const document = useDocumentKind();
  const read = useCall('policies.readVersion', { document, number: other }, { staleTimeMs: Infinity });
  if (read.isError) return <ErrorCard error={read.error} onRetry={() => void read.refetch()} />;
  if (!read.data) return <SkeletonRows count={3} />;
  const pair = [
    { number: other, text: read.data.text },
    { number: version.number, text },
  ].toSorted((a, b) => a.number - b.number);
  const [older, newer] = pair;
  if (!older || !newer) return null;
  return <Comparison before={older.text} after={newer.text} from={versionName(older, t)} to={versionName(newer, t)} />;
}

interface ComparisonProps {
  readonly before: string | null;
  readonly after: string | null;
  readonly from: string;
  readonly to: string;
}

function Comparison({ before, after, from, to }: ComparisonProps) {
  const t = useText();
  const title = t('policyHistory.comparedTitle', { from, to });
  if (before === after) return <Callout tone="plain">{t('policyHistory.noDifference')}</Callout>;
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      <Meaning before={before} after={after} />
      <DiffView before={before ?? ''} after={after ?? ''} label={title} />
    </section>
  );
}

/** What the differences mean, above the lines that differ. */
export function Meaning({ before, after }: Pick<ComparisonProps, 'before' | 'after'>) {
  const document = useDocumentKind();
  const compared = useCall('policies.compareTexts', { document, before, after }, { staleTimeMs: Infinity });
  return compared.data ? <ChangeList comparison={compared.data} /> : null;
}
