import { BrowserWindow, dialog, type WebPreferences } from 'electron';
import type { MenuText } from './menu-texts.ts';
import { pageUrl } from './page-url.ts';
import type { WindowState } from './window-state.ts';

export interface MainWindowOptions {
  /** Path of the preload script. */
  readonly preload: string;
  readonly state: WindowState | undefined;
  readonly isDark: boolean;
  readonly devTools: boolean;
  readonly texts: () => Readonly<Record<MenuText, string>>;
}

/** The paper of the page in each theme, so that nothing flashes before it is drawn. */
const paper = { light: '#fbfaf8', dark: '#161614' };

export function paperColour(isDark: boolean): string {
  return isDark ? paper.dark : paper.light;
}

function webPreferences({ preload, devTools }: MainWindowOptions): WebPreferences {
  return {
    preload,
    devTools,
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    spellcheck: false,
  };
}

/** The one window, shown when its first frame is ready. The page is not loaded yet: see {@link loadPage}. */
export function createMainWindow(options: MainWindowOptions): BrowserWindow {
  const { state } = options;
  const window = new BrowserWindow({
    width: 1280,
    height: 800,
    ...state?.bounds,
    minWidth: 720,
    minHeight: 480,
    title: 'Inkan',
    show: false,
    backgroundColor: paperColour(options.isDark),
    webPreferences: webPreferences(options),
  });
  // maximize() shows the window as well, which must not happen before there is something to see.
  window.once('ready-to-show', () => (state?.maximized ? window.maximize() : window.show()));
  recoverFromCrash(window, options.texts);
  askBeforeLosing(window, options.texts);
  return window;
}

/** Loads the page; a load that a reload or the end of the window cut short is no failure. */
export async function loadPage(window: BrowserWindow): Promise<void> {
  try {
    await window.loadURL(pageUrl);
  } catch (error) {
    if (!String(error).includes('ERR_ABORTED') && !window.isDestroyed()) throw error;
  }
}

/** The page has something that is saved nowhere, and its window is to be closed or loaded anew. */
function askBeforeLosing(window: BrowserWindow, texts: MainWindowOptions['texts']): void {
  window.webContents.on('will-prevent-unload', (event) => {
    const { unsaved, unsavedDetail, stay, leave } = texts();
    const choice = dialog.showMessageBoxSync(window, {
      type: 'warning',
      message: unsaved,
      detail: unsavedDetail,
      buttons: [stay, leave],
      defaultId: 0,
      cancelId: 0,
    });
    // Here preventing is what lets the page go.
    if (choice === 1) event.preventDefault();
  });
}

function recoverFromCrash(window: BrowserWindow, texts: MainWindowOptions['texts']): void {
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit' || window.isDestroyed()) return;
    const { pageGone, openAgain, quit } = texts();
    void dialog
      .showMessageBox(window, {
        type: 'error',
        message: pageGone,
        buttons: [openAgain, quit],
        defaultId: 0,
        cancelId: 1,
      })
      .then(({ response }) => (response === 0 ? loadPage(window) : window.close()));
  });
}
