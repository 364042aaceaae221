import { Component, type ReactNode } from 'react';
import { useText } from '../locales/use-text.tsx';
import { Button } from '../ui/button.tsx';
import { Callout } from '../ui/states.tsx';
import styles from './shell.module.css';

/** Keeps a screen that cannot be drawn from taking the window with it. */
export class CrashBoundary extends Component<{ readonly children: ReactNode }, { readonly crashed: boolean }> {
  override state = { crashed: false };

  static getDerivedStateFromError() {
    return { crashed: true };
  }

  override render() {
    if (!this.state.crashed) return this.props.children;
    return <Crashed onReload={() => this.setState({ crashed: false })} />;
  }
}

/** What stands where a screen failed. */
export function Crashed({ onReload }: { readonly onReload: () => void }) {
  const t = useText();
  return (
    <div className={styles.filled}>
      <Callout
        tone="err"
        role="alert"
        title={t('app.crashTitle')}
        actions={
          <Button size="small" onPress={onReload}>
            {t('app.reload')}
          </Button>
        }
      >
        <p>{t('app.crashText')}</p>
      </Callout>
    </div>
  );
}
