import type { PolicyProblem } from '../../../shared/model/trust-policy.ts';
import { addStatement } from '../../../shared/policy-text/statement-list.ts';
import { useText } from '../../locales/use-text.tsx';
import { BareSheet } from '../../ui/dialog.tsx';
import { Panes } from '../../ui/panes.tsx';
import { useMedia } from '../../ui/use-media.ts';
import { useDocumentKind } from './document-kind.ts';
import type { Draft } from './draft-store.ts';
import { JsonPane } from './json-pane.tsx';
import styles from './policies.module.css';
import { moveStatement } from './policy-edits.ts';
import { SelectionPanel } from './selection-panel.tsx';
import { StatementList } from './statement-list.tsx';
import { StatementPane } from './statement-pane.tsx';
import { usePlace } from './use-place.ts';
import { readStatements, type StatementView } from './statement-view.ts';
import { HereProvider } from './here.ts';
import { useUndoKeys } from './use-undo-keys.ts';
import { useEdit } from './use-policy.ts';

interface PolicyEditorProps {
  readonly draft: Draft;
  readonly problems: readonly PolicyProblem[];
  readonly areProblemsCurrent: boolean;
  /** The statement that the address asks for. */
  readonly statementName: string | undefined;
  readonly isJsonOpen: boolean;
  readonly onJsonOpen: (isOpen: boolean) => void;
}

/** Windows on which the JSON stands beside the form; on narrower ones it is a sheet. */
export const wideEnough = '(min-width: 1180px)';

/** Statements, form and JSON side by side. */
export function PolicyEditor({
  draft,
  problems,
  areProblemsCurrent,
  statementName,
  isJsonOpen,
  onJsonOpen,
}: PolicyEditorProps) {
  const t = useText();
  const wide = useMedia(wideEnough);
  const edit = useEdit();
  const kind = useDocumentKind();
  const statements = readStatements(draft.text);
  const { selected, here, enter, select, selectAt } = usePlace(statements ?? [], statementName);
  useUndoKeys();
  const right = <RightPane {...{ draft, problems, areProblemsCurrent, selected }} onCursor={selectAt} />;
  const left = (
    <StatementList
      statements={statements ?? []}
      saved={readStatements(draft.base.text) ?? []}
      problems={problems}
      selected={selected?.index ?? -1}
      onSelect={select}
      onMove={(index, to) => {
        edit((text) => moveStatement(text, index, to));
        select(to);
      }}
      onAdd={() => {
        const place = kind === 'oci' ? { scopes: [] } : {};
        edit((text) => addStatement(text, { name: '', ...place, level: 'strict', stores: [], identities: ['*'] }));
        select(statements?.length ?? 0);
      }}
    />
  );
  const middle = <StatementPane {...{ statements, selected, problems }} onSelect={select} />;
  const panes = [
    { id: 'statements', content: left, size: 216, min: 180, max: 360 },
    { id: 'form', content: middle, min: 420 },
    ...(wide ? [{ id: 'json', content: right, size: 420, min: 300, max: 720 }] : []),
  ];
  return (
    <HereProvider value={{ here, enter }}>
      <Panes id={wide ? 'policies' : 'policies-narrow'} panes={panes} />
      {!wide && (
        <BareSheet label={t('policies.jsonLabel')} isOpen={isJsonOpen} onClose={() => onJsonOpen(false)}>
          {right}
        </BareSheet>
      )}
    </HereProvider>
  );
}

interface RightPaneProps extends Pick<PolicyEditorProps, 'draft' | 'problems' | 'areProblemsCurrent'> {
  readonly selected: StatementView | undefined;
  readonly onCursor: (offset: number) => void;
}

function RightPane({ draft, problems, areProblemsCurrent, selected, onCursor }: RightPaneProps) {
  const edit = useEdit();
  return (
    <div className={styles.rightPane}>
      <JsonPane
        text={draft.text}
        savedText={draft.base.text}
        problems={problems}
        areProblemsCurrent={areProblemsCurrent}
        selected={selected}
        edit={edit}
        onCursor={onCursor}
      />
      <SelectionPanel draftText={draft.text} savedText={draft.base.text} selected={selected} />
    </div>
  );
}
