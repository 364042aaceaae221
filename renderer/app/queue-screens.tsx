import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { QueuesPage } from '../features/bulk/queues-page.tsx';
import { SignQueueSheet } from '../features/sign/sign-queue-sheet.tsx';

const queuesApi = getRouteApi('/queues');

/** The queues at their address; the sheet that signs comes from the forms of signing. */
export function QueuesScreen() {
  const { queue } = queuesApi.useSearch();
  const navigate = useNavigate();
  return (
    <QueuesPage
      chosen={queue}
      onChoose={(id) => void navigate({ to: '/queues', search: id === undefined ? {} : { queue: id }, replace: true })}
      onOpen={({ sourceId, repository, reference, digest }) =>
        void navigate({
          to: '/sources/$sourceId/artifact',
          params: { sourceId },
          search: { repository, reference: digest ?? reference },
        })
      }
      renderSigning={(request) => <SignQueueSheet {...request} />}
    />
  );
}
