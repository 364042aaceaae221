import { Link, useNavigate } from '@tanstack/react-router';
import { History, Pin, Plus, type LucideIcon } from 'lucide-react';
import type { CSSProperties } from 'react';
import type { Place } from '../../shared/model/browsing.ts';
import type { Source } from '../../shared/model/source.ts';
import { useCall } from '../client/use-call.ts';
import { useText } from '../locales/use-text.tsx';
import { toVisibleText } from '../locales/visible-text.ts';
import { classes } from '../ui/classes.ts';
import { sourceName } from '../ui/source-name.ts';
import { TestMark } from '../ui/test-mark.tsx';
import { Untrusted } from '../ui/untrusted.tsx';
import { screenGroups, type Screen } from './screens.ts';
import styles from './shell.module.css';

/** Only colours of this form reach a style. */
const colourForm = /^#[0-9a-f]{6}$/i;

export function Rail() {
  const t = useText();
  const navigate = useNavigate();
  const addSource = () => void navigate({ to: '.', search: (now) => ({ ...now, dialog: 'addSource' as const }) });
  const { data } = useCall('registries.listSources', {});
  return (
    <nav className={styles.rail} aria-label={t('app.navigation')}>
      <h2>{t('app.sources')}</h2>
      {data?.sources.map((source) => (
        <SourceItem key={source.id} source={source} />
      ))}
      <button type="button" className={classes(styles.item, styles.add)} onClick={addSource}>
        <Plus aria-hidden />
        <span className="cut">{t('app.addSource')}</span>
      </button>
      <Places />
      {screenGroups.map((group) => (
        <div key={group.label}>
          <h2>{t(group.label)}</h2>
          {group.screens.map((screen) => (
            <ScreenItem key={screen.to} screen={screen} />
          ))}
        </div>
      ))}
    </nav>
  );
}

function SourceItem({ source }: { readonly source: Source }) {
  const t = useText();
  const isLayout = source.kind === 'layout';
  const mark = isLayout
    ? t('app.layout')
    : source.insecure
      ? t('app.http')
      : source.pinnedRepositories.length > 0
        ? t('app.pinned')
        : '';
  return (
    <Link
      to="/sources/$sourceId"
      params={{ sourceId: source.id }}
      className={styles.item}
      activeOptions={{ includeSearch: false }}
    >
      <span className={classes(styles.dot, isLayout && styles.layoutDot)} style={dotOf(source)} aria-hidden />
      <span className="cut">
        <Untrusted text={sourceName(source, t)} cut />
      </span>
      {source.isTestLab && <TestMark />}
      {!source.isTestLab && <span className={styles.count}>{mark}</span>}
    </Link>
  );
}

/** How many of the repositories visited last stand in the rail. */
const shownRecents = 4;

/** Repositories that were pinned, and those visited last. */
function Places() {
  const t = useText();
  const { data } = useCall('browsing.readBrowsing', {}, { staleTimeMs: Infinity });
  const sources = useCall('registries.listSources', {}).data?.sources ?? [];
  const { pins = [], recents = [] } = data ?? {};
  const isPinned = (place: Place) => pins.some((pin) => toKey(pin) === toKey(place));
  const groups = [
    { label: 'app.pins', icon: Pin, places: pins },
    { label: 'app.recents', icon: History, places: recents.filter((place) => !isPinned(place)).slice(0, shownRecents) },
  ] as const;
  return groups.map(({ label, icon, places }) =>
    places.length === 0 ? null : (
      <div key={label}>
        <h2>{t(label)}</h2>
        {places.map((place) => (
          <PlaceItem
            key={toKey(place)}
            place={place}
            icon={icon}
            source={sources.find(({ id }) => id === place.sourceId)}
          />
        ))}
      </div>
    ),
  );
}

const toKey = ({ sourceId, repository }: Place) => `${sourceId} ${repository}`;

interface PlaceItemProps {
  readonly place: Place;
  readonly icon: LucideIcon;
  readonly source: Source | undefined;
}

function PlaceItem({ place: { sourceId, repository }, icon: Icon, source }: PlaceItemProps) {
  const t = useText();
  return (
    <Link
      to="/sources/$sourceId"
      params={{ sourceId }}
      search={{ repository }}
      className={classes(styles.item, styles.place)}
      title={source && toVisibleText(`${sourceName(source, t)}/${repository}`)}
    >
      <Icon aria-hidden style={dotOf(source)} />
      <span className="cut">
        <Untrusted text={repository} cut />
      </span>
    </Link>
  );
}

/** The colour that the user gave a source. */
function dotOf(source: Source | undefined): CSSProperties | undefined {
  const colour = source?.colour;
  return colour && colourForm.test(colour) ? ({ '--dot': colour } as CSSProperties) : undefined;
}

function useCounts() {
  const policies = useCall('policies.readPolicy', {}).data;
  const stores = useCall('trustStores.listStores', {}).data;
  const keys = useCall('keys.listKeys', {}).data;
  return { policies: policies?.statements?.length, trustStores: stores?.stores.length, keys: keys?.keys.length };
}

function ScreenItem({ screen: { to, label, icon: Icon, count } }: { readonly screen: Screen }) {
  const t = useText();
  const counts = useCounts();
  return (
    <Link to={to} className={styles.item} activeOptions={{ includeSearch: false }}>
      <Icon aria-hidden />
      <span className="cut">{t(label)}</span>
      {count && <span className={styles.count}>{counts[count]}</span>}
    </Link>
  );
}
