import { SearchX, TagsIcon } from 'lucide-react';
import { useCallback, type ReactNode } from 'react';
import type { Source } from '../../../shared/model/source.ts';
import { useText } from '../../locales/use-text.tsx';
import { TextButton } from '../../ui/button.tsx';
import { Callout, Empty, SkeletonRows } from '../../ui/states.tsx';
import { useMedia } from '../../ui/use-media.ts';
import { VirtualGrid } from '../../ui/virtual-grid.tsx';
import { RegistryError } from './registry-error.tsx';
import { TagRow } from './tag-row.tsx';
import { TagsFooter } from './tags-footer.tsx';
import styles from './tags-pane.module.css';
import { TagsHeader, TagsToolbar } from './tags-header.tsx';
import { useTagColumns } from './use-tag-columns.tsx';
import { useTagsPane, type TagsPaneState } from './use-tags-pane.ts';
import { useVerifyMany } from './use-verify-many.ts';
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
  const job = useVerifyMany(source.id, repository);
  const renderRow = useCallback(
    (tag: string) => <TagRow sourceId={source.id} repository={repository} tag={tag} isWide={isWide} />,
    [source.id, repository, isWide],
  );
  const columns = useTagColumns(state.newestFirst, isWide, state.toggleOrder);
  return (
    <section className={styles.tags} aria-label={t('registries.tags')}>
      <TagsHeader source={source} repository={repository} state={state} job={job} />
      <TagsToolbar state={state} job={job} onQueue={onQueue} />
      {state.tags.length > 0 && (
        <VerdictFacets verdicts={state.verdicts} chosen={state.facet} onChoose={state.setFacet} />
      )}
      <Banners source={source} state={state} />
      {state.shown.length > 0 && (
        <div className={styles.grid}>
          <VirtualGrid
            key={`${state.facet ?? ''} ${state.filter}`}
            label={t('registries.tags')}
            rows={state.shown}
            columns={columns}
            renderRow={renderRow}
            onOpen={onOpen}
            selected={state.selected}
            onSelect={state.setSelected}
          />
        </div>
      )}
      {state.shown.length === 0 && <Nothing state={state} />}
      <TagsFooter source={source} repository={repository} state={state} />
    </section>
  );
}

function Banners({ source, state }: Pick<TagsPaneProps, 'source'> & { readonly state: TagsPaneState }) {
  const t = useText();
  const { list, facet, couldNot, setFacet } = state;
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
      {filter.trim() !== '' && t('registries.noMatchText', { filter })}
    </Empty>
  );
}
