import { Fragment, type ReactNode } from 'react';
import { Group, Panel, Separator, useDefaultLayout } from 'react-resizable-panels';
import { useText } from '../locales/use-text.tsx';
import styles from './panes.module.css';

export interface Pane {
  readonly id: string;
  readonly content: ReactNode;
  /** Sizes in pixels; one pane has none and takes the rest. */
  readonly size?: number;
  readonly min: number;
  readonly max?: number;
}

const px = (size: number) => `${size}px`;

/** Panes side by side that the user resizes with pointer or keys; the widths are remembered under `id`. */
export function Panes({ id, panes }: { readonly id: string; readonly panes: readonly Pane[] }) {
  const t = useText();
  const layout = useDefaultLayout({
    id: `inkan.panes.${id}`,
    storage: localStorage,
    panelIds: panes.map((pane) => pane.id),
  });
  return (
    <Group id={id} orientation="horizontal" className={styles.group ?? ''} {...layout}>
      {panes.map((pane, index) => (
        <Fragment key={pane.id}>
          {index > 0 && <Separator className={styles.handle ?? ''} aria-label={t('ui.resize')} />}
          <Panel
            id={pane.id}
            minSize={px(pane.min)}
            {...(pane.size === undefined ? {} : { defaultSize: px(pane.size) })}
            {...(pane.max === undefined ? {} : { maxSize: px(pane.max) })}
            groupResizeBehavior={pane.size === undefined ? 'preserve-relative-size' : 'preserve-pixel-size'}
          >
            <div className={styles.pane}>{pane.content}</div>
          </Panel>
        </Fragment>
      ))}
    </Group>
  );
}
