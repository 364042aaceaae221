import type { ReactNode } from 'react';
import { Tab, TabList, TabPanel as AriaTabPanel, Tabs } from 'react-aria-components';
import { classes } from './classes.ts';
import styles from './tabs.module.css';

export interface TabEntry<K extends string> {
  readonly id: K;
  readonly label: string;
  readonly content: () => ReactNode;
}

interface TabsProps<K extends string> {
  readonly label: string;
  readonly selected: K;
  readonly onSelect: (id: K) => void;
  readonly tabs: readonly TabEntry<K>[];
  /** Classes of the whole, of the row of tabs and of the panel. */
  readonly className?: string | undefined;
  readonly listClassName?: string | undefined;
  readonly panelClassName?: string | undefined;
}

/** Tabs; only the chosen panel is rendered. */
export function TabbedPanels<K extends string>({ label, selected, onSelect, tabs, ...names }: TabsProps<K>) {
  return (
    <Tabs className={names.className ?? ''} selectedKey={selected} onSelectionChange={(key) => onSelect(key as K)}>
      <TabList aria-label={label} className={classes(styles.list, names.listClassName)}>
        {tabs.map(({ id, label: words }) => (
          <Tab key={id} id={id} className={styles.tab ?? ''}>
            {words}
          </Tab>
        ))}
      </TabList>
      {tabs.map(({ id, content }) => (
        <AriaTabPanel key={id} id={id} className={classes(styles.panel, names.panelClassName)}>
          {content()}
        </AriaTabPanel>
      ))}
    </Tabs>
  );
}
