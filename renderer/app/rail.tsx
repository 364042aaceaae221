import { Link, useNavigate } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import type { CSSProperties } from 'react';
import type { Source } from '../../shared/model/source.ts';
import { useCall } from '../client/use-call.ts';
import { useText } from '../locales/use-text.tsx';
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
  const dot =
    source.colour && colourForm.test(source.colour) ? ({ '--dot': source.colour } as CSSProperties) : undefined;
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
      <span className={classes(styles.dot, isLayout && styles.layoutDot)} style={dot} aria-hidden />
      <span className="cut">
        <Untrusted text={sourceName(source, t)} cut />
      </span>
      {source.isTestLab && <TestMark />}
      {!source.isTestLab && <span className={styles.count}>{mark}</span>}
    </Link>
  );
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
