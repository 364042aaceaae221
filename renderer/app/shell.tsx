import { Outlet, useNavigate, useRouter } from '@tanstack/react-router';
import { useCallback, useEffect } from 'react';
import { useHostEvent } from '../client/use-call.ts';
import { useJudgedAnew } from '../features/files/use-judged-anew.ts';
import { useFileDrop } from '../features/files/use-file-drop.ts';
import { useText } from '../locales/use-text.tsx';
import { CommandEnvironment } from '../ui/copy.tsx';
import { TestCertificates } from '../ui/test-mark.tsx';
import { Toasts } from '../ui/toast.tsx';
import { useCommandEnvironment } from './command-environment.ts';
import { CompareCertificates } from './compare-certificates.tsx';
import { KeyboardSheet, openKeyboardSheet } from './keyboard-sheet.tsx';
import { Notices } from './notices.tsx';
import { openPalette } from './palette-state.ts';
import { Palette } from './palette.tsx';
import { PluginDialogs } from './plugin-dialogs.tsx';
import { Rail } from './rail.tsx';
import styles from './shell.module.css';
import { SourceDialog } from './source-dialog.tsx';
import { StatusBar } from './status-bar.tsx';
import { TitleBar } from './title-bar.tsx';
import { useTestCertificates } from './use-test-certificates.ts';
import { useUnsavedGuard } from './use-unsaved-guard.ts';

/** The frame around every screen. */
export function Shell() {
  const t = useText();
  useMenu();
  useShortcuts();
  useDroppedFiles();
  useJudgedAnew();
  useUnsavedGuard();
  const commandEnvironment = useCommandEnvironment();
  const testCertificates = useTestCertificates();
  return (
    <div className={styles.window}>
      <a className={styles.skip} href="#main" onClick={focusMain}>
        {t('app.skip')}
      </a>
      <TitleBar />
      <Rail />
      <main className={styles.main} id="main" tabIndex={-1}>
        <Notices />
        <div className={styles.outlet}>
          <CommandEnvironment value={commandEnvironment}>
            <TestCertificates value={testCertificates}>
              <Outlet />
            </TestCertificates>
          </CommandEnvironment>
        </div>
      </main>
      <StatusBar />
      <Palette />
      <SourceDialog />
      <PluginDialogs />
      <KeyboardSheet />
      <TestCertificates value={testCertificates}>
        <CompareCertificates />
      </TestCertificates>
      <Toasts />
    </div>
  );
}

/** Files that are dropped anywhere lead to their screen. */
function useDroppedFiles() {
  const navigate = useNavigate();
  useFileDrop(useCallback(() => void navigate({ to: '/files' }), [navigate]));
}

/** The address holds the route, so the link moves the focus itself. */
function focusMain(event: { preventDefault(): void }) {
  event.preventDefault();
  document.getElementById('main')?.focus();
}

function useShortcuts() {
  const navigate = useNavigate();
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const action = actionOf(event);
      if (action === undefined) return;
      event.preventDefault();
      if (action === 'palette') openPalette();
      else if (action === 'shortcuts') openKeyboardSheet();
      else void navigate({ to: '/settings' });
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [navigate]);
}

/** What a key means everywhere; a question mark that is being typed is none. */
function actionOf({ key, ctrlKey, metaKey, target }: KeyboardEvent): 'palette' | 'shortcuts' | 'settings' | undefined {
  const hasModifier = ctrlKey || metaKey;
  if (key === 'F1') return 'shortcuts';
  if (hasModifier && key.toLowerCase() === 'k') return 'palette';
  if (hasModifier && key === ',') return 'settings';
  const isTyped =
    target instanceof HTMLElement && (target.isContentEditable || /^(?:INPUT|TEXTAREA)$/.test(target.tagName));
  return key === '?' && !hasModifier && !isTyped ? 'shortcuts' : undefined;
}

/** Does what the desktop's native menu asks for. */
function useMenu() {
  const navigate = useNavigate();
  const { history } = useRouter();
  useHostEvent('menu.chosen', ({ action }) => {
    if (action === 'back') history.back();
    if (action === 'forward') history.forward();
    if (action === 'palette') openPalette();
    if (action === 'shortcuts') openKeyboardSheet();
    if (action === 'settings' || action === 'about') void navigate({ to: '/settings' });
    if (action === 'addRegistry')
      void navigate({ to: '.', search: (now) => ({ ...now, dialog: 'addSource' as const }) });
  });
}
