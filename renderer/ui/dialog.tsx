import { X } from 'lucide-react';
import { useEffect, useRef, type ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { useText } from '../locales/use-text.tsx';
import { Button, IconButton } from './button.tsx';
import { classes } from './classes.ts';
import styles from './dialog.module.css';

interface DialogProps {
  readonly title: ReactNode;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** Buttons, the main one last. */
  readonly footer?: ReactNode;
  readonly wide?: boolean;
  /** `alertdialog` for what cannot be undone: a click outside does not close it. */
  readonly role?: 'dialog' | 'alertdialog';
}

/** A dialog in the middle. Escape and its close button close it. */
export function Dialog({ title, isOpen, onClose, children, footer, wide = false, role = 'dialog' }: DialogProps) {
  const change = (open: boolean) => {
    if (!open) onClose();
  };
  return (
    <ModalOverlay
      className={styles.overlay ?? ''}
      isOpen={isOpen}
      onOpenChange={change}
      isDismissable={role === 'dialog'}
    >
      <Modal className={classes(styles.modal, wide && styles.wide)}>
        <Frame title={title} role={role} onClose={onClose} footer={footer}>
          {children}
        </Frame>
      </Modal>
    </ModalOverlay>
  );
}

/** A dialog at the right edge, for work beside what it is about. */
export function Sheet({ title, isOpen, onClose, children, footer }: Omit<DialogProps, 'wide' | 'role'>) {
  const change = (open: boolean) => {
    if (!open) onClose();
  };
  return (
    <ModalOverlay className={styles.sheetOverlay ?? ''} isOpen={isOpen} onOpenChange={change} isDismissable>
      <Modal className={styles.sheet ?? ''}>
        <Frame title={title} role="dialog" onClose={onClose} footer={footer}>
          {children}
        </Frame>
      </Modal>
    </ModalOverlay>
  );
}

/** A sheet whose content brings its own header, such as an inspector on a narrow window. */
export function BareSheet({
  label,
  isOpen,
  onClose,
  children,
}: Pick<DialogProps, 'isOpen' | 'onClose' | 'children'> & { readonly label: string }) {
  return (
    <ModalOverlay
      className={styles.sheetOverlay ?? ''}
      isOpen={isOpen}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      isDismissable
    >
      <Modal className={styles.sheet ?? ''}>
        <BareFrame label={label} onClose={onClose}>
          {children}
        </BareFrame>
      </Modal>
    </ModalOverlay>
  );
}

function BareFrame({ label, onClose, children }: Omit<Parameters<typeof BareSheet>[0], 'isOpen'>) {
  const t = useText();
  const dialog = useKeptFocus(onClose);
  return (
    <AriaDialog ref={dialog} className={styles.bare ?? ''} aria-label={label}>
      <div className={styles.bareClose}>
        <IconButton label={t('ui.close')} onPress={onClose}>
          <X aria-hidden />
        </IconButton>
      </div>
      {children}
    </AriaDialog>
  );
}

/** Keys still reach the dialog in front when what had the focus is gone from it or no longer takes any. */
function useKeptFocus(onClose: () => void) {
  const dialog = useRef<HTMLElement>(null);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const inFront = [...document.querySelectorAll('[role=dialog], [role=alertdialog]')].at(-1);
      if (document.activeElement !== document.body || inFront !== dialog.current) return;
      if (event.key === 'Escape') onClose();
      else dialog.current?.focus();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [onClose]);
  return dialog;
}

function Frame({ title, role, onClose, children, footer }: Omit<DialogProps, 'isOpen' | 'wide'>) {
  const t = useText();
  const dialog = useKeptFocus(onClose);
  return (
    <AriaDialog ref={dialog} className={styles.dialog ?? ''} role={role}>
      <header className={styles.head}>
        <Heading slot="title">{title}</Heading>
        <IconButton label={t('ui.close')} onPress={onClose}>
          <X aria-hidden />
        </IconButton>
      </header>
      <div className={styles.body}>{children}</div>
      {footer && <footer className={styles.foot}>{footer}</footer>}
    </AriaDialog>
  );
}

interface ConfirmProps extends Pick<DialogProps, 'title' | 'isOpen' | 'onClose' | 'children'> {
  /** The verb that will be done. */
  readonly verb: string;
  readonly onConfirm: () => void;
  readonly isPending?: boolean;
  readonly danger?: boolean;
}

/** Asks before something that is hard to take back; says what will happen, with the verb on the button. */
export function ConfirmDialog({ verb, onConfirm, isPending = false, danger = true, ...props }: ConfirmProps) {
  const t = useText();
  const footer = (
    <>
      <Button onPress={props.onClose}>{t('ui.cancel')}</Button>
      <Button variant={danger ? 'danger' : 'primary'} isDisabled={isPending} onPress={onConfirm}>
        {verb}
      </Button>
    </>
  );
  return <Dialog {...props} role="alertdialog" footer={footer} />;
}
