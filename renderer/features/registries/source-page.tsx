import { FolderSearch, Server } from 'lucide-react';
import type { Source } from '../../../shared/model/source.ts';
import { useCall } from '../../client/use-call.ts';
import { useText } from '../../locales/use-text.tsx';
import { Panes } from '../../ui/panes.tsx';
import { Page } from '../../ui/page.tsx';
import { Empty, ErrorCard, SkeletonRows } from '../../ui/states.tsx';
import { RepositoriesPane } from './repositories-pane.tsx';
import { SaveCopy } from './save-copy.tsx';
import { SourceHeader } from './source-header.tsx';
import styles from './source-page.module.css';
import { TagsPane } from './tags-pane.tsx';

export interface SourcePageProps {
  readonly sourceId: string;
  /** The repository chosen; layouts have one without a name. */
  readonly repository: string | undefined;
  readonly onRepository: (repository: string) => void;
  /** Opens an artifact by tag or digest. */
  readonly onOpen: (repository: string, reference: string) => void;
  /** Plans a queue of tags of one repository. */
  readonly onQueue: (action: 'verify' | 'sign', repository: string, tags: readonly string[]) => void;
  readonly onRemoved: () => void;
  /** Told of a signed copy that was saved. */
  readonly onSaved: (copy: Source) => void;
}

/** A registry or layout: what it can do, its repositories, and the tags of the chosen one with their verdicts. */
export function SourcePage(props: SourcePageProps) {
  const t = useText();
  const { data, error, refetch } = useCall('registries.listSources', {});
  if (error)
    return (
      <div className={styles.notice}>
        <ErrorCard error={error} onRetry={() => void refetch()} />
      </div>
    );
  if (!data) return <SkeletonRows />;
  const source = data.sources.find(({ id }) => id === props.sourceId);
  if (!source) {
    return (
      <Empty icon={Server} title={t('registries.sourceGone')}>
        {t('registries.sourceGoneText')}
      </Empty>
    );
  }
  return (
    <Page bare header={<SourceHeader key={source.id} source={source} onRemoved={props.onRemoved} />}>
      {source.archive && (
        <div className={styles.unsaved}>
          <SaveCopy source={source} onSaved={props.onSaved} />
        </div>
      )}
      {source.kind === 'layout' ? (
        <TagsPane
          source={source}
          repository=""
          onOpen={(reference) => props.onOpen('', reference)}
          onQueue={(action, tags) => props.onQueue(action, '', tags)}
        />
      ) : (
        <RegistryPanes source={source} {...props} />
      )}
    </Page>
  );
}

type RegistryPanesProps = SourcePageProps & { readonly source: Source };

function RegistryPanes({ source, repository, onRepository, onOpen, onQueue }: RegistryPanesProps) {
  const t = useText();
  const chosen =
    repository === undefined ? (
      <Empty icon={FolderSearch} title={t('registries.chooseRepository')}>
        {t('registries.chooseRepositoryText')}
      </Empty>
    ) : (
      <TagsPane
        key={repository}
        source={source}
        repository={repository}
        onOpen={(reference) => onOpen(repository, reference)}
        onQueue={(action, tags) => onQueue(action, repository, tags)}
      />
    );
  const list = <RepositoriesPane source={source} chosen={repository} onChoose={onRepository} onOpen={onOpen} />;
  return (
    <Panes
      id="registry"
      panes={[
        { id: 'repositories', size: 240, min: 180, max: 420, content: list },
        { id: 'tags', min: 420, content: chosen },
      ]}
    />
  );
}
