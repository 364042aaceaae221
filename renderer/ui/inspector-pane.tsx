import type { ReactNode } from 'react';
import { BareSheet } from './dialog.tsx';
import styles from './inspector-pane.module.css';
import { Panes } from './panes.tsx';
import { useMedia } from './use-media.ts';

interface InspectorPaneProps {
  /** Under which the widths are remembered. */
  readonly id: string;
  readonly label: string;
  readonly main: ReactNode;
  readonly inspector: ReactNode | null;
  /** On a narrow window the inspector is a sheet, open while something was chosen. */
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** A list with the inspector of what is selected beside it. */
export function InspectorPane({ id, label, main, inspector, isOpen, onClose }: InspectorPaneProps) {
  const wide = useMedia('(min-width: 1180px)');
  if (!inspector) return main;
  if (!wide) {
    return (
      <>
        {main}
        <BareSheet label={label} isOpen={isOpen} onClose={onClose}>
          {inspector}
        </BareSheet>
      </>
    );
  }
  return (
    <Panes
      id={id}
      panes={[
        { id: 'main', content: main, min: 480 },
        { id: 'inspector', content: inspector, size: 388, min: 320, max: 620 },
      ]}
    />
  );
}

/** An inspector with the actions for what it shows at its foot. */
export function WithActions({ children, actions }: { readonly children: ReactNode; readonly actions: ReactNode }) {
  return (
    <div className={styles.frame}>
      {children}
      <footer className={styles.actions}>{actions}</footer>
    </div>
  );
}
