import { useNavigate, useSearch } from '@tanstack/react-router';
import { Download, Plus, Puzzle } from 'lucide-react';
import { useState } from 'react';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import { useCall } from '../../client/use-call.ts';
import { useText } from '../../locales/use-text.tsx';
import { Button } from '../../ui/button.tsx';
import { InspectorPane } from '../../ui/inspector-pane.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { Page, PageHeader, Section } from '../../ui/page.tsx';
import { Rich } from '../../ui/rich.tsx';
import { Empty } from '../../ui/states.tsx';
import { useCanInstall } from './use-can-install.ts';
import { AddPluginKeyDialog } from './add-plugin-key-dialog.tsx';
import { PluginInspector } from './plugin-inspector.tsx';
import { PluginRow } from './plugin-row.tsx';
import styles from './plugins.module.css';
import { VendorCard } from './vendor-card.tsx';
import { vendors } from './vendors.ts';

export type Plugin = OutputOf<'plugins.listPlugins'>['plugins'][number];

/** Installed plugins, what is wrong with them and what they were asked; and plugins of vendors with guided settings. */
export function PluginsPage() {
  const t = useText();
  const list = useCall('plugins.listPlugins', {});
  const { plugin: chosen } = useSearch({ from: '/plugins' });
  const navigate = useNavigate();
  const [addingTo, setAddingTo] = useState<string | null>(null);
  const select = (plugin: string | undefined) =>
    void navigate({ to: '/plugins', search: plugin === undefined ? {} : { plugin }, replace: true });
  const canInstall = useCanInstall();
  const install = () => void navigate({ to: '.', search: (now) => ({ ...now, dialog: 'installPlugin' as const }) });
  const installed = list.data?.plugins ?? [];
  const selected = installed.find(({ name }) => name === chosen) ?? installed[0];
  const header = (
    <PageHeader
      title={t('plugins.title')}
      text={list.data && <Rich id="plugins.lead" values={{ count: installed.length, path: list.data.path }} />}
      actions={
        <>
          <Button isDisabled={installed.length === 0} onPress={() => setAddingTo(selected?.name ?? '')}>
            <Plus aria-hidden />
            {t('plugins.addKey')}
          </Button>
          {canInstall && (
            <Button variant="primary" onPress={install}>
              <Download aria-hidden />
              {t('plugins.install')}
            </Button>
          )}
        </>
      }
    />
  );
  const page = (
    <Page header={header}>
      <Loaded query={list}>
        {({ plugins }) => <Lists plugins={plugins} selected={selected} onSelect={select} onAddKey={setAddingTo} />}
      </Loaded>
    </Page>
  );
  return (
    <>
      <InspectorPane
        id="plugins"
        label={t('plugins.inspector')}
        main={page}
        inspector={selected ? <PluginInspector key={selected.name} plugin={selected} onAddKey={setAddingTo} /> : null}
        isOpen={chosen !== undefined}
        onClose={() => select(undefined)}
      />
      {addingTo !== null && (
        <AddPluginKeyDialog
          plugin={addingTo}
          plugins={installed.map(({ name }) => name)}
          onClose={() => setAddingTo(null)}
        />
      )}
    </>
  );
}

interface ListsProps {
  readonly plugins: readonly Plugin[];
  readonly selected: Plugin | undefined;
  readonly onSelect: (plugin: string) => void;
  readonly onAddKey: (plugin: string) => void;
}

function Lists({ plugins, selected, onSelect, onAddKey }: ListsProps) {
  const t = useText();
  return (
    <div className={styles.body}>
      {plugins.length === 0 ? (
        <Empty icon={Puzzle} title={t('plugins.emptyTitle')}>
          {t('plugins.emptyText')}
        </Empty>
      ) : (
        <ul className={styles.list} aria-label={t('plugins.installed')}>
          {plugins.map((plugin) => (
            <PluginRow
              key={plugin.name}
              plugin={plugin}
              isSelected={plugin.name === selected?.name}
              onSelect={() => onSelect(plugin.name)}
            />
          ))}
        </ul>
      )}
      <Section level="h2" title={t('plugins.vendors')} note={t('plugins.vendorsNote')}>
        <div className={styles.vendors}>
          {vendors.map((vendor) => (
            <VendorCard
              key={vendor.plugin}
              vendor={vendor}
              isInstalled={plugins.some(({ name }) => name === vendor.plugin)}
              onAddKey={() => onAddKey(vendor.plugin)}
            />
          ))}
        </div>
      </Section>
    </div>
  );
}
