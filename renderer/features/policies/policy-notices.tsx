import type { OutputOf } from '../../../shared/contract/contract.ts';
import { useText } from '../../locales/use-text.tsx';
import { useCommand } from '../../client/use-call.ts';
import { Button } from '../../ui/button.tsx';
import { CommandLine } from '../../ui/copy.tsx';
import { Callout } from '../../ui/states.tsx';
import { useTellError } from '../../ui/toast.tsx';
import { useDraft } from './draft-store.ts';
import { blocksSaving } from './use-policy.ts';
import styles from './policies.module.css';

interface PolicyNoticesProps {
  readonly saved: OutputOf<'policies.readPolicy'>;
  /** A proposal that could not be put into the draft. */
  readonly isProposalLost: boolean;
}

/** Writes the old file's content under the new name, byte for byte, and removes the old one. */
function Migrate({ saved }: Pick<PolicyNoticesProps, 'saved'>) {
  const t = useText();
  const tellError = useTellError();
  const save = useCommand('policies.savePolicy');
  const { text, revision, problems } = saved;
  const isRefused = problems.some(blocksSaving);
  if (text === null) return null;
  return (
    <>
      <Button
        size="small"
        isDisabled={isRefused}
        isPending={save.isPending}
        onPress={() => save.mutate({ text, ifRevision: revision }, { onError: tellError })}
      >
        {t('policies.migrate')}
      </Button>
      {isRefused && <span className="dim">{t('policies.migrateRefused')}</span>}
      <CommandLine command="notation policy import trustpolicy.json" />
    </>
  );
}

/** What the user must know before going on: another version of the file, the old file name, a proposal that does not fit. */
export function PolicyNotices({ saved, isProposalLost }: PolicyNoticesProps) {
  const t = useText();
  const { draft, keepMine, loadTheirs } = useDraft();
  if (!draft?.theirs && !saved.usesOldName && !isProposalLost) return null;
  return (
    <div className={styles.notices}>
      {draft?.theirs && (
        <Callout
          tone="warn"
          role="alert"
          title={t('policies.conflictTitle')}
          actions={
            <>
              <Button size="small" onPress={keepMine}>
                {t('policies.keepMine')}
              </Button>
              <Button size="small" onPress={loadTheirs}>
                {t('policies.loadTheirs')}
              </Button>
            </>
          }
        >
          <p>{t('policies.conflictText')}</p>
        </Callout>
      )}
      {saved.usesOldName && (
        <Callout tone="plain" title={t('policies.oldNameTitle')} actions={<Migrate saved={saved} />}>
          <p>{t('policies.oldNameText')}</p>
        </Callout>
      )}
      {isProposalLost && (
        <Callout tone="warn" title={t('policies.proposalLost')}>
          <p>{t('policies.proposalLostText')}</p>
        </Callout>
      )}
    </div>
  );
}
