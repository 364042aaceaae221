import { useState, type ReactNode } from 'react';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import type { Digest } from '../../../shared/model/digest.ts';
import { useCall } from '../../client/use-call.ts';
import { useCancellableCommand } from '../../client/use-cancellable-command.ts';
import { useText } from '../../locales/use-text.tsx';
import { Button } from '../../ui/button.tsx';
import { CommandLine, WholeDigest } from '../../ui/copy.tsx';
import { Sheet } from '../../ui/dialog.tsx';
import { Section } from '../../ui/page.tsx';
import { ErrorCard, SkeletonRows } from '../../ui/states.tsx';
import { BeforeSigning } from './before-signing.tsx';
import { Cancelled, CancelSigning } from './cancel-signing.tsx';
import { Moved } from './moved.tsx';
import { emptyDraft, missingFrom, toOptions, type Missing, type SignDraft } from './sign-draft.ts';
import { SignForm } from './sign-form.tsx';
import { SignResult } from './sign-result.tsx';
import { useRememberedAuthority } from './use-remembered-authority.ts';

export interface SignSheetProps {
  readonly sourceId: string;
  readonly repository: string;
  /** A tag or digest. */
  readonly reference: string;
  /** What is signed; without it, the digest that the reference points at when the sheet opens. */
  readonly digest: Digest | undefined;
  /** For what can only be read: how the signature is kept. */
  readonly unsaved?: ReactNode;
  readonly onClose: () => void;
  /** Shows the new signature in the tree of its subject. */
  readonly onShow: (reference: string, signature: Digest) => void;
  readonly onOpen: (reference: string) => void;
}

/** Signs a digest: what, with which key, what stands in the way, then what came of it. */
export function SignSheet(props: SignSheetProps) {
  const t = useText();
  const { sourceId, repository, reference, onClose } = props;
  const [draft, setDraft] = useState<SignDraft>(emptyDraft);
  const location = { sourceId, repository };
  const resolved = useCall('artifacts.resolveReference', { ...location, reference });
  const current = resolved.data?.descriptor.digest;
  const [digest, setDigest] = useState(props.digest);
  if (digest === undefined && current !== undefined) setDigest(current);
  const missing = missingFrom(draft);
  const plan = useCall(
    'sign.planSign',
    { ...location, reference, ...toOptions(draft) },
    { enabled: digest !== undefined && missing === undefined, keepPrevious: true },
  );
  const sign = useCancellableCommand('sign.signArtifact');
  const remember = useRememberedAuthority();
  const submit = () => {
    const options = toOptions(draft);
    const onSuccess = () => remember(options.timestamp);
    if (digest) sign.mutate({ ...location, reference, digest, ...options }, { onSuccess });
  };
  const blocked = missing !== undefined || (plan.data?.findings.some(({ severity }) => severity === 'blocks') ?? true);
  const name = repository === '' ? reference : `${repository}:${reference}`;
  const footer = sign.data ? (
    <Button autoFocus key="close" variant="primary" onPress={onClose}>
      {t('ui.close')}
    </Button>
  ) : (
    <>
      <CancelSigning {...sign} onClose={onClose} />
      <Button
        variant="primary"
        isDisabled={digest === undefined || blocked || sign.isPending || plan.isPlaceholderData}
        onPress={submit}
      >
        {t(sign.isPending ? 'sign.signing' : 'sign.verb')}
      </Button>
    </>
  );
  return (
    <Sheet title={t('sign.title', { name })} isOpen onClose={sign.isPending ? sign.cancel : onClose} footer={footer}>
      {sign.error && (sign.isCancelled ? <Cancelled /> : <ErrorCard error={sign.error} />)}
      {resolved.error && <ErrorCard error={resolved.error} onRetry={() => void resolved.refetch()} />}
      {resolved.isPending && <SkeletonRows count={3} />}
      {sign.data ? (
        <SignResult {...props} result={sign.data} />
      ) : (
        digest && (
          <>
            {current !== undefined && current !== digest && (
              <Moved tag={reference} digest={current} onOpen={props.onOpen} />
            )}
            <Draft {...{ draft, digest, missing }} onChange={setDraft} plan={plan.data} error={plan.error} />
          </>
        )
      )}
    </Sheet>
  );
}

interface DraftProps {
  readonly draft: SignDraft;
  readonly onChange: (draft: SignDraft) => void;
  readonly digest: Digest;
  readonly missing: Missing | undefined;
  readonly plan: OutputOf<'sign.planSign'> | undefined;
  readonly error: Error | null;
}

function Draft({ draft, onChange, digest, missing, plan, error }: DraftProps) {
  const t = useText();
  return (
    <>
      <Section title={t('sign.what')} note={t('sign.digest')}>
        <WholeDigest digest={digest} />
      </Section>
      <SignForm draft={draft} onChange={onChange} signs="artifact" />
      <BeforeSigning missing={missing} findings={missing ? undefined : plan?.findings} error={error} />
      {plan && !missing && (
        <Section title={t('sign.command')}>
          <CommandLine command={plan.command} />
        </Section>
      )}
    </>
  );
}
