import { useInfiniteQuery } from '@tanstack/react-query';
import { FolderSearch, Minus, SearchX, ShieldCheck, ShieldOff } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { ListBox, ListBoxItem, ListLayout, Virtualizer } from 'react-aria-components';
import type { Source } from '../../../shared/model/source.ts';
import type { TrustPolicyStatement } from '../../../shared/model/trust-policy.ts';
import { callHost } from '../../client/connection.ts';
import { useCall, useCommand } from '../../client/use-call.ts';
import { useFormat } from '../../locales/format.ts';
import { useText } from '../../locales/use-text.tsx';
import { Button, TextButton } from '../../ui/button.tsx';
import { SearchField, TextField } from '../../ui/fields.tsx';
import { Empty, ErrorCard, SkeletonRows } from '../../ui/states.tsx';
import { Untrusted } from '../../ui/untrusted.tsx';
import { FoundList } from './found-list.tsx';
import { toRepositories } from './pasted-repositories.ts';
import { RegistryError } from './registry-error.tsx';
import styles from './source-page.module.css';
import { useFound } from './use-found.ts';

const rowHeight = 40;

interface RepositoriesPaneProps {
  readonly source: Source;
  readonly chosen: string | undefined;
  readonly onChoose: (repository: string) => void;
  /** Opens an artifact that was found. */
  readonly onOpen: (repository: string, reference: string) => void;
}

function useRepositories(id: string) {
  return useInfiniteQuery({
    queryKey: ['registries.listRepositories', { id }],
    queryFn: ({ pageParam, signal }) =>
      callHost('registries.listRepositories', { id, ...(pageParam && { cursor: pageParam }) }, signal),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
    staleTime: 60_000,
  });
}

/** The repositories of a registry: all its catalog told, or those that were pinned by name. */
export function RepositoriesPane({ source, chosen, onChoose, onOpen }: RepositoriesPaneProps) {
  const t = useText();
  const format = useFormat();
  const [filter, setFilter] = useState('');
  const input = useSlashKey();
  const list = useRepositories(source.id);
  const all = list.data?.pages.flatMap(({ repositories }) => repositories) ?? [];
  const shown = all.filter((name) => name.toLowerCase().includes(filter.trim().toLowerCase()));
  const found = useFound(source.id, filter);
  const from = list.data?.pages[0]?.from;
  const footWord = list.hasNextPage ? 'registries.fromCatalogPart' : 'registries.fromCatalog';
  return (
    <section className={styles.repositories} aria-label={t('registries.repositories')}>
      <div className={styles.paneHead}>
        <h2>{t('registries.repositories')}</h2>
        {list.data && <span className="dim num">{format.number(all.length)}</span>}
      </div>
      <div className={styles.filter}>
        <SearchField
          label={t('registries.filterRepositories')}
          value={filter}
          onChange={setFilter}
          shortcut="/"
          inputRef={input}
        />
      </div>
      {list.error && (
        <div className={styles.pin}>
          <RegistryError source={source} error={list.error} onRetry={() => void list.refetch()} />
        </div>
      )}
      {list.isPending && <SkeletonRows count={8} />}
      {from === 'pinned' && <PinForm source={source} onPinned={onChoose} isFirst={all.length === 0} />}
      {list.data && all.length > 0 && shown.length === 0 && found.length === 0 && (
        <Empty icon={SearchX} title={t('registries.noMatch')}>
          {t('registries.noMatchText', { filter })}
        </Empty>
      )}
      {from === 'catalog' && all.length === 0 && (
        <Empty icon={FolderSearch} title={t('registries.noRepositories')}>
          {t('registries.noRepositoriesText')}
        </Empty>
      )}
      <RepositoryList source={source} names={shown} chosen={chosen} onChoose={onChoose} />
      <FoundList found={found} onOpen={onOpen} />
      {list.data && (
        <footer className={styles.paneFoot}>
          <span>
            {from === 'pinned' ? t('registries.fromPinned', { count: all.length }) : t(footWord, { count: all.length })}
          </span>
          {list.hasNextPage && (
            <TextButton isDisabled={list.isFetchingNextPage} onPress={() => void list.fetchNextPage()}>
              {t('registries.moreRepositories')}
            </TextButton>
          )}
        </footer>
      )}
    </section>
  );
}

/** `/` jumps to the filter, unless something is being typed. */
function useSlashKey() {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const typing = event.target instanceof HTMLElement && event.target.matches('input, textarea, [contenteditable]');
      if (event.key !== '/' || typing || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      input.current?.focus();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
  return input;
}

interface RepositoryListProps {
  readonly source: Source;
  readonly names: readonly string[];
  readonly chosen: string | undefined;
  readonly onChoose: (repository: string) => void;
}

function RepositoryList({ source, names, chosen, onChoose }: RepositoryListProps) {
  const t = useText();
  const statements = useCall('policies.readPolicy', {}).data?.statements ?? null;
  return (
    <Virtualizer layout={ListLayout} layoutOptions={{ rowHeight }}>
      <ListBox
        aria-label={t('registries.repositories')}
        className={styles.list ?? ''}
        items={names.map((name) => ({ id: name }))}
        dependencies={[statements]}
        selectionMode="single"
        selectionBehavior="replace"
        selectedKeys={chosen === undefined ? [] : [chosen]}
        onSelectionChange={(keys) => {
          if (keys !== 'all') for (const key of keys) onChoose(String(key));
        }}
      >
        {({ id: name }) => (
          <ListBoxItem id={name} textValue={name} className={styles.repository ?? ''}>
            <b className="cut">
              <Untrusted text={name} cut />
            </b>
            <PolicyLine statement={applicable(statements, `${source.name}/${name}`)} known={statements !== null} />
          </ListBoxItem>
        )}
      </ListBox>
    </Virtualizer>
  );
}

/** The statement for a repository: an equal scope, else the one for all (trust policy specification, "Selecting a policy"). */
function applicable(
  statements: readonly TrustPolicyStatement[] | null,
  path: string,
): TrustPolicyStatement | undefined {
  return (
    statements?.find(({ registryScopes }) => registryScopes.includes(path)) ??
    statements?.find(({ registryScopes }) => registryScopes.includes('*'))
  );
}

function PolicyLine({
  statement,
  known,
}: {
  readonly statement: TrustPolicyStatement | undefined;
  readonly known: boolean;
}) {
  const t = useText();
  if (!known) return null;
  if (!statement) {
    return (
      <span className={styles.policy}>
        <ShieldOff aria-hidden />
        {t('registries.noPolicy')}
      </span>
    );
  }
  const { level } = statement.signatureVerification;
  return (
    <span className={styles.policy}>
      {level === 'skip' ? <Minus aria-hidden /> : <ShieldCheck aria-hidden />}
      <span className="cut">{level === 'skip' ? t('ui.verdictSkipped') : `${statement.name}, ${level}`}</span>
    </span>
  );
}

interface PinFormProps {
  readonly source: Source;
  readonly isFirst: boolean;
  readonly onPinned: (repository: string) => void;
}

function PinForm({ source, isFirst, onPinned }: PinFormProps) {
  const t = useText();
  const [name, setName] = useState('');
  const update = useCommand('registries.updateSource');
  const named = toRepositories(name, source.name);
  const [first] = named;
  const pin = () => {
    const pinnedRepositories = [...new Set([...source.pinnedRepositories, ...named])];
    const onSuccess = () => {
      setName('');
      if (first !== undefined) onPinned(first);
    };
    update.mutate({ id: source.id, pinnedRepositories }, { onSuccess });
  };
  return (
    <div className={styles.pin}>
      {isFirst && (
        <div>
          <b>{t('registries.noCatalogTitle')}</b>
          <div className="sub">{t('registries.noCatalogText')}</div>
        </div>
      )}
      <div className={styles.pinRow}>
        <TextField
          label={t('registries.pinLabel')}
          value={name}
          onChange={setName}
          hint={t('registries.pinHint')}
          lines
          maxLength={100_000}
        />
        <Button isDisabled={first === undefined || update.isPending} onPress={pin}>
          {named.length > 1 ? t('registries.pinMany', { count: named.length }) : t('registries.pin')}
        </Button>
      </div>
      {update.error && <ErrorCard error={update.error} />}
    </div>
  );
}
