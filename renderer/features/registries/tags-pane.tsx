import { SearchX, TagsIcon } from 'lucide-react';
import { useCallback, useMemo, type ReactNode } from 'react';
import type { Source } from '../../../shared/model/source.ts';
import { useText } from '../../locales/use-text.tsx';
import { TextButton } from '../../ui/button.tsx';
import { Callout, Empty, SkeletonRows } from '../../ui/states.tsx';
import { useMedia } from '../../ui/use-media.ts';
import { VirtualGrid } from '../../ui/virtual-grid.tsx';
import { RegistryError } from './registry-error.tsx';
import { TagCovers } from './tag-covers.ts';
import { TagRow } from './tag-row.tsx';
import { TagsFooter } from './tags-footer.tsx';
import styles from './tags-pane.module.css';
import { TagsHeader, TagsToolbar } from './tags-header.tsx';
import { useNoteVisit } from './use-browsing.ts';
import { toShownColumns, useTagColumns } from './use-tag-columns.tsx';
import { useTagsPane, type TagsPaneState } from './use-tags-pane.ts';
import { useVerifyMany, type VerifyMany } from './use-verify-many.ts';
import { VerdictFacets } from './verdict-facets.tsx';

interface TagsPaneProps {
  readonly source: Source;
  readonly repository: string;
  readonly onOpen: (reference: string) => void;
  readonly onQueue: (action: 'verify' | 'sign', tags: readonly string[]) => void;
}

/** The tags of a repository, what they point at, and what became of their signatures. */
export function TagsPane({ source, repository, onOpen, onQueue }: TagsPaneProps) {
  const t = useText();
  const state = useTagsPane(source.id, repository);
  const isWide = useMedia('(min-width: 1120px)');
  const shownColumns = useMemo(() => toShownColumns(state.table, isWide), [state.table, isWide]);
  useNoteVisit(source.id, repository);
  const job = useVerifyMany(source.id, repository);
  const renderRow = useCallback(
    (tag: string) => <TagRow sourceId={source.id} repository={repository} tag={tag} columns={shownColumns} />,
    [source.id, repository, shownColumns],
  );
  const columns = useTagColumns(state.table, shownColumns, isWide, state.toggleOrder);
  return (
    <section className={styles.tags} aria-label={t('registries.tags')}>
      <TagsHeader source={source} repository={repository} state={state} job={job} />
      <TagsToolbar state={state} job={job} onQueue={onQueue} />
      {state.tags.length > 0 && (
        <VerdictFacets verdicts={state.known.verdicts} chosen={state.facet} onChoose={state.setFacet} />
      )}
      <Banners source={source} state={state} job={job} />
      {state.shown.length > 0 && (
        <TagCovers value={state.known.covers}>
          <div className={styles.grid}>
            <VirtualGrid
              scope={`${state.facet ?? ''} ${state.filter}`}
              label={t('registries.tags')}
              rows={state.shown}
              columns={columns}
              renderRow={renderRow}
              onOpen={onOpen}
              selected={state.selected}
              onSelect={state.setSelected}
            />
          </div>
        </TagCovers>
      )}
      {state.shown.length === 0 && <Nothing state={state} />}
      <TagsFooter source={source} repository={repository} state={state} />
    </section>
  );
}

interface BannersProps extends Pick<TagsPaneProps, 'source'> {
  readonly state: TagsPaneState;
  readonly job: VerifyMany;
}

function Banners({ source, state, job }: BannersProps) {
  const t = useText();
  const { list, facet, couldNot, setFacet, unseen } = state;
  return (
    <>
      {couldNot > 0 && facet === null && (
        <div className={styles.error}>
          <Callout tone="err" title={t('registries.couldNotBanner', { count: couldNot })} compact>
            <TextButton onPress={() => setFacet('couldNotCheck')}>
              {t('registries.couldNotShow', { count: couldNot })}
            </TextButton>
          </Callout>
        </div>
      )}
      {unseen.length > 0 && (
        <div className={styles.error}>
          <Callout tone="plain" title={t('registries.unseenBanner', { count: unseen.length })} compact>
            {job.progress === null && !job.isStarting && (
              <TextButton onPress={() => job.verify(unseen)}>{t('registries.unseenLook')}</TextButton>
            )}
          </Callout>
        </div>
      )}
      {list.error && (
        <div className={styles.error}>
          <RegistryError source={source} error={list.error} onRetry={() => void list.refetch()} />
        </div>
      )}
    </>
  );
}

function Nothing({ state: { list, tags, filter } }: { readonly state: TagsPaneState }): ReactNode {
  const t = useText();
  if (list.isPending) return <SkeletonRows count={12} />;
  if (list.isError) return null;
  if (tags.length === 0) {
    return (
      <Empty icon={TagsIcon} title={t('registries.noTags')}>
        {t('registries.noTagsText')}
      </Empty>
    );
  }
  return (
    <Empty icon={SearchX} title={t('registries.noMatch')}>
      {filter.trim() !== '' && t('registries.noTagMatchText', { filter })}
    </Empty>
  );
}
