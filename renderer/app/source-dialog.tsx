import { useNavigate, useSearch } from '@tanstack/react-router';
import { AddSourceDialog } from '../features/registries/add-source-dialog.tsx';

/** The dialog that adds a source, over whatever screen is shown. */
export function SourceDialog() {
  const navigate = useNavigate();
  const { dialog, host } = useSearch({ strict: false });
  return (
    <AddSourceDialog
      isOpen={dialog === 'addSource'}
      host={host}
      onClose={() => void navigate({ to: '.', search: (now) => ({ ...now, dialog: undefined, host: undefined }) })}
      onAdded={(sourceId) => void navigate({ to: '/sources/$sourceId', params: { sourceId } })}
    />
  );
}
