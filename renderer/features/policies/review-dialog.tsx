import type { PolicyProblem } from '../../../shared/model/trust-policy.ts';
import { isAppError } from '../../../shared/errors/app-error.ts';
import { useCommand } from '../../client/use-call.ts';
import { useIsScratch } from '../../client/use-is-scratch.ts';
import { useText } from '../../locales/use-text.tsx';
import { Button } from '../../ui/button.tsx';
import { CommandLine } from '../../ui/copy.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Rich } from '../../ui/rich.tsx';
import { Callout, ErrorCard } from '../../ui/states.tsx';
import { tellDone } from '../../ui/toast.tsx';
import { DiffView } from './diff-view.tsx';
import { useDocumentKind } from './document-kind.ts';
import { useDraft, type SavedPolicy } from './draft-store.ts';
import { Meaning } from './history-sheet.tsx';
import { ProblemNotes } from './problem-note.tsx';
import { blocksSaving, useEdit } from './use-policy.ts';

/** What does the same with a file of the new content. */
const importCommands = {
  oci: 'notation policy import trustpolicy.oci.json',
  blob: 'notation blob policy import trustpolicy.blob.json',
} as const;

interface ReviewDialogProps {
  readonly base: SavedPolicy;
  readonly text: string;
  readonly problems: readonly PolicyProblem[];
  readonly areProblemsCurrent: boolean;
  /** The change was proposed by another screen. */
  readonly isProposal: boolean;
  readonly onClose: () => void;
  /** The file is no longer what the draft started from. */
  readonly onConflict: () => void;
}

/** Shows what saving changes in the file, line by line, and saves. */
export function ReviewDialog({
  base,
  text,
  problems,
  areProblemsCurrent,
  isProposal,
  onClose,
  onConflict,
}: ReviewDialogProps) {
  const t = useText();
  const edit = useEdit();
  const kind = useDocumentKind();
  const faults = problems.filter(blocksSaving);
  const canSave = areProblemsCurrent && faults.length === 0 && text !== base.text;
  const [save, submit] = useSave({ base, text, onClose, onConflict });
  const footer = (
    <>
      <Button onPress={onClose}>{t('ui.cancel')}</Button>
      <Button variant="primary" isDisabled={!canSave} isPending={save.isPending} onPress={submit}>
        {t('policies.save')}
      </Button>
    </>
  );
  return (
    <Dialog
      isOpen
      wide
      onClose={onClose}
      title={t(isProposal ? 'policies.proposalTitle' : 'policies.reviewTitle')}
      footer={footer}
    >
      <p className="sub">
        <Rich
          id={base.revision === 'absent' ? 'policies.reviewNew' : 'policies.reviewText'}
          values={{ path: base.path }}
        />
      </p>
      {text === base.text ? (
        <Callout tone="plain">{t('policies.noChanges')}</Callout>
      ) : (
        <>
          <Meaning before={base.revision === 'absent' ? null : base.text} after={text} />
          <DiffView before={base.text} after={text} label={t('policies.reviewTitle')} />
        </>
      )}
      {faults.length > 0 && (
        <Callout tone="bad" title={t('policies.cannotSave', { count: faults.length })}>
          <ProblemNotes problems={faults} edit={edit} />
        </Callout>
      )}
      {save.isError && <ErrorCard error={save.error} />}
      <CommandLine command={importCommands[kind]} />
    </Dialog>
  );
}

/** Writes the draft over the version that it started from, and no other. */
function useSave({
  base,
  text,
  onClose,
  onConflict,
}: Pick<ReviewDialogProps, 'base' | 'text' | 'onClose' | 'onConflict'>) {
  const t = useText();
  const scratch = String(useIsScratch());
  const document = useDocumentKind();
  const save = useCommand('policies.savePolicy');
  const submit = () =>
    save.mutate(
      { document, text, ifRevision: base.revision },
      {
        onSuccess: ({ revision }) => {
          useDraft.getState().wasSaved({ ...base, text, revision });
          tellDone(t('policies.saved'), t('policies.savedText', { scratch }));
          onClose();
        },
        onError: (error) => {
          if (isAppError(error, 'file.changedMeanwhile')) onConflict();
        },
      },
    );
  return [save, submit] as const;
}
