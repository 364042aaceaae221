import { Columns3, ListChecks, Pin, PinOff, ShieldCheck, ShieldOff, Square, X } from 'lucide-react';
import { memo, useState } from 'react';
import { maxQueueItems } from '../../../shared/model/bulk.ts';
import { tagColumns, type Place, type TagColumn } from '../../../shared/model/browsing.ts';
import type { Source } from '../../../shared/model/source.ts';
import { useCall } from '../../client/use-call.ts';
import type { MessageKey } from '../../locales/catalogs.ts';
import { useText } from '../../locales/use-text.tsx';
import { Button, IconButton, TextButton } from '../../ui/button.tsx';
import { CheckMenu } from '../../ui/check-menu.tsx';
import { Capability, Tag } from '../../ui/chip.tsx';
import { Checkbox } from '../../ui/choices.tsx';
import { SearchField } from '../../ui/fields.tsx';
import { Progress } from '../../ui/progress.tsx';
import { Rich } from '../../ui/rich.tsx';
import { Untrusted } from '../../ui/untrusted.tsx';
import { ChooseTagsDialog } from './choose-tags-dialog.tsx';
import { toPlace } from './place.ts';
import styles from './tags-pane.module.css';
import type { TagsPaneState } from './use-tags-pane.ts';
import { usePin } from './use-browsing.ts';
import { mostAtOnce, type VerifyMany } from './use-verify-many.ts';

interface TagsHeaderProps {
  readonly source: Source;
  readonly repository: string;
  readonly state: TagsPaneState;
  readonly job: VerifyMany;
}

/** Repository, number of tags, the policy that applies, and a running job. */
export function TagsHeader({ source, repository, state: { list, tags }, job }: TagsHeaderProps) {
  const t = useText();
  return (
    <header className={styles.head}>
      <h2 className="cut">{repository === '' ? t('registries.tags') : <Untrusted text={repository} cut />}</h2>
      {repository !== '' && <PinButton sourceId={source.id} repository={repository} />}
      {list.data && (
        <Tag>{t(list.hasNextPage ? 'registries.tagCountPart' : 'registries.tagCount', { count: tags.length })}</Tag>
      )}
      {list.hasNextPage && !list.isFetching && (
        <TextButton onPress={() => void list.fetchNextPage()}>{t('registries.loadMoreTags')}</TextButton>
      )}
      {repository !== '' && <AppliedPolicy reference={toPlace(source, repository)} />}
      <JobProgress job={job} />
    </header>
  );
}

const PinButton = memo(function PinButton(place: Place) {
  const t = useText();
  const [isPinned, toggle] = usePin(place);
  return (
    <IconButton size="small" label={t(isPinned ? 'registries.unpinPlace' : 'registries.pinPlace')} onPress={toggle}>
      {isPinned ? <PinOff aria-hidden /> : <Pin aria-hidden />}
    </IconButton>
  );
});

const AppliedPolicy = memo(function AppliedPolicy({ reference }: { readonly reference: string }) {
  const t = useText();
  const policy = useCall('policies.readPolicy', {}).data;
  const { data } = useCall('policies.explainSelection', { reference }, { enabled: policy?.statements != null });
  const applied = data?.selection?.applied;
  if (!data?.selection || applied === undefined) return null;
  const statement = applied === null ? undefined : policy?.statements?.[applied];
  if (!statement) {
    return (
      <Capability icon={ShieldOff} off>
        {t('registries.noPolicy')}
      </Capability>
    );
  }
  const { level, override = {} } = statement.signatureVerification;
  const overrides = Object.keys(override).length;
  return (
    <Capability icon={ShieldCheck}>{t('registries.policyIs', { name: statement.name, level, overrides })}</Capability>
  );
});

function JobProgress({ job: { progress, stop } }: { readonly job: VerifyMany }) {
  const t = useText();
  if (!progress) return null;
  return (
    <div className={styles.progress} role="status">
      <span>
        <Rich id="registries.verifyingProgress" values={{ done: progress.completed, total: progress.total }} />
      </span>
      <Progress label={progress.title} done={progress.completed} total={progress.total} />
      <IconButton size="small" label={t('registries.stop')} onPress={stop}>
        <Square aria-hidden />
      </IconButton>
    </div>
  );
}

interface TagsToolbarProps {
  readonly state: TagsPaneState;
  readonly job: VerifyMany;
  /** Plans a queue of tags. */
  readonly onQueue: (action: 'verify' | 'sign', tags: readonly string[]) => void;
}

/** Filter at the left, the selection and what can be done with it at the right. */
export function TagsToolbar({ state, job, onQueue }: TagsToolbarProps) {
  const t = useText();
  const { filter, setFilter, signatureTags, table, changeTable, selected, setSelected, shown } = state;
  const [isChoosing, setChoosing] = useState(false);
  const all = shown.length > mostAtOnce ? 'registries.verifyFirst' : 'registries.verifyAll';
  return (
    <div className={styles.toolbar}>
      <SearchField label={t('registries.filterTags')} value={filter} onChange={setFilter} />
      {signatureTags > 0 && (
        <span title={t('registries.hiddenTagsText')}>
          <Checkbox
            isSelected={!table.showsSignatureTags}
            onChange={(isHidden) => changeTable({ showsSignatureTags: !isHidden })}
          >
            {t('registries.hideTags', { count: signatureTags })}
          </Checkbox>
        </span>
      )}
      <ColumnsMenu table={table} changeTable={changeTable} />
      <div className={styles.selection}>
        {selected.size > 0 && (
          <>
            <Rich id="registries.selected" values={{ count: selected.size }} />
            <IconButton size="small" label={t('registries.clearSelection')} onPress={() => setSelected(new Set())}>
              <X aria-hidden />
            </IconButton>
          </>
        )}
        {shown.length > 0 && (
          <Button onPress={() => setChoosing(true)}>
            <ListChecks aria-hidden />
            {t('registries.choose')}
          </Button>
        )}
        {selected.size > 0 && <QueueButtons tags={shown.filter((tag) => selected.has(tag))} onQueue={onQueue} />}
        {selected.size === 0 && shown.length > 0 && (
          <Button isDisabled={job.progress !== null || job.isStarting} onPress={() => job.verify(shown)}>
            {t(all, { count: Math.min(shown.length, mostAtOnce) })}
          </Button>
        )}
      </div>
      {isChoosing && (
        <ChooseTagsDialog
          tags={shown}
          onChoose={(tags) => setSelected(new Set(tags))}
          onClose={() => setChoosing(false)}
        />
      )}
    </div>
  );
}

function QueueButtons({ tags, onQueue }: Pick<TagsToolbarProps, 'onQueue'> & { readonly tags: readonly string[] }) {
  const t = useText();
  const first = tags.slice(0, maxQueueItems);
  const values = { count: first.length, part: String(first.length < tags.length) };
  const isDisabled = first.length === 0;
  return (
    <>
      <Button isDisabled={isDisabled} onPress={() => onQueue('verify', first)}>
        {t('registries.queueVerify', values)}
      </Button>
      <Button variant="primary" isDisabled={isDisabled} onPress={() => onQueue('sign', first)}>
        {t('registries.queueSign', values)}
      </Button>
    </>
  );
}

const columnWords = {
  digest: 'registries.columnDigest',
  kind: 'registries.columnKind',
  verdict: 'registries.columnVerdict',
  signers: 'registries.columnSigners',
  size: 'registries.columnSize',
} as const satisfies Record<TagColumn, MessageKey>;

const ColumnsMenu = memo(function ColumnsMenu({ table, changeTable }: Pick<TagsPaneState, 'table' | 'changeTable'>) {
  const t = useText();
  const { hiddenColumns } = table;
  return (
    <CheckMenu
      label={t('registries.columns')}
      entries={tagColumns.map((id) => ({ id, label: t(columnWords[id]) }))}
      checked={tagColumns.filter((column) => !hiddenColumns.includes(column))}
      onChange={(shown) => changeTable({ hiddenColumns: tagColumns.filter((column) => !shown.includes(column)) })}
    >
      <Button>
        <Columns3 aria-hidden />
        {t('registries.columns')}
      </Button>
    </CheckMenu>
  );
});
