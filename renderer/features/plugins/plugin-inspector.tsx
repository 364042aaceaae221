import { Link, useNavigate } from '@tanstack/react-router';
import { KeyRound, Puzzle } from 'lucide-react';
import { useState } from 'react';
import { useCommand } from '../../client/use-call.ts';
import { useText } from '../../locales/use-text.tsx';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/choices.tsx';
import { CommandLine } from '../../ui/copy.tsx';
import { WithActions } from '../../ui/inspector-pane.tsx';
import { Facts, Inspector, Section } from '../../ui/page.tsx';
import { ErrorCard } from '../../ui/states.tsx';
import { useTellError } from '../../ui/toast.tsx';
import { Untrusted } from '../../ui/untrusted.tsx';
import { ConsoleTab } from './console-tab.tsx';
import { Capabilities } from './plugin-row.tsx';
import { useCanInstall } from './use-can-install.ts';
import type { Plugin } from './plugins-page.tsx';
import styles from './plugins.module.css';

interface PluginInspectorProps {
  readonly plugin: Plugin;
  readonly onAddKey: (plugin: string) => void;
}

export function PluginInspector({ plugin, onAddKey }: PluginInspectorProps) {
  const t = useText();
  const [tab, setTab] = useState<'about' | 'console'>('about');
  const signs = plugin.metadata?.capabilities.some((capability) => capability.startsWith('SIGNATURE_GENERATOR.'));
  const navigate = useNavigate();
  const uninstall = () =>
    void navigate({ to: '.', search: (now) => ({ ...now, dialog: 'uninstallPlugin' as const, plugin: plugin.name }) });
  const canInstall = useCanInstall();
  const actions = (
    <>
      {signs && <Button onPress={() => onAddKey(plugin.name)}>{t('plugins.addKey')}</Button>}
      {canInstall && <Button onPress={uninstall}>{t('plugins.uninstall')}</Button>}
    </>
  );
  return (
    <WithActions actions={actions}>
      <Inspector
        title={
          <>
            <Puzzle aria-hidden />
            <Untrusted text={plugin.name} />
          </>
        }
        label={t('plugins.inspector')}
        tab={tab}
        onTab={setTab}
        tabs={[
          { id: 'about', label: t('plugins.tabAbout'), content: () => <AboutTab plugin={plugin} /> },
          { id: 'console', label: t('plugins.tabConsole'), content: () => <ConsoleTab plugin={plugin.name} /> },
        ]}
      />
    </WithActions>
  );
}

function AboutTab({ plugin }: { readonly plugin: Plugin }) {
  const t = useText();
  const { name, path, metadata, problems } = plugin;
  return (
    <>
      {problems.map((problem) => (
        <ErrorCard key={problem.code} error={problem} />
      ))}
      {metadata && (
        <Section title={t('plugins.says')}>
          <Facts
            items={[
              [t('plugins.description'), <Untrusted key="description" text={metadata.description} />],
              [t('plugins.version'), <Untrusted key="version" text={metadata.version} mono />],
              [t('plugins.url'), <Untrusted key="url" text={metadata.url} mono />],
              [t('plugins.can'), <Capabilities key="can" capabilities={metadata.capabilities} />],
              [
                t('plugins.contract'),
                <Untrusted key="contract" text={metadata.supportedContractVersions.join(', ')} mono />,
              ],
              [t('plugins.program'), <Untrusted key="program" text={path} mono />],
            ]}
          />
        </Section>
      )}
      <Verification plugin={plugin} />
      <Section title={t('plugins.keys')}>
        {plugin.keys.length === 0 && <p className="sub">{t('plugins.noKeys')}</p>}
        <ul className={styles.keys}>
          {plugin.keys.map((key) => (
            <li key={key}>
              <KeyRound aria-hidden />
              <Link to="/keys" search={{ key }}>
                <Untrusted text={key} />
              </Link>
            </li>
          ))}
        </ul>
      </Section>
      {/^[A-Za-z0-9._-]+$/.test(name) && (
        <Section title={t('plugins.commands')}>
          <CommandLine command="notation plugin ls" />
        </Section>
      )}
    </>
  );
}

/** Whether signatures may have it started. */
function Verification({ plugin: { name, metadata, verifies } }: { readonly plugin: Plugin }) {
  const t = useText();
  const enable = useCommand('plugins.enableVerification');
  const tellError = useTellError();
  const canVerify = metadata?.capabilities.some((capability) => capability.startsWith('SIGNATURE_VERIFIER.'));
  if (!canVerify && !verifies) return null;
  return (
    <Section title={t('plugins.verification')}>
      <Checkbox
        isSelected={verifies}
        isDisabled={enable.isPending}
        onChange={(enabled) => enable.mutate({ plugin: name, enabled }, { onError: tellError })}
      >
        {t('plugins.mayVerify')}
      </Checkbox>
      <p className="sub">{t(verifies ? 'plugins.mayVerifyOn' : 'plugins.mayVerifyOff')}</p>
    </Section>
  );
}
