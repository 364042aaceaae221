import { useState, type ReactNode } from 'react';
import type { InputOf, OutputOf } from '../../../shared/contract/contract.ts';
import type { Digest } from '../../../shared/model/digest.ts';
import { useCall, useCommand } from '../../client/use-call.ts';
import { useSettings, useUpdateSettings } from '../../client/use-settings.ts';
import { useText } from '../../locales/use-text.tsx';
import { Button } from '../../ui/button.tsx';
import { CommandLine, WholeDigest } from '../../ui/copy.tsx';
import { Sheet } from '../../ui/dialog.tsx';
import { Section } from '../../ui/page.tsx';
import { Callout, ErrorCard, SkeletonRows } from '../../ui/states.tsx';
import { Findings } from './findings.tsx';
import { SignForm } from './sign-form.tsx';
import { Moved } from './moved.tsx';
import { SignResult } from './sign-result.tsx';
import { emptyDraft, remembering, toOptions, toTimestampChoice, type SignDraft } from './sign-draft.ts';

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

/** Signs, and remembers the timestamp authority that answered. */
function useSigning() {
  const sign = useCommand('sign.signArtifact');
  const { timestampAuthorities } = useSettings();
  const updateSettings = useUpdateSettings();
  const signWith = (input: InputOf<'sign.signArtifact'>) => {
    const { timestamp } = input;
    const remember = () =>
      timestamp && updateSettings({ timestampAuthorities: remembering(timestamp, timestampAuthorities) });
    sign.mutate(input, { onSuccess: remember });
  };
  return [sign, signWith] as const;
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
  const plan = useCall(
    'sign.planSign',
    { ...location, reference, ...toOptions(draft) },
    { enabled: digest !== undefined, keepPrevious: true },
  );
  const [sign, signWith] = useSigning();
  const submit = () => digest && signWith({ ...location, reference, digest, ...toOptions(draft) });
  const isWhole = !draft.timestamp.isWanted || toTimestampChoice(draft.timestamp) !== undefined;
  const blocked = !isWhole || (plan.data?.findings.some(({ severity }) => severity === 'blocks') ?? true);
  const name = repository === '' ? reference : `${repository}:${reference}`;
  const footer = sign.data ? (
    <Button autoFocus key="close" variant="primary" onPress={onClose}>
      {t('ui.close')}
    </Button>
  ) : (
    <>
      <Button onPress={onClose}>{t('ui.cancel')}</Button>
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
    <Sheet title={t('sign.title', { name })} isOpen onClose={onClose} footer={footer}>
      {sign.error && <ErrorCard error={sign.error} />}
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
            <Draft {...{ draft, digest, isWhole }} onChange={setDraft} plan={plan.data} error={plan.error} />
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
  /** Whether a timestamp that is wanted can be asked for. */
  readonly isWhole: boolean;
  readonly plan: OutputOf<'sign.planSign'> | undefined;
  readonly error: Error | null;
}

function Draft({ draft, onChange, digest, isWhole, plan, error }: DraftProps) {
  const t = useText();
  return (
    <>
      <Section title={t('sign.what')} note={t('sign.digest')}>
        <WholeDigest digest={digest} />
      </Section>
      <SignForm draft={draft} onChange={onChange} />
      <Section title={t('sign.before')}>
        {error && <ErrorCard error={error} />}
        {!isWhole && (
          <Callout compact tone="warn">
            {t('sign.timestampMissing')}
          </Callout>
        )}
        {plan ? <Findings findings={plan.findings} /> : <p className="sub">{t('sign.planning')}</p>}
      </Section>
      {plan && (
        <Section title={t('sign.command')}>
          <CommandLine command={plan.command} />
        </Section>
      )}
    </>
  );
}
