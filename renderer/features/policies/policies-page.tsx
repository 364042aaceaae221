import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import type { PolicyDocumentKind } from '../../../shared/model/trust-policy.ts';
import { useCall } from '../../client/use-call.ts';
import { useText } from '../../locales/use-text.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { ErrorCard } from '../../ui/states.tsx';
import { useMedia } from '../../ui/use-media.ts';
import { DocumentBar } from './document-bar.tsx';
import { DocumentKindProvider, useDocumentKind } from './document-kind.ts';
import { ImpactStrip } from './impact-strip.tsx';
import { DocumentSwitch } from './document-switch.tsx';
import { useDraft } from './draft-store.ts';
import { EmptyPolicy } from './empty-policy.tsx';
import { countChanges } from './line-diff.ts';
import styles from './policies.module.css';
import { PolicyDialogs, type OverEditor } from './policy-dialogs.tsx';
import { PolicyEditor, wideEnough } from './policy-editor.tsx';
import { PolicyNotices } from './policy-notices.tsx';
import { applyProposal, toProposal, type Proposal } from './proposal.ts';
import { readStatements, type StatementView } from './statement-view.ts';
import { useValidation } from './use-policy.ts';

/** Trust policies: form, JSON and the way to a saved file, of the document that the address names. */
export function PoliciesPage() {
  const { document = 'oci' } = useSearch({ from: '/policies' });
  return (
    <DocumentKindProvider value={document}>
      <DocumentPage key={document} document={document} />
    </DocumentKindProvider>
  );
}

function DocumentPage({ document }: { readonly document: PolicyDocumentKind }) {
  const t = useText();
  const saved = useCall('policies.readPolicy', { document });
  const draft = useDraft((state) => state.draft);
  useTakeIn(saved.data, saved.isFetchedAfterMount && !saved.isFetching);
  const isReady = saved.data !== undefined && draft?.base.path === saved.data.path;
  if (!isReady) {
    return (
      <div className={styles.page}>
        <header className={styles.bar}>
          <h1>{t('policies.title')}</h1>
          <DocumentSwitch />
        </header>
        <div className={styles.waiting}>
          <Loaded query={saved}>{() => null}</Loaded>
        </div>
      </div>
    );
  }
  return <PolicyDocument saved={saved.data} error={saved.error} onConflict={() => void saved.refetch()} />;
}

/** Takes the file into the draft whenever it was read anew. */
function useTakeIn(saved: OutputOf<'policies.readPolicy'> | undefined, isFresh: boolean) {
  const takeIn = useDraft((state) => state.takeIn);
  useEffect(() => {
    if (saved && isFresh) takeIn({ path: saved.path, text: saved.text ?? '', revision: saved.revision });
  }, [saved, isFresh, takeIn]);
}

function PolicyDocument({
  saved,
  error,
  onConflict,
}: {
  readonly saved: OutputOf<'policies.readPolicy'>;
  /** Why the file could not be read anew. */
  readonly error: Error | null;
  readonly onConflict: () => void;
}) {
  const search = useSearch({ from: '/policies' });
  const { draft, edit } = useDraft();
  const [shown, show] = useState<OverEditor>('nothing');
  const [isJsonOpen, setJsonOpen] = useState(false);
  const isProposalLost = useProposal(useDocumentKind(), () => show('proposal'));
  const text = draft?.text ?? '';
  const hasJsonPane = useMedia(wideEnough);
  const validation = useValidation(text, useDocumentKind());
  if (!draft) return null;
  return (
    <div className={styles.page}>
      <DocumentBar
        changes={countChanges(draft.base.text, text)}
        onReview={() => show('changes')}
        onHistory={() => show('history')}
        onShowJson={text === '' || hasJsonPane ? undefined : () => setJsonOpen(true)}
      />
      {error && (
        <div className={styles.waiting}>
          <ErrorCard error={error} onRetry={onConflict} />
        </div>
      )}
      <PolicyNotices saved={saved} isProposalLost={isProposalLost} />
      <div className={styles.grows}>
        {text === '' ? (
          <EmptyPolicy path={draft.base.path} search={search} onMake={(made) => edit(made)} />
        ) : (
          <PolicyEditor
            draft={draft}
            problems={validation.problems}
            areProblemsCurrent={validation.isCurrent}
            statementName={search.statement}
            isJsonOpen={isJsonOpen}
            onJsonOpen={setJsonOpen}
          />
        )}
      </div>
      {search.document !== 'blob' && text !== '' && text !== draft.base.text && <ImpactStrip text={text} />}
      <PolicyDialogs
        shown={shown}
        onShow={show}
        draft={draft}
        problems={validation.problems}
        areProblemsCurrent={validation.isCurrent}
        onConflict={onConflict}
      />
    </div>
  );
}

/** The statement that a proposal made, or was about. */
function nameOfProposed(text: string, proposal: Proposal): string | undefined {
  if (proposal.propose !== 'statement') return proposal.statement;
  const { scope } = proposal;
  const isMeant = (statement: StatementView) =>
    scope === undefined ? statement.isGlobal : statement.scopes.includes(scope);
  return readStatements(text)?.find(isMeant)?.name;
}

/** Puts what the address proposes into the draft, once, and opens the review; whether it could not. */
function useProposal(kind: PolicyDocumentKind, onApplied: () => void): boolean {
  const search = useSearch({ from: '/policies' });
  const navigate = useNavigate();
  const [isLost, setLost] = useState(false);
  const applied = useRef(onApplied);
  useEffect(() => {
    applied.current = onApplied;
  });
  useEffect(() => {
    const proposal = toProposal(search, kind);
    const { draft, edit } = useDraft.getState();
    if (!proposal || !draft) return;
    const text = applyProposal(draft.text, proposal);
    setLost(text === null);
    if (text !== null) {
      edit(text);
      applied.current();
    }
    const statement = nameOfProposed(text ?? draft.text, proposal);
    const document = kind === 'blob' ? { document: kind } : {};
    void navigate({
      to: '/policies',
      search: { ...document, ...(statement !== undefined && { statement }) },
      replace: true,
    });
  }, [search, navigate, kind]);
  return isLost;
}
