import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { BadgeCheck, FileKey, Keyboard, Package, Plug, Plus, Server, Trash2, type LucideIcon } from 'lucide-react';
import { useDeferredValue } from 'react';
import type { OutputOf } from '../../shared/contract/contract.ts';
import { useCall } from '../client/use-call.ts';
import { useText } from '../locales/use-text.tsx';
import { sourceName } from '../ui/source-name.ts';
import { openKeyboardSheet } from './keyboard-sheet.tsx';
import { readPastedText } from './pasted-text.ts';
import { screenGroups } from './screens.ts';

export interface PaletteEntry {
  readonly id: string;
  readonly label: string;
  readonly icon: LucideIcon;
  readonly go: () => void;
}

export interface PaletteAnswer {
  readonly entries: PaletteEntry[];
  readonly note?: string | undefined;
}

/** What the palette offers for a text: the artifact meant, then screens and sources whose name fits. */
export function usePaletteEntries(text: string): PaletteAnswer {
  const deferred = useDeferredValue(text);
  const { pem, reference } = readPastedText(deferred);
  const found = useReferenceEntries(reference ?? '');
  const filter = deferred.trim().toLowerCase();
  const places = [...usePlaces(filter), ...usePluginEntries(filter)];
  const certificate = useCertificateEntry(pem);
  if (certificate) return { entries: [certificate] };
  return { entries: [...found.entries, ...places], note: places.length === 0 ? found.note : undefined };
}

function useCertificateEntry(pem: string | undefined): PaletteEntry | null {
  const t = useText();
  const navigate = useNavigate();
  if (pem === undefined) return null;
  const go = () => void navigate({ to: '/trust-stores', search: { pem } });
  return { id: 'certificate', label: t('app.paletteCertificate'), icon: FileKey, go };
}

function usePlaces(filter: string): PaletteEntry[] {
  const t = useText();
  const navigate = useNavigate();
  const sources = useCall('registries.listSources', {}).data?.sources ?? [];
  const all: PaletteEntry[] = [
    ...sources.map((source) => ({
      id: `source:${source.id}`,
      label: sourceName(source, t),
      icon: Server,
      go: () => void navigate({ to: '/sources/$sourceId', params: { sourceId: source.id } }),
    })),
    ...screenGroups.flatMap(({ screens }) =>
      screens.map(({ to, label, icon }) => ({ id: to, label: t(label), icon, go: () => void navigate({ to }) })),
    ),
  ];
  const keys = { id: 'shortcuts', label: t('keyboard.title'), icon: Keyboard, go: openKeyboardSheet };
  return [...all, keys].filter(({ label }) => label.toLowerCase().includes(filter));
}

/** Installing and removing plugins, where the host may do it. */
function usePluginEntries(filter: string): PaletteEntry[] {
  const t = useText();
  const navigate = useNavigate();
  const isPossible = useCall('app.describeHost', {}).data?.capabilities.includes('pluginInstall') ?? false;
  // Listing them runs each of them, so they are listed only for who wants that.
  const isMeant = isPossible && filter.includes(t('pluginPackages.uninstall').toLowerCase());
  const installed = useCall('plugins.listPlugins', {}, { enabled: isMeant, staleTimeMs: 5000 }).data?.plugins ?? [];
  if (!isPossible || filter === '') return [];
  const all: PaletteEntry[] = [
    {
      id: 'install-plugin',
      label: t('pluginPackages.installEntry'),
      icon: Plug,
      go: () => void navigate({ to: '.', search: (now) => ({ ...now, dialog: 'installPlugin' as const }) }),
    },
    ...installed.map(({ name }) => ({
      id: `uninstall:${name}`,
      label: t('pluginPackages.uninstallEntry', { plugin: name }),
      icon: Trash2,
      go: () =>
        void navigate({ to: '.', search: (now) => ({ ...now, dialog: 'uninstallPlugin' as const, plugin: name }) }),
    })),
  ];
  return all.filter(({ label }) => label.toLowerCase().includes(filter));
}

type ReadReference = OutputOf<'artifacts.readReference'>;

function useReferenceEntries(reference: string): PaletteAnswer {
  const { data } = useCall(
    'artifacts.readReference',
    { text: reference },
    { enabled: reference.length > 2, staleTimeMs: 5000 },
  );
  const ofReference = useReferenceEntry();
  const ofDigest = useDigestEntry();
  const t = useText();
  if (reference.length <= 2 || !data) return { entries: [] };
  if (data.kind === 'unknown') return { entries: [], note: data.fault && t('app.paletteFault', { fault: data.fault }) };
  const entry = data.kind === 'reference' ? ofReference(data) : ofDigest(data);
  return entry ? { entries: [entry] } : { entries: [], note: t('app.paletteDigestAlone') };
}

/** Opens the artifact where its source is known, else offers to add the registry. */
function useReferenceEntry() {
  const t = useText();
  const navigate = useNavigate();
  return ({ registry = '', repository = '', reference = 'latest', sourceId }: ReadReference): PaletteEntry => {
    const whole = `${registry}/${repository}${reference.includes(':') ? '@' : ':'}${reference}`;
    if (sourceId === undefined) {
      const go = () => void navigate({ to: '.', search: { dialog: 'addSource', host: registry } });
      return { id: 'add', label: t('app.paletteAdd', { host: registry }), icon: Plus, go };
    }
    const go = () =>
      void navigate({ to: '/sources/$sourceId/artifact', params: { sourceId }, search: { repository, reference } });
    return { id: 'reference', label: t('app.paletteOpen', { reference: whole }), icon: Package, go };
  };
}

/** A digest is looked for in the repository on the screen. */
function useDigestEntry() {
  const t = useText();
  const navigate = useNavigate();
  const { sourceId } = useParams({ strict: false });
  const { repository } = useSearch({ strict: false });
  return ({ reference }: ReadReference): PaletteEntry | null => {
    if (sourceId === undefined || repository === undefined || reference === undefined) return null;
    const go = () =>
      void navigate({ to: '/sources/$sourceId/artifact', params: { sourceId }, search: { repository, reference } });
    return { id: 'digest', label: t('app.paletteDigestHere', { digest: reference, repository }), icon: BadgeCheck, go };
  };
}
