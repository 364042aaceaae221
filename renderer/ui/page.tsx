import type { ReactNode } from 'react';
import { CopyButton } from './copy.tsx';
import styles from './page.module.css';
import { TabbedPanels, type TabEntry } from './tabs.tsx';
import { Untrusted } from './untrusted.tsx';

/** A screen: its header, and what scrolls below it (unless `bare`). */
export function Page({
  header,
  children,
  bare = false,
}: {
  readonly header: ReactNode;
  readonly children: ReactNode;
  readonly bare?: boolean;
}) {
  return (
    <div className={styles.page}>
      {header}
      {bare ? children : <div className={styles.scroll}>{children}</div>}
    </div>
  );
}

/** Title, facts beside it, actions at the right, one line of text below. */
export function PageHeader({
  title,
  facts,
  actions,
  text,
}: {
  readonly title: ReactNode;
  readonly facts?: ReactNode;
  readonly actions?: ReactNode;
  readonly text?: ReactNode;
}) {
  return (
    <header className={styles.header}>
      <h1>{title}</h1>
      {facts}
      {actions && <div className={styles.actions}>{actions}</div>}
      {text && <p className={styles.text}>{text}</p>}
    </header>
  );
}

interface InspectorProps<K extends string> {
  readonly title: ReactNode;
  readonly label: string;
  readonly tab: K;
  readonly onTab: (tab: K) => void;
  readonly tabs: readonly TabEntry<K>[];
}

/** The right pane: what is selected, in tabs. */
export function Inspector<K extends string>({ title, label, tab, onTab, tabs }: InspectorProps<K>) {
  return (
    <aside className={styles.inspector} aria-label={label}>
      <header className={styles.inspectorHead}>
        <h2>{title}</h2>
      </header>
      <TabbedPanels
        label={label}
        selected={tab}
        onSelect={onTab}
        tabs={tabs}
        className={styles.tabs}
        listClassName={styles.inspectorTabs}
        panelClassName={styles.inspectorBody}
      />
    </aside>
  );
}

/** A part of a page or inspector, with a small heading. */
export function Section({
  title,
  note,
  level: Heading = 'h3',
  children,
}: {
  readonly title: ReactNode;
  readonly note?: ReactNode;
  /** `h2` directly below the title of a page. */
  readonly level?: 'h2' | 'h3';
  readonly children: ReactNode;
}) {
  return (
    <section className={styles.section}>
      <header>
        <Heading>{title}</Heading>
        {note && <span>{note}</span>}
      </header>
      {children}
    </section>
  );
}

/** Names and values in two columns. Empty values are left out. */
export function Facts({ items }: { readonly items: readonly (readonly [name: ReactNode, value: ReactNode])[] }) {
  return (
    <dl className={styles.facts}>
      {items.map(([name, value], index) =>
        value === undefined || value === null || value === '' ? null : <Fact key={index} name={name} value={value} />,
      )}
    </dl>
  );
}

function Fact({ name, value }: { readonly name: ReactNode; readonly value: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  );
}

/** Text of several lines as it was received, with invisible characters shown. */
export function CodeBlock({ text, label }: { readonly text: string; readonly label: string }) {
  return (
    <figure className={styles.code} aria-label={label}>
      <span className={styles.codeCopy}>
        <CopyButton text={text} label={label} lines />
      </span>
      <pre>
        {text.split('\n').map((line, index) => (
          <div key={index}>{line === '' ? '\u00a0' : <Untrusted text={line} />}</div>
        ))}
      </pre>
    </figure>
  );
}
