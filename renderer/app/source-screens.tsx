import { getRouteApi, Outlet, useNavigate } from '@tanstack/react-router';
import { useCall, useCommand } from '../client/use-call.ts';
import type { InputOf } from '../../shared/contract/contract.ts';
import { isDigest, type Digest } from '../../shared/model/digest.ts';
import { ArtifactPage } from '../features/artifacts/artifact-page.tsx';
import { platformNameOf } from '../features/artifacts/platforms.ts';
import { unsavedPolicyOf, useDraft } from '../features/policies/draft-store.ts';
import { SaveCopy } from '../features/registries/save-copy.tsx';
import { SourcePage } from '../features/registries/source-page.tsx';
import { SignManySheet } from '../features/sign/sign-many-sheet.tsx';
import { SignSheet } from '../features/sign/sign-sheet.tsx';
import { AppliedOptions } from '../features/verify/applied-options.tsx';
import { VerdictCard } from '../features/verify/verdict-card.tsx';
import { VerdictPanel } from '../features/verify/verdict-panel.tsx';
import { VerifyForm } from '../features/verify/verify-form.tsx';
import { useTellError } from '../ui/toast.tsx';
import { NotFound } from './not-found.tsx';

const sourceApi = getRouteApi('/sources/$sourceId');
const signApi = getRouteApi('/sources/$sourceId/artifact/sign');
const artifactApi = getRouteApi('/sources/$sourceId/artifact');

/** A registry or layout at its address. */
export function SourceScreen() {
  const { sourceId } = sourceApi.useParams();
  const { repository } = sourceApi.useSearch();
  const navigate = useNavigate();
  const plan = usePlanQueue();
  return (
    <SourcePage
      sourceId={sourceId}
      repository={repository}
      onRepository={(chosen) =>
        void navigate({ to: '/sources/$sourceId', params: { sourceId }, search: { repository: chosen } })
      }
      onOpen={(chosen, reference) =>
        void navigate({
          to: '/sources/$sourceId/artifact',
          params: { sourceId },
          search: { repository: chosen, reference },
        })
      }
      onQueue={(action, chosen, references) =>
        plan(
          action,
          references.map((reference) => ({ sourceId, repository: chosen, reference })),
        )
      }
      onRemoved={() => void navigate({ to: '/' })}
      onSaved={({ id }) => void navigate({ to: '/sources/$sourceId', params: { sourceId: id } })}
    />
  );
}

/** Plans a queue and goes to it. */
function usePlanQueue() {
  const navigate = useNavigate();
  const tellError = useTellError();
  const { mutate } = useCommand('bulk.planQueue');
  return (action: 'verify' | 'sign', artifacts: InputOf<'bulk.planQueue'>['artifacts']) =>
    mutate(
      { action, artifacts },
      { onError: tellError, onSuccess: ({ id }) => void navigate({ to: '/queues', search: { queue: id } }) },
    );
}

function useArtifactPlace() {
  const { sourceId } = artifactApi.useParams();
  const search = artifactApi.useSearch();
  const navigate = useNavigate();
  const open = (reference: string, selected?: string) =>
    void navigate({
      to: '/sources/$sourceId/artifact',
      params: { sourceId },
      search: { repository: search.repository, reference, ...(selected !== undefined && { selected }) },
    });
  return { sourceId, search, navigate, open };
}

/** An artifact at its address: the slices that show it meet here. */
export function ArtifactScreen() {
  const { sourceId, search, navigate, open } = useArtifactPlace();
  const { repository, reference, selected, tab = 'verdict', view = 'tree' } = search;
  const draftPolicy = useDraft(unsavedPolicyOf);
  if (reference === '') return <NotFound />;
  return (
    <>
      <ArtifactPage
        sourceId={sourceId}
        repository={repository}
        reference={reference}
        selected={selected}
        tab={tab}
        view={view}
        onView={(chosen) => void navigate({ to: '.', search: { ...search, view: chosen } })}
        onSelect={(digest) => void navigate({ to: '.', search: { ...search, selected: digest }, replace: true })}
        onTab={(chosen) => void navigate({ to: '.', search: { ...search, tab: chosen }, replace: true })}
        onOpen={open}
        onSign={(target, digest) =>
          void navigate({
            to: '/sources/$sourceId/artifact/sign',
            params: { sourceId },
            search: { ...search, reference: target, digest },
          })
        }
        onSignMany={(digests) =>
          void navigate({
            to: '/sources/$sourceId/artifact/sign',
            params: { sourceId },
            search: { ...search, digests: digests.join(',') },
          })
        }
        renderVerdict={(state) => <VerdictCard {...state} sourceId={sourceId} repository={repository} onOpen={open} />}
        renderVerifyOptions={({ options, isChoosing, layoutScope, choose, verify, close }) => (
          <>
            <AppliedOptions options={options} onChange={choose} onDrop={() => verify({})} />
            {isChoosing && (
              <VerifyForm
                {...{ options, layoutScope, draftPolicy }}
                name={reference}
                onVerify={verify}
                onClose={close}
              />
            )}
          </>
        )}
        renderSignatureVerdict={(report, digest, hasFailed) => (
          <VerdictPanel report={report} digest={digest} hasFailed={hasFailed} />
        )}
      />
      <Outlet />
    </>
  );
}

/** What is signed at once. Whatever stands in the address and is no digest is left out. */
const mostAtOnce = 64;

/** The sheet that signs, over the artifact that it signs. */
export function SignScreen() {
  const { sourceId, search, open, navigate } = useArtifactPlace();
  const { repository, reference } = search;
  const { digest, digests } = signApi.useSearch();
  const sources = useCall('registries.listSources', {}).data?.sources;
  const archive = sources?.find(({ id, archive: form }) => id === sourceId && form !== undefined);
  const toCopy = (id: string) => void navigate({ to: '/sources/$sourceId', params: { sourceId: id } });
  const unsaved = archive && <SaveCopy source={archive} onSaved={({ id }) => toCopy(id)} />;
  const close = () =>
    void navigate({
      to: '/sources/$sourceId/artifact',
      params: { sourceId },
      search: { ...search, selected: undefined },
    });
  const many = digests?.split(',', mostAtOnce).filter(isDigest) ?? [];
  if (many.length > 0)
    return <SignMany {...{ sourceId, repository, reference, unsaved }} digests={many} onClose={close} />;
  return (
    <SignSheet
      sourceId={sourceId}
      repository={repository}
      reference={reference}
      digest={digest}
      unsaved={unsaved}
      onClose={() => open(reference)}
      onShow={open}
      onOpen={open}
    />
  );
}

interface SignManyProps extends Omit<Parameters<typeof SignManySheet>[0], 'targets'> {
  readonly reference: string;
  readonly digests: readonly Digest[];
}

/** Several manifests of the index on the screen, by the platforms that the user knows them by. */
function SignMany({ reference, digests, ...props }: SignManyProps) {
  const { sourceId, repository } = props;
  const manifests = useCall('artifacts.readArtifact', { sourceId, repository, reference }).data?.manifests;
  const nameOf = (digest: Digest) => {
    const descriptor = manifests?.find((manifest) => manifest.digest === digest);
    return descriptor && platformNameOf(descriptor);
  };
  return <SignManySheet {...props} targets={digests.map((digest) => ({ digest, name: nameOf(digest) }))} />;
}
