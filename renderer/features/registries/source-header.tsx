import { Link } from '@tanstack/react-router';
import {
  Ellipsis,
  FileArchive,
  FolderOpen,
  List,
  LockOpen,
  LogIn,
  LogOut,
  Network,
  RefreshCw,
  Settings2,
  ShieldCheck,
  Trash2,
  User,
  Waypoints,
} from 'lucide-react';
import { useState } from 'react';
import type { Source, SourceCapabilities } from '../../../shared/model/source.ts';
import { useCall } from '../../client/use-call.ts';
import type { MessageKey } from '../../locales/catalogs.ts';
import { useFormat } from '../../locales/format.ts';
import { useText } from '../../locales/use-text.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { Capability, Chip } from '../../ui/chip.tsx';
import { MenuButton, type MenuEntry } from '../../ui/menu.tsx';
import { Rich } from '../../ui/rich.tsx';
import { Sentences } from '../../ui/sentences.tsx';
import { sourceName } from '../../ui/source-name.ts';
import { TestMark } from '../../ui/test-mark.tsx';
import { Untrusted } from '../../ui/untrusted.tsx';
import { useNow } from '../../ui/use-now.ts';
import { EditSourceDialog } from './edit-source-dialog.tsx';
import { LoginDialog } from './login-dialog.tsx';
import { LogoutDialog, RemoveSourceDialog } from './source-confirmations.tsx';
import styles from './source-page.module.css';

type Open = 'login' | 'logout' | 'edit' | 'remove' | null;

/** Name, what a probe found, and what can be done with the source as a whole. */
export function SourceHeader({ source, onRemoved }: { readonly source: Source; readonly onRemoved: () => void }) {
  const t = useText();
  const [open, setOpen] = useState<Open>(null);
  const isRegistry = source.kind === 'registry';
  const probe = useCall('registries.probeSource', { id: source.id }, { enabled: isRegistry, staleTimeMs: Infinity });
  const close = () => setOpen(null);
  return (
    <header className={styles.header}>
      <div className={styles.name}>
        <h1 className="cut">
          <Untrusted text={sourceName(source, t)} cut />
        </h1>
        {source.isTestLab && <TestMark />}
        {probe.data?.product && (
          <span className="sub">
            <Untrusted text={probe.data.product} cut />
          </span>
        )}
      </div>
      <div className={styles.capabilities}>
        {isRegistry ? (
          <RegistryFacts source={source} probe={probe.data} />
        ) : (
          <Capability icon={source.archive ? FileArchive : FolderOpen}>
            {source.archive ? t('registries.archiveOf', { form: source.archive.form }) : 'OCI layout'}
          </Capability>
        )}
      </div>
      <div className={styles.actions}>
        {isRegistry && (
          <Button size="small" isDisabled={probe.isFetching} onPress={() => void probe.refetch()}>
            <RefreshCw aria-hidden />
            {t('registries.probe')}
          </Button>
        )}
        {!source.isTestLab && <SourceMenu source={source} onOpen={setOpen} />}
      </div>
      <p>
        {isRegistry ? (
          <Transport source={source} probe={probe.data} failed={probe.isError} />
        ) : (
          <LayoutText source={source} />
        )}
      </p>
      <EditSourceDialog source={source} isOpen={open === 'edit'} onClose={close} />
      <LoginDialog source={source} isOpen={open === 'login'} onClose={close} />
      <LogoutDialog source={source} isOpen={open === 'logout'} onClose={close} />
      <RemoveSourceDialog source={source} isOpen={open === 'remove'} onClose={close} onRemoved={onRemoved} />
    </header>
  );
}

const credentialWords: Readonly<Record<SourceCapabilities['credentials'], MessageKey>> = {
  none: 'registries.credentialsNone',
  notationConfig: 'registries.credentialsNotation',
  dockerConfig: 'registries.credentialsDocker',
  helper: 'registries.credentialsHelper',
};

interface ProbedProps {
  readonly source: Source;
  readonly probe: SourceCapabilities | undefined;
}

function RegistryFacts({ source, probe }: ProbedProps) {
  const t = useText();
  return (
    <>
      {source.insecure && (
        <Chip tone="warn" icon={LockOpen}>
          {t('registries.plainHttp')}
        </Chip>
      )}
      {probe && (
        <>
          <Capability icon={Waypoints} off={probe.referrersApi.state !== 'yes'}>
            {t(probe.referrersApi.state === 'yes' ? 'registries.referrersApi' : 'registries.noReferrersApi')}
          </Capability>
          <Capability icon={List} off={probe.catalog.state !== 'yes'}>
            {t(probe.catalog.state === 'yes' ? 'registries.catalog' : 'registries.noCatalog')}
          </Capability>
          {probe.delete.state !== 'unknown' && (
            <Capability icon={Trash2} off={probe.delete.state === 'no'}>
              {t(probe.delete.state === 'yes' ? 'registries.deleteOn' : 'registries.deleteOff')}
            </Capability>
          )}
          <Capability icon={User} off={probe.credentials === 'none'}>
            {t(credentialWords[probe.credentials])}
          </Capability>
        </>
      )}
      {source.hasCustomCa && <Capability icon={ShieldCheck}>{t('registries.customCa')}</Capability>}
      {source.proxy && <Capability icon={Network}>{t('registries.proxied', { proxy: source.proxy })}</Capability>}
    </>
  );
}

function Transport({ source, probe, failed }: ProbedProps & { readonly failed: boolean }) {
  const t = useText();
  const format = useFormat();
  const now = useNow();
  const why = source.plainHttp === 'always' ? 'registries.whyHttpAlways' : 'registries.whyHttpLocal';
  const reachable = !failed && probe?.reachable !== false;
  return (
    <Sentences>
      {source.insecure ? <Rich id={why} /> : probe?.reachable && t('registries.whyHttps')}
      {!reachable && t('registries.unreachable')}
      {probe && (
        <span title={format.dateTime(probe.probedAt)}>
          {t('registries.probed', { when: format.relative(probe.probedAt, now) })}
        </span>
      )}
    </Sentences>
  );
}

function LayoutText({ source }: { readonly source: Source }) {
  const t = useText();
  return (
    <Sentences>
      {source.isPlayground && t('registries.playgroundText')}
      {source.isTestLab && <Link to="/lab">{t('registries.labText')}</Link>}
      {source.archive && t('registries.archiveText')}
      {source.path && <Rich id="registries.layoutAt" values={{ path: <Untrusted text={source.path} mono /> }} />}
    </Sentences>
  );
}

function SourceMenu({ source, onOpen }: { readonly source: Source; readonly onOpen: (open: Open) => void }) {
  const t = useText();
  const entries: MenuEntry[] = [
    ...(source.kind === 'registry'
      ? [
          { id: 'login', label: t('registries.login'), icon: LogIn, onAction: () => onOpen('login') },
          { id: 'logout', label: t('registries.logout'), icon: LogOut, onAction: () => onOpen('logout') },
        ]
      : []),
    { id: 'edit', label: t('registries.edit'), icon: Settings2, onAction: () => onOpen('edit') },
    ...(source.isPlayground
      ? []
      : [
          { id: 'remove', label: t('registries.remove'), icon: Trash2, danger: true, onAction: () => onOpen('remove') },
        ]),
  ];
  return (
    <MenuButton label={t('registries.sourceMenu')} entries={entries}>
      <IconButton size="small" label={t('registries.sourceMenu')}>
        <Ellipsis aria-hidden />
      </IconButton>
    </MenuButton>
  );
}
