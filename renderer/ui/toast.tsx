import { Check, TriangleAlert, X } from 'lucide-react';
import {
  Text,
  UNSTABLE_Toast as AriaToast,
  UNSTABLE_ToastContent as ToastContent,
  UNSTABLE_ToastQueue as ToastQueue,
  UNSTABLE_ToastRegion as ToastRegion,
} from 'react-aria-components';
import { useErrorText } from '../locales/error-text.ts';
import { useText } from '../locales/use-text.tsx';
import { IconButton } from './button.tsx';
import { classes } from './classes.ts';
import styles from './toast.module.css';

interface Toast {
  readonly tone: 'ok' | 'bad';
  readonly title: string;
  readonly text?: string | undefined;
}

const queue = new ToastQueue<Toast>({ maxVisibleToasts: 3 });
const shownMs = 5000;
/** A failure has more to read, and what to do next. */
const failureMs = 10_000;

/** Says in the corner that something was done. */
export function tellDone(title: string, text?: string): void {
  queue.add({ tone: 'ok', title, text }, { timeout: shownMs });
}

/** `const tellError = useTellError(); … onError: tellError`: says in the corner that something failed. */
export function useTellError(): (error: unknown) => void {
  const errorText = useErrorText();
  return (error) => {
    const { title, next } = errorText(error);
    queue.add({ tone: 'bad', title, text: next }, { timeout: failureMs });
  };
}

/** Where toasts appear; once, in the shell. */
export function Toasts() {
  const t = useText();
  return (
    <ToastRegion queue={queue} className={styles.region ?? ''} aria-label={t('ui.notifications')}>
      {({ toast }) => (
        <AriaToast toast={toast} className={classes(styles.toast, styles[toast.content.tone])}>
          {toast.content.tone === 'ok' ? <Check aria-hidden /> : <TriangleAlert aria-hidden />}
          <ToastContent className={styles.content ?? ''}>
            <Text slot="title">
              <b>{toast.content.title}</b>
            </Text>
            {toast.content.text && (
              <Text slot="description" elementType="div" className={styles.text ?? ''}>
                {toast.content.text}
              </Text>
            )}
          </ToastContent>
          <IconButton size="small" slot="close" label={t('ui.dismiss')}>
            <X aria-hidden />
          </IconButton>
        </AriaToast>
      )}
    </ToastRegion>
  );
}
