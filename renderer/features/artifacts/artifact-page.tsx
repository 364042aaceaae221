import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import type { Artifact, ReferrersReport } from '../../../shared/model/artifact.ts';
import type { AttachmentQuestion } from '../../../shared/model/attachment.ts';
import type { Digest } from '../../../shared/model/digest.ts';
import type { Source } from '../../../shared/model/source.ts';
import type { VerificationReport } from '../../../shared/model/verification.ts';
import { askNow, laneOptions, stopAsking } from '../../client/lane.ts';
import { useCall } from '../../client/use-call.ts';
import type { VerifyOptions } from '../../client/verify-options.ts';
import { useText } from '../../locales/use-text.tsx';
import { buttonLink } from '../../ui/button.tsx';
import { BareSheet } from '../../ui/dialog.tsx';
import { Panes } from '../../ui/panes.tsx';
import { ErrorCard, SkeletonRows } from '../../ui/states.tsx';
import { useMedia } from '../../ui/use-media.ts';
import { ArtifactHeader } from './artifact-header.tsx';
import styles from './artifact-page.module.css';
import { AttachmentsPanel, firstRow } from './attachments-panel.tsx';
import type { AttachmentsView } from './attachments-view.ts';
import type { InspectorTab } from './inspector-tab.ts';
import { SelectionInspector, type RenderSignatureVerdict } from './selection-inspector.tsx';
import { useAttachments, type Attachments } from './use-attachments.ts';
import { useFreshVerdict } from './use-fresh-verdict.ts';
import { usePinnedArtifact } from './use-pinned-artifact.ts';
import { useRowVerdicts, type RowVerdicts } from './use-row-verdicts.ts';

/** What is known of the verification; the verify slice draws it. */
export interface VerdictState {
  readonly report: VerificationReport | undefined;
  readonly error: Error | null;
  readonly isFetching: boolean;
  readonly questions: ReferrersReport['questions'] | undefined;
  /** What it was asked with. */
  readonly options: VerifyOptions;
  readonly onRetry: () => void;
}

/** The options in force, and how to get to others; the verify slice draws them. */
export interface VerifyWith {
  readonly options: VerifyOptions;
  /** Whether others are being chosen. */
  readonly isChoosing: boolean;
  /** For a layout: what scopes are compared with unless another is given; empty where that is not known. */
  readonly layoutScope: string | undefined;
  readonly choose: () => void;
  readonly verify: (options: VerifyOptions) => void;
  readonly close: () => void;
}

export interface ArtifactPageProps {
  readonly sourceId: string;
  readonly repository: string;
  /** A tag or digest. */
  readonly reference: string;
  /** The node shown in the inspector; without one, the signature that decided. */
  readonly selected: string | undefined;
  readonly tab: InspectorTab;
  readonly view: AttachmentsView;
  readonly onView: (view: AttachmentsView) => void;
  readonly onSelect: (digest: string | undefined) => void;
  readonly onTab: (tab: InspectorTab) => void;
  readonly onOpen: (reference: string) => void;
  /** Signs the digest; the reference is how it was found. */
  readonly onSign: (reference: string, digest: Digest) => void;
  /** Signs manifests of the index, all at once. */
  readonly onSignMany: (digests: readonly Digest[]) => void;
  readonly renderVerdict: (state: VerdictState) => ReactNode;
  readonly renderVerifyOptions: (state: VerifyWith) => ReactNode;
  readonly renderSignatureVerdict: RenderSignatureVerdict;
}

/** An artifact: what it is, whether it is trusted and why, and everything attached to it. */
export function ArtifactPage(props: ArtifactPageProps) {
  const t = useText();
  const { sourceId, repository, reference } = props;
  const artifact = usePinnedArtifact({ sourceId, repository, reference });
  const source = useCall('registries.listSources', {}).data?.sources.find(({ id }) => id === sourceId);
  if (artifact.error && !artifact.pinned) {
    return (
      <div className={styles.notice}>
        <ErrorCard
          error={artifact.error}
          onRetry={() => void artifact.refetch()}
          actions={
            <Link to="/sources/$sourceId" params={{ sourceId }} search={{ repository }} className={buttonLink('small')}>
              {t('artifacts.backToRepository')}
            </Link>
          }
        />
      </div>
    );
  }
  if (!artifact.pinned || !source) return <SkeletonRows count={10} />;
  return <Loaded key={artifact.pinned.descriptor.digest} {...props} artifact={artifact.pinned} source={source} />;
}

interface LoadedProps extends ArtifactPageProps {
  readonly artifact: Artifact;
  readonly source: Source;
}

function Loaded(props: LoadedProps) {
  const t = useText();
  const { sourceId, repository, artifact, selected, onSelect } = props;
  const { digest } = artifact.descriptor;
  const queries = useQueryClient();
  const [options, setOptions] = useState<VerifyOptions>({});
  const judged = { sourceId, repository, reference: digest };
  const isNarrow = useMedia('(max-width: 1179px)');
  const verdict = useQuery(laneOptions('verify.verifyArtifact', { ...judged, ...options }));
  const verifyWith = async (chosen: VerifyOptions) => {
    const input = { ...judged, ...chosen };
    const { queryKey } = laneOptions('verify.verifyArtifact', input);
    setOptions(chosen);
    // One that runs by itself gives way to the one that the user wants and that is recorded.
    await queries.cancelQueries({ queryKey });
    const queryFn = ({ signal }: { signal: AbortSignal }) => askNow('verify.verifyArtifact', input, signal);
    return queries.fetchQuery({ queryKey, queryFn, staleTime: 0 });
  };
  const attachments = useAttachments({ sourceId, repository, artifact });
  const { tree } = attachments;
  // One that failed leaves nothing that may be shown as today's.
  const judgedRoot = {
    report: verdict.isError ? undefined : verdict.data,
    hasFailed: verdict.isError && !verdict.isFetching,
  };
  const verdicts = useRowVerdicts({ sourceId, repository }, tree, judgedRoot);
  useFreshVerdict(verdict, attachments);
  const shown = selected ?? (isNarrow ? undefined : firstRow(tree, decidedBy(verdict.data))?.key);
  const found = { attachments, verdicts, shown };
  const stop = () => stopAsking('verify.verifyArtifact', { ...judged, ...options });
  const asked = { ...verdict, again: verifyWith, stop };
  const main = <Main {...props} {...found} options={options} verdict={asked} />;
  const inspector = <SelectionInspector {...props} {...found} tree={tree} />;
  if (isNarrow) {
    return (
      <>
        {main}
        <BareSheet label={t('artifacts.inspector')} isOpen={shown !== undefined} onClose={() => onSelect(undefined)}>
          {inspector}
        </BareSheet>
      </>
    );
  }
  const panes = [
    { id: 'artifact', min: 480, content: main },
    { id: 'inspector', size: 428, min: 320, max: 720, content: inspector },
  ];
  return <Panes id="artifact" panes={panes} />;
}

/** The signature that decided: the one the CLI took, else the first with the verdict of the whole. */
function decidedBy(report: VerificationReport | undefined): string | undefined {
  const best = report?.signatures.find(({ verdict }) => verdict === report.verdict);
  return report?.cli.decidedBy ?? best?.manifestDigest;
}

/** What was asked to find signatures; tags of cosign hold none that a policy is about. */
function askedForSignatures(questions: readonly AttachmentQuestion[] | undefined): VerdictState['questions'] {
  return questions?.flatMap(({ asked, ...question }) => (asked === 'cosignTag' ? [] : [{ ...question, asked }]));
}

function layoutScopeOf({ scope }: VerifyOptions, report: VerificationReport | undefined): string {
  return scope === undefined ? (report?.scope ?? '') : '';
}

interface MainProps extends LoadedProps {
  readonly options: VerifyOptions;
  readonly verdict: {
    readonly data: VerificationReport | undefined;
    readonly error: Error | null;
    readonly isFetching: boolean;
    /** As the user's own wish, which is recorded. */
    again(options: VerifyOptions): Promise<unknown>;
    stop(): void;
  };
  readonly attachments: Attachments;
  readonly verdicts: RowVerdicts;
  readonly shown: string | undefined;
}

function Main(props: MainProps) {
  const { options, source, verdict, attachments, renderVerdict } = props;
  const [isChoosing, setChoosing] = useState(false);
  const verify = (chosen: VerifyOptions) => {
    setChoosing(false);
    void verdict.again(chosen).catch(() => undefined);
    attachments.refetch();
  };
  const again = () => verify(options);
  return (
    <div className={styles.main}>
      <ArtifactHeader
        {...props}
        command={verdict.data?.simulated ? undefined : verdict.data?.cli.command}
        isVerifying={verdict.isFetching}
        isUnsigned={verdict.data?.verdict === 'noSignature'}
        onVerify={again}
        onStop={verdict.stop}
        onVerifyWith={() => setChoosing(true)}
      />
      {props.renderVerifyOptions({
        options,
        isChoosing,
        layoutScope: source.kind === 'layout' ? layoutScopeOf(options, verdict.data) : undefined,
        choose: () => setChoosing(true),
        verify,
        close: () => setChoosing(false),
      })}
      {renderVerdict({
        report: verdict.data,
        error: verdict.error,
        isFetching: verdict.isFetching,
        questions: askedForSignatures(attachments.tree.root.level?.questions),
        options,
        onRetry: again,
      })}
      <AttachmentsPanel {...props} />
    </div>
  );
}
