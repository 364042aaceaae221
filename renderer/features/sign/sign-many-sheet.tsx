import { Check, CircleX, LoaderCircle } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import type { Digest } from '../../../shared/model/digest.ts';
import { useCall, useCommand } from '../../client/use-call.ts';
import { useErrorText } from '../../locales/error-text.ts';
import { useText } from '../../locales/use-text.tsx';
import { Button } from '../../ui/button.tsx';
import { CommandLine, WholeDigest } from '../../ui/copy.tsx';
import { Sheet } from '../../ui/dialog.tsx';
import { Section } from '../../ui/page.tsx';
import { Callout } from '../../ui/states.tsx';
import { Untrusted } from '../../ui/untrusted.tsx';
import { BeforeSigning } from './before-signing.tsx';
import { emptyDraft, missingFrom, toOptions, type SignDraft } from './sign-draft.ts';
import { SignForm } from './sign-form.tsx';
import styles from './sign.module.css';

/** One of the digests that are signed together. */
export interface SignTarget {
  readonly digest: Digest;
  /** What the user knows it by, such as its platform. */
  readonly name: string | undefined;
}

interface SignManySheetProps {
  readonly sourceId: string;
  readonly repository: string;
  readonly targets: readonly SignTarget[];
  /** For what can only be read: how the signatures are kept. */
  readonly unsaved?: ReactNode;
  readonly onClose: () => void;
}

type Outcome = 'signing' | { readonly done: OutputOf<'sign.signArtifact'> } | { readonly error: unknown };
type Outcomes = ReadonlyMap<Digest, Outcome>;

/** Signs digest after digest; one that fails does not keep the others from it. */
function useSigningOf({ sourceId, repository, targets }: SignManySheetProps) {
  const { mutateAsync } = useCommand('sign.signArtifact');
  const [outcomes, setOutcomes] = useState<Outcomes>(new Map());
  const [isRunning, setRunning] = useState(false);
  const left = targets.filter(({ digest }) => !isDone(outcomes.get(digest)));
  const run = async (draft: SignDraft) => {
    setRunning(true);
    for (const { digest } of left) {
      const note = (outcome: Outcome) => setOutcomes((before) => new Map(before).set(digest, outcome));
      note('signing');
      await mutateAsync({ sourceId, repository, reference: digest, digest, ...toOptions(draft) })
        .then((done) => note({ done }))
        .catch((error: unknown) => note({ error }));
    }
    setRunning(false);
  };
  return { outcomes, isRunning, left, run: (draft: SignDraft) => void run(draft) };
}

function isDone(outcome: Outcome | undefined): boolean {
  return typeof outcome === 'object' && 'done' in outcome;
}

/** Signs several manifests of an index with one confirmation, which names every digest. */
export function SignManySheet(props: SignManySheetProps) {
  const t = useText();
  const { sourceId, repository, targets, onClose, unsaved } = props;
  const [draft, setDraft] = useState<SignDraft>(emptyDraft);
  const { outcomes, isRunning, left, run } = useSigningOf(props);
  const first = targets[0]?.digest ?? '';
  const missing = missingFrom(draft);
  const plan = useCall(
    'sign.planSign',
    { sourceId, repository, reference: first, ...toOptions(draft) },
    { enabled: first !== '' && missing === undefined, keepPrevious: true },
  );
  const blocked = missing !== undefined || (plan.data?.findings.some(({ severity }) => severity === 'blocks') ?? true);
  const hasBegun = outcomes.size > 0;
  const footer = (
    <>
      <Button onPress={onClose}>{t(hasBegun ? 'ui.close' : 'ui.cancel')}</Button>
      {left.length > 0 && (
        <Button
          variant="primary"
          isDisabled={blocked || isRunning || plan.isPlaceholderData}
          isPending={isRunning}
          onPress={() => run(draft)}
        >
          {t(hasBegun && !isRunning ? 'signMany.again' : 'signMany.verb', { count: left.length })}
        </Button>
      )}
    </>
  );
  return (
    <Sheet title={t('signMany.title', { count: targets.length })} isOpen onClose={onClose} footer={footer}>
      {hasBegun && left.length === 0 && (
        <Callout tone="ok" role="status" title={t('signMany.done', { count: targets.length })}>
          {unsaved}
        </Callout>
      )}
      <Section title={t('sign.what')} note={t('signMany.digests')}>
        <Targets targets={targets} outcomes={outcomes} />
      </Section>
      {!hasBegun && (
        <>
          <SignForm draft={draft} onChange={setDraft} signs="artifact" />
          <BeforeSigning missing={missing} findings={missing ? undefined : plan.data?.findings} error={plan.error} />
        </>
      )}
      {plan.data && !missing && (
        <Section title={t('sign.command')}>
          {targets.map(({ digest }) => (
            <CommandLine key={digest} command={plan.data.command.replaceAll(first, digest)} />
          ))}
        </Section>
      )}
    </Sheet>
  );
}

function Targets({ targets, outcomes }: { readonly targets: readonly SignTarget[]; readonly outcomes: Outcomes }) {
  return (
    <ul className={styles.targets}>
      {targets.map(({ digest, name }) => (
        <li key={digest}>
          {name !== undefined && (
            <b>
              <Untrusted text={name} />
            </b>
          )}
          <WholeDigest digest={digest} />
          <OutcomeLine outcome={outcomes.get(digest)} />
        </li>
      ))}
    </ul>
  );
}

function OutcomeLine({ outcome }: { readonly outcome: Outcome | undefined }) {
  const t = useText();
  const errorText = useErrorText();
  if (outcome === undefined) return null;
  if (outcome === 'signing') {
    return (
      <span className="sub">
        <LoaderCircle aria-hidden /> {t('sign.signing')}
      </span>
    );
  }
  if ('error' in outcome) {
    const { title, next } = errorText(outcome.error);
    return (
      <span className={styles.failed} role="alert">
        <CircleX aria-hidden /> {title} {next}
      </span>
    );
  }
  return (
    <span className={styles.signed}>
      <Check aria-hidden /> {t('signMany.signed')}
    </span>
  );
}
