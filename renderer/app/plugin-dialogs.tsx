import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCall } from '../client/use-call.ts';
import { InstallDialog } from '../features/plugins/install-dialog.tsx';
import { UninstallDialog } from '../features/plugins/uninstall-dialog.tsx';

/** The dialogs that install and remove plugins, over whatever screen is shown; on hosts that may do it. */
export function PluginDialogs() {
  const navigate = useNavigate();
  const { dialog, plugin } = useSearch({ strict: false });
  const host = useCall('app.describeHost', {}).data;
  const close = () => void navigate({ to: '.', search: (now) => ({ ...now, dialog: undefined, plugin: undefined }) });
  if (!host?.capabilities.includes('pluginInstall')) return null;
  return (
    <>
      <InstallDialog isOpen={dialog === 'installPlugin'} onClose={close} />
      {dialog === 'uninstallPlugin' && plugin !== undefined && <UninstallDialog plugin={plugin} onClose={close} />}
    </>
  );
}
